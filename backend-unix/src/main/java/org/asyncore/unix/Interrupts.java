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
 * <p>A thread in {@code epoll_wait(2)} by JNI does not see an interrupt. The JDK lets selectors know of one, through two
 * methods that only their subclasses may call; no other part of this selector is used.
 */
final class Interrupts extends AbstractSelector {
    private final Poller poller;

    @SuppressWarnings("NullAway") // no provider: nobody asks for it
    Interrupts(Poller poller) {
        super(null);
        this.poller = poller;
    }

    void enter() {
        begin();
    }

    void leave() {
        end();
    }

    /** Called by the interrupting thread, or by {@link #enter} if the interrupt came before. */
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
