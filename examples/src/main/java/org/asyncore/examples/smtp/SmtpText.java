// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the text of a mail, line by line, and removes doubled dots. After the first error it keeps
 * nothing more. The refusal is sent at the end of the text, because the client does not read replies before it.
 *
 * <p>Only CR LF ends a line. Servers that disagree about a single CR or LF also disagree about the end of a mail, so a
 * second mail can be smuggled in behind it. Therefore a text with a single CR or LF, or with a NUL, is refused.
 */
final class SmtpText {
    private static final int MAX_LINE_BYTES = 998; // without CR LF and the doubled dot
    private static final int ENDLESS = 10; // times the allowed size: then the end is not awaited
    private static final byte[] CRLF = {'\r', '\n'};

    private final long maxBytes;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream(1024);
    private long bytes; // so far, the header not counted
    private @Nullable SmtpRefusal refusal;

    /** Begins with the header lines. */
    SmtpText(String header, long maxBytes) {
        this.maxBytes = maxBytes;
        pending.writeBytes(header.getBytes(UTF_8));
    }

    /** Adds a line without its CR LF. Returns true if the line ends the text. */
    boolean add(ByteBuffer line) {
        if (line.hasRemaining() && line.get(line.position()) == '.') {
            if (line.remaining() == 1) {
                return true;
            }
            line.get();
        }
        bytes += line.remaining() + CRLF.length;
        check(line);
        if (refusal == null) {
            pending.write(line.array(), line.arrayOffset() + line.position(), line.remaining());
            pending.write(CRLF, 0, CRLF.length);
        }
        return false;
    }

    private void check(ByteBuffer line) {
        if (line.remaining() > MAX_LINE_BYTES) {
            refuse(new SmtpRefusal("500 5.5.2 Line too long"));
        } else if (bytes > maxBytes) {
            refuse(SmtpEnvelope.tooLarge());
        }
        for (int i = line.position(); i < line.limit(); i++) {
            byte b = line.get(i);
            if (b == '\r' || b == '\n' || b == 0) {
                refuse(new SmtpRefusal("554 5.6.0 NUL, or CR or LF alone"));
                return;
            }
        }
    }

    /** Refuses the text, unless it has been refused before. */
    void refuse(SmtpRefusal reason) {
        if (refusal == null) {
            refusal = reason;
            pending.reset();
        }
    }

    /** Returns the first refusal, or null if there is none. */
    @Nullable
    SmtpRefusal refusal() {
        return refusal;
    }

    /** Returns true if the text is so large that its end is not awaited. */
    boolean isEndless() {
        return bytes / ENDLESS > maxBytes;
    }

    int pendingBytes() {
        return pending.size();
    }

    /** Removes and returns the bytes that are to be stored next. */
    byte[] takePending() {
        byte[] block = pending.toByteArray();
        pending.reset();
        return block;
    }
}
