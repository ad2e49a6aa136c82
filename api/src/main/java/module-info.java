// SPDX-License-Identifier: Apache-2.0
/** Python's asyncore for Java: a loop, its dispatchers, and the interfaces that pollers implement. */
@org.jspecify.annotations.NullMarked
module org.asyncore {
    requires transitive org.slf4j; // Logger is in SocketDispatcher's signature
    requires static jdk.jfr; // a runtime without it has no events
    requires static org.jspecify;

    exports org.asyncore;
    exports org.asyncore.blocking;
    exports org.asyncore.channels;
    exports org.asyncore.chat;
    exports org.asyncore.spi;

    uses org.asyncore.spi.Backend;
}
