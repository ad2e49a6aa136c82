// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import java.util.Locale;
import java.util.Set;

/** The commands of RFC 5321 and RFC 3207 that the server knows. Each says if an argument may or must follow. */
enum SmtpVerb {
    EHLO(true, true),
    HELO(true, true),
    MAIL(true, true),
    RCPT(true, true),
    DATA(false, false),
    RSET(false, false),
    NOOP(true, false),
    QUIT(false, false),
    VRFY(true, true),
    HELP(true, false),
    STARTTLS(false, false);

    private static final Set<String> NOT_IMPLEMENTED =
            Set.of("AUTH", "BDAT", "ETRN", "EXPN", "SAML", "SEND", "SOML", "TURN");

    private final boolean argumentAllowed;
    private final boolean argumentRequired;

    SmtpVerb(boolean argumentAllowed, boolean argumentRequired) {
        this.argumentAllowed = argumentAllowed;
        this.argumentRequired = argumentRequired;
    }

    /**
     * Returns the command of that name.
     *
     * @param word in ASCII, because the capitals of some other letters are ASCII letters
     */
    static SmtpVerb of(String word) throws SmtpRefusal {
        String name = word.toUpperCase(Locale.ROOT);
        for (SmtpVerb verb : values()) {
            if (verb.name().equals(name)) {
                return verb;
            }
        }
        throw new SmtpRefusal(
                NOT_IMPLEMENTED.contains(name) ? "502 5.5.1 Not implemented" : "500 5.5.1 Unknown command");
    }

    void check(String argument) throws SmtpRefusal {
        if (argument.isEmpty() ? argumentRequired : !argumentAllowed) {
            throw new SmtpRefusal(
                    "501 5.5.4 " + name() + (argumentRequired ? " needs an argument" : " takes no argument"));
        }
    }
}
