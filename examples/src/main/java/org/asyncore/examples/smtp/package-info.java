// SPDX-License-Identifier: Apache-2.0
/** An SMTP server that stores mail in a Maildir. */
@org.jspecify.annotations.NullMarked
package org.asyncore.examples.smtp;
