// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.programs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32;
import org.asyncore.channels.DatagramSocketChannel;
import org.asyncore.conformance.programs.Program.Part;
import org.asyncore.conformance.traces.HookFailure;
import org.jspecify.annotations.Nullable;

/** The actions of an actor's hooks, and its unsent bytes. */
final class Script {
    /** Hooks that are nested deeper are recorded and do nothing. */
    private static final int MAX_DEPTH = 6;

    private static final int MAX_TEXT_BYTES = 12;
    private static final int ALPHABET = 26;

    final ProgramRun run;
    final String name;
    final Part part;
    final StringBuilder out = new StringBuilder();
    String readable;
    String writable;
    BooleanSupplier listens = () -> false;

    ProtocolFamily family = StandardProtocolFamily.INET; // of the stream socket

    @Nullable
    Channel channel; // the last one

    private final Map<String, Integer> calls = new HashMap<>();
    private int sent;
    private @Nullable Throwable cause;

    Script(ProgramRun run, String name, Part part) {
        this.run = run;
        this.name = name;
        this.part = part;
        readable = requireNonNullElse(part.readable(), "default");
        writable = requireNonNullElse(part.writable(), "default");
    }

    /** Returns letters of the alphabet, repeated, from a position on. */
    static byte[] letters(int start, int n) {
        byte[] letters = new byte[n];
        for (int i = 0; i < n; i++) {
            letters[i] = (byte) ('a' + (start + i) % ALPHABET);
        }
        return letters;
    }

    /** Returns short data as text, and long data as a checksum. */
    static String text(ByteBuffer data) {
        if (data.remaining() <= MAX_TEXT_BYTES) {
            return Program.GSON.toJson(ISO_8859_1.decode(data.duplicate()).toString());
        }
        CRC32 crc = new CRC32();
        crc.update(data.duplicate());
        return String.format("%08x", crc.getValue());
    }

    /** Returns the next letters to send. */
    byte[] letters(int n) {
        sent += n;
        return letters(sent - n, n);
    }

    /**
     * Returns true if the socket is open. On some pollers a listener is another channel than the socket that was made.
     */
    boolean isOpen() {
        return listens.getAsBoolean() || (channel != null && channel.isOpen());
    }

    /** Returns the address of an open datagram socket, or null. */
    @Nullable
    SocketAddress datagramAddress() throws IOException {
        return isOpen() && channel instanceof DatagramSocketChannel datagrams ? datagrams.getLocalAddress() : null;
    }

    void event(String what) {
        run.event(name, what);
    }

    /** Records a hook, and plays the program's actions for it. */
    void run(String hook) throws IOException {
        run(hook, "", List.of());
    }

    /**
     * Records a hook and plays its list of actions for this call.
     *
     * @param otherwise the action if the program has no list for the hook; empty for none
     */
    void run(String hook, String detail, List<Object> otherwise) throws IOException {
        event(hook + detail);
        int n = calls.merge(hook, 1, Integer::sum) - 1;
        List<List<List<Object>>> lists = part.hooks().get(hook);
        if (run.depth >= MAX_DEPTH || run.over) {
            return;
        }
        run.depth++;
        try {
            if (lists != null) {
                run.play(this, lists.get(Math.min(n, lists.size() - 1)));
            } else if (!otherwise.isEmpty()) {
                run.play(this, List.of(otherwise));
            }
        } finally {
            run.depth--;
        }
    }

    void handleError(Throwable error) {
        Throwable outer = cause;
        cause = error;
        try {
            run("handle_error", " " + ExceptionNames.of(error), List.of("hook", "self", "handle_close"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            cause = outer;
        }
    }

    /** Returns the exception that handle_error got. */
    Throwable cause() {
        return requireNonNull(cause);
    }

    void handleClose() throws IOException {
        run("handle_close", "", List.of("close", "self"));
    }

    void close() {
        if (part.hooks().containsKey("close") && !run.over) {
            try {
                run("close", "", List.of());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Returns the result of a predicate. */
    boolean answer(String want, boolean connecting, BooleanSupplier library) {
        return switch (want) {
            case "throw" -> throw new HookFailure("asked");
            case "out" -> connecting || !out.isEmpty();
            case "default" -> library.getAsBoolean();
            default -> want.equals("yes");
        };
    }
}
