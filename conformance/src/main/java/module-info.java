// SPDX-License-Identifier: Apache-2.0
/** Tests that every backend passes, in JUnit. */
@org.jspecify.annotations.NullMarked
open module org.asyncore.conformance {
    requires transitive org.asyncore;
    requires transitive org.junit.jupiter.api;
    requires transitive org.junit.jupiter.params;
    requires com.google.gson;
    requires org.slf4j;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires java.management;
    requires jdk.management;
    requires static org.jspecify;

    exports org.asyncore.conformance;
    exports org.asyncore.conformance.faults;
    exports org.asyncore.conformance.loop;
    exports org.asyncore.conformance.programs;
    exports org.asyncore.conformance.shortage;
    exports org.asyncore.conformance.soak;
    exports org.asyncore.conformance.states;
    exports org.asyncore.conformance.traces;
}
