// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.asyncore.Dispatcher;
import org.asyncore.channels.StreamLayer;

/** Closes layers, and keeps those that have still to send what their dispatchers gave them. */
final class Lingering {
    private final Reactor reactor;
    private final Set<Linger> all = new LinkedHashSet<>();
    private final ArrayDeque<Linger> ready = new ArrayDeque<>(); // reported, and not served yet

    Lingering(Reactor reactor) {
        this.reactor = reactor;
    }

    /** Closes a layer once all that it has taken is sent; the dispatcher has left the loop. */
    void close(StreamLayer layer, Dispatcher dispatcher) throws IOException {
        Linger linger = new Linger(reactor, layer, dispatcher);
        boolean done = true;
        try {
            done = layer.finish();
        } catch (ClosedChannelException e) {
            ReactorLoop.LOG.trace("{} was closed before its dispatcher", layer, e);
        } catch (IOException e) {
            linger.lose(e.toString());
        } finally {
            if (done) {
                layer.close();
            }
        }
        if (!done) {
            all.add(linger);
            linger.begin();
        }
    }

    void ready(Linger linger) {
        ready.add(linger);
    }

    void serve() {
        for (Linger linger = ready.poll(); linger != null; linger = ready.poll()) {
            linger.advance();
        }
    }

    void remove(Linger linger) {
        all.remove(linger);
    }

    /** Sends what can be sent at once, and reports the rest as lost. */
    void closeAll() {
        List<Linger> left = new ArrayList<>(all);
        left.forEach(Linger::advance);
        left.forEach(linger -> linger.end("the loop was closed"));
    }
}
