// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.jmh;

/** Flags that every measured JVM has. */
final class Jvm {
    /** One collector on every host, the one with the fewest threads and the cheapest barriers. */
    static final String COLLECTOR = "-XX:+UseSerialGC";

    static final String HEAP = "-Xms1g";
    static final String NO_LEAK_DETECTION = "-Dio.netty.leakDetection.level=disabled";

    /** What Agrona 2 reaches into. */
    static final String UNSAFE = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";

    private Jvm() {}
}
