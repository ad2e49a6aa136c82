// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The text of a mail, line by line. Undoes the dots, and remembers the first thing that is wrong with it: from then on
 * nothing is kept, and the refusal is for the end of the text, since before it the client does not listen.
 *
 * <p>Only CR LF ends a line. Servers that disagree about a CR or LF alone also disagree where a mail ends, and a second
 * one can be smuggled in behind that: so a text with such a byte is refused, as is one with a NUL.
 */
final class SmtpText {
    private static final int MAX_LINE_BYTES = 998; // without CR LF and the doubled dot
    private static final int ENDLESS = 10; // times the size allowed, and nobody waits for the end
    private static final byte[] CRLF = {'\r', '\n'};

    private final long maxBytes;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream(1024);
    private long bytes; // so far, the header not counted
    private @Nullable SmtpRefusal refusal;

    /** A text, to be stored after this header. */
    SmtpText(String header, long maxBytes) {
        this.maxBytes = maxBytes;
        pending.writeBytes(header.getBytes(UTF_8));
    }

    /** Takes a line without its end; true if it says that the text is complete. */
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

    /** Something is wrong, unless something was before. */
    void refuse(SmtpRefusal reason) {
        if (refusal == null) {
            refusal = reason;
            pending.reset();
        }
    }

    /** What was wrong; null if nothing was. */
    @Nullable
    SmtpRefusal refusal() {
        return refusal;
    }

    /** Whether it has become so large that its end is not worth waiting for. */
    boolean isEndless() {
        return bytes / ENDLESS > maxBytes;
    }

    int pendingBytes() {
        return pending.size();
    }

    /** What is to be stored after what was taken before. */
    byte[] takePending() {
        byte[] block = pending.toByteArray();
        pending.reset();
        return block;
    }
}
