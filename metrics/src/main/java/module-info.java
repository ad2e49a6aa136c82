// SPDX-License-Identifier: Apache-2.0
/** The statistics of loops for Micrometer and JMX. */
@SuppressWarnings("requires-automatic") // Micrometer is no named module
@org.jspecify.annotations.NullMarked
module org.asyncore.metrics {
    requires transitive java.management;
    requires transitive org.asyncore;
    requires static micrometer.core;
    requires static org.jspecify;

    exports org.asyncore.metrics;
}
