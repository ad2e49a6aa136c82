// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import org.asyncore.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the logger of all loops. */
final class LoopLog {
    static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private LoopLog() {}
}
