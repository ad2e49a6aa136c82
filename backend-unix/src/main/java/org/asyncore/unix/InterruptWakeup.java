// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.util.Set;
import org.asyncore.spi.Poller;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link Thread#interrupt} call {@link Poller#wakeup}.
 *
 * <p>A thread inside of {@code epoll_wait(2)}, called by JNI, does not see an interrupt. The JDK reports interrupts to
 * selectors, by two methods that only their subclasses may call. No other part of this selector is used.
 */
final class InterruptWakeup extends AbstractSelector {
    private final Poller poller;

    @SuppressWarnings("NullAway") // there is no provider, and no code asks for it
    InterruptWakeup(Poller poller) {
        super(null);
        this.poller = poller;
    }

    void enter() {
        begin();
    }

    void leave() {
        end();
    }

    /** Wakes the poller. Called by the interrupting thread, or by {@link #enter} if the interrupt came before. */
    @Override
    public Selector wakeup() {
        poller.wakeup();
        return this;
    }

    @Override
    protected void implCloseSelector() {}

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int ops, @Nullable Object attachment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SelectionKey> keys() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int selectNow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int select(long timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int select() {
        throw new UnsupportedOperationException();
    }
}
