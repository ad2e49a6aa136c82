// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.asyncore.examples.shared.ServerTls;
import org.jspecify.annotations.Nullable;

/** Answers commands, and remembers what the client has said. Uses no sockets. */
final class SmtpDialog {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

    private static final int MAX_NAME = 255;

    /** A domain, or a name with an underscore, which some systems have. */
    private static final Pattern NAME = Pattern.compile("\\w[\\w-]*+(?<!-)(?:\\.\\w[\\w-]*+(?<!-))*+");

    private final SmtpSettings settings;
    private boolean secure; // the client speaks TLS
    private boolean extended; // the client sent EHLO, not HELO
    private @Nullable String client; // the name that it gave
    private @Nullable SmtpEnvelope envelope; // set by MAIL

    SmtpDialog(SmtpSettings settings) {
        this.settings = settings;
    }

    /** Returns the reply to a command that only changes what is remembered here. */
    String answer(SmtpCommand command) throws SmtpRefusal {
        return switch (command.verb()) {
            case EHLO -> ehlo(command.argument());
            case HELO -> helo(command.argument());
            case MAIL -> mail(command.argument());
            case RCPT -> rcpt(command.argument());
            case RSET -> reset();
            case NOOP -> "250 2.0.0 OK";
            case VRFY -> "252 2.1.5 Cannot verify, but will accept mail";
            case HELP -> "214 2.0.0 See RFC 5321";
            case DATA, QUIT, STARTTLS -> throw new IllegalArgumentException("not answered here: " + command.verb());
        };
    }

    private String ehlo(String argument) throws SmtpRefusal {
        greeted(argument, true);
        return "250-" + settings.name() + "\r\n250-PIPELINING\r\n250-SIZE " + settings.maxBytes() + "\r\n"
                + (settings.tls() != null && !secure ? "250-STARTTLS\r\n" : "")
                + "250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 HELP";
    }

    private String helo(String argument) throws SmtpRefusal {
        greeted(argument, false);
        return "250 " + settings.name();
    }

    private void greeted(String argument, boolean extended) throws SmtpRefusal {
        if (!isHost(argument)) {
            throw new SmtpRefusal("501 5.5.4 Not a host name");
        }
        client = argument;
        this.extended = extended;
        envelope = null;
    }

    /** Returns true for the name of a host, or its address in brackets. */
    static boolean isHost(String text) {
        boolean literal = text.matches("\\[.+]");
        return text.length() <= MAX_NAME
                && (literal
                        ? SmtpPath.isLiteral(text.substring(1, text.length() - 1))
                        : NAME.matcher(text).matches());
    }

    private String mail(String argument) throws SmtpRefusal {
        if (client == null) {
            throw new SmtpRefusal("503 5.5.1 Send EHLO first");
        }
        if (envelope != null) {
            throw new SmtpRefusal("503 5.5.1 MAIL was sent before");
        }
        envelope = new SmtpEnvelope(SmtpPath.parse("FROM:", argument), settings.maxBytes());
        return "250 2.1.0 OK";
    }

    private String rcpt(String argument) throws SmtpRefusal {
        begun().addRecipient(SmtpPath.parse("TO:", argument));
        return "250 2.1.5 OK";
    }

    private SmtpEnvelope begun() throws SmtpRefusal {
        if (envelope == null) {
            throw new SmtpRefusal("503 5.5.1 Send MAIL first");
        }
        return envelope;
    }

    /** Returns the header lines to put before the text that follows DATA. */
    String header(String id, @Nullable SocketAddress peer) throws SmtpRefusal {
        SmtpEnvelope e = begun();
        if (!e.hasRecipients()) {
            throw new SmtpRefusal("554 5.5.1 No valid recipients");
        }
        String protocol = e.isUtf8() ? "UTF8SMTP" : extended ? "ESMTP" : "SMTP";
        return e.header() + "Received: from " + client + " (" + literal(peer) + ")\r\n\tby " + settings.name()
                + " with " + protocol + (secure ? "S" : "") + " id " + id + ";\r\n\t"
                + DATE.format(OffsetDateTime.now(ZoneOffset.UTC)) + "\r\n";
    }

    private static String literal(@Nullable SocketAddress peer) {
        if (!(peer instanceof InetSocketAddress inet)) {
            return "[]";
        }
        boolean sixth = inet.getAddress() instanceof Inet6Address;
        return "[" + (sixth ? "IPv6:" : "") + inet.getAddress().getHostAddress() + "]";
    }

    /** Forgets the mail that has begun, and returns the reply. */
    String reset() {
        envelope = null;
        return "250 2.0.0 OK";
    }

    /** Returns the settings for the TLS that STARTTLS begins. */
    ServerTls startTls() throws SmtpRefusal {
        ServerTls tls = settings.tls();
        if (tls == null) {
            throw new SmtpRefusal("502 5.5.1 Not implemented");
        }
        if (secure) {
            throw new SmtpRefusal("503 5.5.1 TLS is active already");
        }
        return tls;
    }

    /** Notes that TLS begins, and forgets what was said without it. */
    void secured() {
        secure = true;
        client = null;
        envelope = null;
    }
}
