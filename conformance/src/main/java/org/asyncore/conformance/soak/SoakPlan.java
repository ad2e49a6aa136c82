// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.soak;

import java.util.SplittableRandom;

/**
 * The course of one connection, drawn by the seed of the soak and the number of the connection.
 *
 * @param rough true if the client connects to the server that cuts connections
 * @param bytes how many bytes the client sends
 * @param salt the position of its first byte in the {@link Pattern}
 * @param ending how the client ends
 * @param endAt how many bytes the client has received when it cuts or resets
 * @param pauses how many times the client pauses
 * @param pauseMillis the length of a pause, or -1 if the first pause lasts until the soak ends
 * @param pausing what the client does not do in a pause
 */
record SoakPlan(
        boolean rough, int bytes, int salt, Ending ending, int endAt, int pauses, int pauseMillis, Pausing pausing) {
    /** The size of socket buffers that make servers queue what they send. */
    static final int SMALL_BUFFER_BYTES = 4_096;

    private static final int LONGEST_PAUSE_MILLIS = 3_000;
    private static final int HUGE_BYTES = 8 << 20;

    /** The ways in which a client ends. */
    enum Ending {
        /** Closes when all bytes have come back. */
        CLOSES,
        /** Ends its sending direction after the last byte, and closes at the end of the stream. */
        HALF_CLOSES,
        /** Closes before all bytes have come back. */
        CUTS,
        /** Resets the connection before all bytes have come back. */
        RESETS,
        /** Closes in {@code handleConnect}. */
        QUITS_AT_CONNECT
    }

    /** The directions that a pause stops. */
    enum Pausing {
        READING,
        WRITING,
        BOTH
    }

    static SoakPlan of(long seed, long number) {
        SplittableRandom random = random(seed, number);
        int bytes = bytes(random);
        return new SoakPlan(
                random.nextInt(4) == 0,
                bytes,
                random.nextInt(Pattern.PERIOD),
                ending(random.nextInt(20)),
                random.nextInt(bytes),
                random.nextInt(4),
                random.nextInt(10) == 0 ? -1 : random.nextInt(LONGEST_PAUSE_MILLIS),
                Pausing.values()[random.nextInt(3)]);
    }

    /** Returns the random numbers of a connection. */
    static SplittableRandom random(long seed, long number) {
        return new SplittableRandom(seed * 1_000_003 + number);
    }

    /** Every size up to 256 KiB is as likely as its half. One connection in 500 sends 8 MiB. */
    private static int bytes(SplittableRandom random) {
        int bytes = (1 << random.nextInt(18)) + random.nextInt(1 << random.nextInt(18));
        return random.nextInt(500) == 0 ? HUGE_BYTES : bytes;
    }

    private static Ending ending(int random) {
        return switch (random) {
            case 0 -> Ending.QUITS_AT_CONNECT;
            case 1, 2, 3 -> Ending.CUTS;
            case 4, 5, 6 -> Ending.RESETS;
            case 7, 8, 9, 10, 11, 12 -> Ending.HALF_CLOSES;
            default -> Ending.CLOSES;
        };
    }

    /** Returns how many bytes the client has received when this pause begins. */
    int pauseAt(int pause) {
        return (int) ((long) bytes * pause / (pauses + 1));
    }
}
