// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import org.asyncore.channels.StreamLayer;
import org.asyncore.spi.Ops;

/** The events of a layered channel: what its transport is ready for goes to the layer, and what comes of it to the user. */
final class LayerReadiness {
    private final StreamLayer layer;
    private Ops wanted = Ops.NONE; // by the user, as last answered
    private boolean readable; // the transport, since the layer was last told
    private boolean writable;

    LayerReadiness(StreamLayer layer) {
        this.layer = layer;
    }

    /** Takes the user's answer, and gives what the transport has to be polled for. */
    Ops interest(Ops wanted) {
        this.wanted = wanted;
        return layer.interest(wanted);
    }

    /** Whether to go on without waiting. */
    boolean isReady() {
        return layer.isReady(wanted);
    }

    void transportReady(Ops ops) {
        readable |= ops.reads();
        writable |= ops.writes();
    }

    /** Lets the layer work, and gives what it made ready of what the user wants. */
    Ops advance() {
        Ops ready = advanceLayer();
        return Ops.of(ready.reads() && wanted.reads(), ready.writes() && wanted.writes());
    }

    /** Lets the layer get connected: the one event to tell its user of then, or that this failed; none before. */
    Ops advanceConnecting() {
        if (advanceLayer() == Ops.NONE) {
            return Ops.NONE;
        }
        return wanted == Ops.READ ? Ops.READ : Ops.WRITE; // WRITE is how a socket without layer tells
    }

    private Ops advanceLayer() {
        Ops ready = Ops.of(readable, writable);
        readable = false;
        writable = false;
        return layer.advance(ready);
    }
}
