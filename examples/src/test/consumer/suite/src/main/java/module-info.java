// SPDX-License-Identifier: Apache-2.0
/** The tests of a user's own backend. */
open module suite {
    requires org.asyncore.conformance;

    uses org.asyncore.spi.Backend;
}
