// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.asyncore.examples.shared.Decimal;

/** The sender and the recipients of a mail, from MAIL and RCPT. */
final class SmtpEnvelope {
    private static final int MAX_RECIPIENTS = 100; // the least by RFC 5321 section 4.5.3.1.8

    private final String sender;
    private final boolean utf8;
    private final List<String> recipients = new ArrayList<>();

    /** Takes the sender from MAIL. */
    SmtpEnvelope(SmtpPath path, long maxBytes) throws SmtpRefusal {
        checkParameters(path.parameters(), maxBytes);
        sender = path.address();
        utf8 = path.parameters().containsKey("SMTPUTF8");
        if (!sender.isEmpty()) {
            check(path, "501 5.1.7 Bad sender address");
        }
    }

    private static void checkParameters(Map<String, String> parameters, long maxBytes) throws SmtpRefusal {
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String value = parameter.getValue();
            switch (parameter.getKey()) {
                case "SIZE" -> checkSize(value, maxBytes);
                case "BODY" -> checkBody(value);
                case "SMTPUTF8" -> {
                    if (!value.isEmpty()) {
                        throw new SmtpRefusal("501 5.5.4 SMTPUTF8 takes no value");
                    }
                }
                default -> throw new SmtpRefusal("555 5.5.4 Unknown parameter");
            }
        }
    }

    private static void checkSize(String value, long maxBytes) throws SmtpRefusal {
        if (!value.matches("[0-9]{1,20}")) {
            throw new SmtpRefusal("501 5.5.4 SIZE takes a number");
        }
        if (Decimal.parse(value) > maxBytes) {
            throw tooLarge();
        }
    }

    private static void checkBody(String value) throws SmtpRefusal {
        switch (value.toUpperCase(Locale.ROOT)) {
            case "7BIT", "8BITMIME" -> {}
            case "" -> throw new SmtpRefusal("501 5.5.4 BODY takes a value");
            default -> throw new SmtpRefusal("504 5.5.4 BODY is 7BIT or 8BITMIME here");
        }
    }

    static SmtpRefusal tooLarge() {
        return new SmtpRefusal("552 5.3.4 Mail too large");
    }

    /** Adds the recipient from RCPT. */
    void addRecipient(SmtpPath path) throws SmtpRefusal {
        if (!path.parameters().isEmpty()) {
            throw new SmtpRefusal("555 5.5.4 Unknown parameter");
        }
        if (!path.address().equalsIgnoreCase("postmaster")) { // the one that needs no domain
            check(path, "501 5.1.3 Bad recipient address");
        }
        if (recipients.size() == MAX_RECIPIENTS) {
            throw new SmtpRefusal("452 4.5.3 Too many recipients");
        }
        recipients.add(path.address());
    }

    private void check(SmtpPath path, String refusal) throws SmtpRefusal {
        if (!path.isMailbox()) {
            throw new SmtpRefusal(refusal);
        }
        if (!utf8 && !path.isAscii()) {
            throw new SmtpRefusal("553 5.6.7 An address beyond ASCII needs SMTPUTF8");
        }
    }

    boolean hasRecipients() {
        return !recipients.isEmpty();
    }

    boolean isUtf8() {
        return utf8;
    }

    /** Returns the header lines that store the envelope with the mail. */
    String header() {
        StringBuilder header = new StringBuilder("Return-Path: <" + sender + ">\r\n");
        for (String recipient : recipients) {
            header.append("Delivered-To: ").append(recipient).append("\r\n");
        }
        return header.toString();
    }
}
