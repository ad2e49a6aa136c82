// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

/** A reply that refuses: its message is code, enhanced code and text, as the client is to read it. */
final class SmtpRefusal extends Exception {
    private static final long serialVersionUID = 1;

    SmtpRefusal(String reply) {
        super(reply, null, false, false); // an answer, not a failure: nobody looks for the stack
    }

    String reply() {
        return String.valueOf(getMessage());
    }
}
