// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

/** Refuses a command or a mail. The message is the whole reply: code, enhanced code and text. */
final class SmtpRefusal extends Exception {
    private static final long serialVersionUID = 1;

    SmtpRefusal(String reply) {
        super(reply, null, false, false); // a reply, not a failure, so it needs no stack trace
    }

    String reply() {
        return String.valueOf(getMessage());
    }
}
