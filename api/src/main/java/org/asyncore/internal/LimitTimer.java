// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import org.asyncore.ChannelDispatcher;
import org.asyncore.TimeLimit;
import org.jspecify.annotations.Nullable;

/**
 * One time limit of a dispatcher; among the timers of the loop while it runs. Activity only notes a time. Small, because
 * a loop may have one for each of many connections.
 */
final class LimitTimer extends Deadline {
    private static final int NOTHING_WAITS = -1;

    final TimeLimit which;

    @Nullable
    LimitTimer next; // another limit of the same dispatcher; TimeLimits writes it

    BoundChannel channel; // TimeLimits writes it

    private final long nanos;
    private long lastNanos; // of the start or the last activity; never decreases
    private int unsent = NOTHING_WAITS; // else the number of bytes in a layer, at the last send

    LimitTimer(TimeLimit which, long nanos, BoundChannel channel) {
        this.which = which;
        this.nanos = nanos;
        this.channel = channel;
    }

    @Override
    long dueNanos() {
        return lastNanos + nanos;
    }

    @Override
    long keyOrder() {
        return -1; // before timers of the same time
    }

    /** Starts, unless it runs already or there is nothing to limit. */
    void begin() {
        if (which == TimeLimit.WRITE_IDLE && unsent == NOTHING_WAITS && channel.entry.awaitsRoom()) {
            unsent = channel.unsentBytes();
        }
        if (index < 0 && applies()) {
            restart();
        }
    }

    /** Stops. */
    void cancel() {
        unsent = NOTHING_WAITS;
        if (index >= 0) {
            channel.timers.remove(this);
        }
    }

    private void restart() {
        lastNanos = channel.timers.turnNanos();
        if (index < 0) {
            channel.timers.add(this);
        }
    }

    private boolean applies() {
        ChannelState state = channel.entry.state();
        boolean connecting = state == ChannelState.CONNECTING;
        boolean connected = state == ChannelState.CONNECTED || state == ChannelState.DATAGRAM;
        return channel.isMember()
                && switch (which) {
                    case CONNECT -> connecting;
                    case TOTAL -> connecting || connected;
                    case READ_IDLE, IDLE -> connected;
                    case WRITE_IDLE -> connected && unsent != NOTHING_WAITS;
                };
    }

    // Activity.

    void received() {
        if (which == TimeLimit.READ_IDLE || which == TimeLimit.IDLE) {
            lastNanos = channel.timers.turnNanos();
        }
    }

    void sent(int n, int offered) {
        if (which == TimeLimit.IDLE) {
            unsent = channel.unsentBytes();
            if (n > 0) {
                lastNanos = channel.timers.turnNanos();
            }
        } else if (which == TimeLimit.WRITE_IDLE && offered > 0) {
            boolean waited = unsent != NOTHING_WAITS;
            unsent = channel.unsentBytes();
            if (n == offered && unsent == 0) {
                unsent = NOTHING_WAITS;
            } else if (n > 0 || !waited) {
                lastNanos = channel.timers.turnNanos();
                begin();
            }
        }
    }

    // The end.

    /** Calls the dispatcher's hook, unless there is nothing to limit any more. The timer is not pending now. */
    void expire() {
        if (which == TimeLimit.WRITE_IDLE && !channel.entry.awaitsRoom()) {
            unsent = NOTHING_WAITS; // the dispatcher has given up what it wanted to send
        }
        if (!applies()) {
            return;
        }
        if (which != TimeLimit.CONNECT && which != TimeLimit.TOTAL) {
            restart();
        }
        if (!layerHasSent()) {
            callHook();
        }
    }

    /** Returns true if a layer has sent bytes by itself since the last send. */
    private boolean layerHasSent() {
        int before = unsent;
        if (before > 0) {
            unsent = channel.unsentBytes();
        }
        return unsent < before;
    }

    private void callHook() {
        ChannelDispatcher dispatcher = (ChannelDispatcher) channel.entry.dispatcher;
        channel.reactor.changed(channel.entry);
        try {
            dispatcher.handleTimeout(which);
        } catch (Exception | Error e) {
            HookFailures.handle(dispatcher, e);
        }
    }
}
