// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.jmh;

/** Flags of each JVM in which a benchmark runs. */
final class JvmFlags {
    /** The same collector on every host: the one with the fewest threads and the cheapest barriers. */
    static final String COLLECTOR = "-XX:+UseSerialGC";

    static final String HEAP = "-Xms1g";
    static final String NO_LEAK_DETECTION = "-Dio.netty.leakDetection.level=disabled";

    /** Access to the internals of the JDK that Agrona 2 uses. */
    static final String UNSAFE = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";

    private JvmFlags() {}
}
