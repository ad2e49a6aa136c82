// SPDX-License-Identifier: Apache-2.0
/** What every backend must do, as JUnit tests to subclass. */
@org.jspecify.annotations.NullMarked
open module org.asyncore.conformance {
    requires transitive org.asyncore;
    requires transitive org.junit.jupiter.api;
    requires java.management;
    requires jdk.management;
    requires static org.jspecify;

    exports org.asyncore.conformance;
}
