// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;

/** A dispatcher without events, whose presence keeps {@code run} from returning. */
public final class IdleDispatcher extends SocketDispatcher {
    public IdleDispatcher(Loop loop) {
        super(loop);
    }

    @Override
    public boolean writable() {
        return false;
    }
}
