// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks;

import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;

/** Keeps a loop from ending; nothing ever happens to it. */
final class Idle extends SocketDispatcher {
    Idle(Loop loop) {
        super(loop);
    }

    @Override
    public boolean writable() {
        return false;
    }
}
