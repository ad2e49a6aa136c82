// SPDX-License-Identifier: Apache-2.0
/** TLS for asyncore: a channel over a channel. */
@org.jspecify.annotations.NullMarked
module org.asyncore.tls {
    requires transitive org.asyncore;
    requires static org.jspecify;

    exports org.asyncore.tls;
}
