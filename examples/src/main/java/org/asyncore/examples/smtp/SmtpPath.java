// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncore.examples.shared.Ascii;
import org.asyncore.examples.shared.IpText;

/**
 * The argument of MAIL and RCPT: an address and parameters, by RFC 5321 section 4.1.2 and its extension RFC 6531.
 *
 * @param address empty for {@code <>}
 * @param parameters values by names in upper case; empty if there is no value
 */
record SmtpPath(String address, Map<String, String> parameters) {
    private static final int MAX_BYTES = 254; // 256 with the brackets
    private static final int MAX_LOCAL_BYTES = 64;

    private static final String IPV6 = "IPv6:";
    private static final String ATOM = "[\\w!#$%&'*+/=?^`{|}~\\x{80}-\\x{10ffff}-]++";
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\[ -~])*+\"";
    private static final String LABEL = "[a-zA-Z0-9\\x{80}-\\x{10ffff}](?:[a-zA-Z0-9\\x{80}-\\x{10ffff}-]*+)(?<!-)";
    private static final String DOMAIN = LABEL + "(?:\\." + LABEL + ")*+";
    private static final Pattern ADDRESS = Pattern.compile("(?<local>" + ATOM + "(?:\\." + ATOM + ")*+|" + QUOTED + ")"
            + "@(?:" + DOMAIN + "|\\[(?<literal>[!-Z^-~]++)])");

    /** The path with its brackets and the parameters. RFC 5321 says that a route before the address is ignored. */
    private static final Pattern PATH = Pattern.compile(
            "<(?:@" + DOMAIN + "(?:,@" + DOMAIN + ")*+:)?(?<address>(?:" + QUOTED + "|[^\"<> ])*+)>(?<rest>| .*)");

    private static final Pattern PARAMETER =
            Pattern.compile("(?<name>[a-zA-Z0-9][a-zA-Z0-9-]*+)(?:=(?<value>[^= ]++))?");

    /**
     * Parses the argument of a command.
     *
     * @param keyword {@code FROM:} or {@code TO:}
     */
    static SmtpPath parse(String keyword, String argument) throws SmtpRefusal {
        if (!argument.regionMatches(true, 0, keyword, 0, keyword.length())) {
            throw new SmtpRefusal("501 5.5.4 Expected " + keyword + "<address>");
        }
        Matcher path = PATH.matcher(argument.substring(keyword.length()).trim());
        if (!path.matches()) {
            throw new SmtpRefusal("501 5.5.4 Expected " + keyword + "<address>");
        }
        return new SmtpPath(path.group("address"), parameters(path.group("rest").trim()));
    }

    private static Map<String, String> parameters(String words) throws SmtpRefusal {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String word : words.isEmpty() ? new String[0] : words.split(" +")) {
            Matcher parameter = PARAMETER.matcher(word);
            if (!parameter.matches()) {
                throw new SmtpRefusal("501 5.5.4 Malformed parameter");
            }
            String value = parameter.group("value");
            String name = parameter.group("name").toUpperCase(Locale.ROOT);
            if (parameters.put(name, value == null ? "" : value) != null) {
                throw new SmtpRefusal("501 5.5.4 The same parameter twice");
            }
        }
        return parameters;
    }

    /** Returns true if this is a mailbox: a local part and a domain, neither too long. */
    boolean isMailbox() {
        if (address.getBytes(UTF_8).length > MAX_BYTES) {
            return false;
        }
        Matcher matcher = ADDRESS.matcher(address);
        return matcher.matches()
                && matcher.group("local").getBytes(UTF_8).length <= MAX_LOCAL_BYTES
                && (matcher.group("literal") == null || isLiteral(matcher.group("literal")));
    }

    /** Returns true for the address of a host, as between brackets. Of the tags only IPv6 is registered. */
    static boolean isLiteral(String text) {
        boolean tagged = text.regionMatches(true, 0, IPV6, 0, IPV6.length());
        return tagged ? IpText.isV6(text.substring(IPV6.length())) : IpText.isV4(text);
    }

    boolean isAscii() {
        return Ascii.isAscii(address);
    }
}
