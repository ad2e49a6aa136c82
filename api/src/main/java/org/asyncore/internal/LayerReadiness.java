// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import org.asyncore.channels.StreamLayer;
import org.asyncore.spi.Ops;

/** The readiness of a layered channel: gives that of the transport to the layer, and that of the layer to its user. */
final class LayerReadiness {
    private final StreamLayer layer;
    private Ops wanted = Ops.NONE; // the operations that the user waits for
    private boolean readable; // the transport, since the layer's last advance
    private boolean writable; // the same

    LayerReadiness(StreamLayer layer) {
        this.layer = layer;
    }

    /** Sets the operations that the user waits for, and returns those that the transport has to be polled for. */
    Ops interest(Ops wanted) {
        this.wanted = wanted;
        return layer.interest(wanted);
    }

    /** Returns true if the layer can go on without a wait. */
    boolean isReady() {
        return layer.isReady(wanted);
    }

    void transportReady(Ops ops) {
        readable |= ops.reads();
        writable |= ops.writes();
    }

    /** Lets the layer work, and returns the operations that are ready and that the user waits for. */
    Ops advance() {
        Ops ready = advanceLayer();
        return Ops.of(ready.reads() && wanted.reads(), ready.writes() && wanted.writes());
    }

    /**
     * Lets the layer connect. Returns {@code NONE} until it is connected or has failed, then the one event that reports
     * this to its user.
     */
    Ops advanceConnecting() {
        if (advanceLayer() == Ops.NONE) {
            return Ops.NONE;
        }
        return wanted == Ops.READ ? Ops.READ : Ops.WRITE; // a socket without a layer reports WRITE
    }

    private Ops advanceLayer() {
        Ops ready = Ops.of(readable, writable);
        readable = false;
        writable = false;
        return layer.advance(ready);
    }
}
