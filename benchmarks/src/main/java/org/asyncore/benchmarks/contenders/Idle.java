// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

import org.asyncore.Loop;
import org.asyncore.SocketDispatcher;

/** Keeps a loop from ending; nothing ever happens to it. */
public final class Idle extends SocketDispatcher {
    public Idle(Loop loop) {
        super(loop);
    }

    @Override
    public boolean writable() {
        return false;
    }
}
