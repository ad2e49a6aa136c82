// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.io.IOException;
import org.asyncore.spi.Ops;

/** One kernel's queue of events: the differences between epoll and kqueue. */
public interface KernelQueue {
    /** Returns the backend's name. */
    String name();

    /** Opens the queue; the exceptions are Netty's. */
    IoHandler open(ThreadAwareExecutor executor);

    /** Returns a handle that translates events into calls of {@link UnixRegistration#report}. */
    IoHandle handle(UnixRegistration registration);

    /**
     * Changes the events that the kernel reports.
     *
     * @return the number of changes that are now pending until the next call of the kernel
     */
    int submit(IoRegistration registration, Ops before, Ops after);

    /**
     * Ends a registration that has this interest.
     *
     * @return as for {@link #submit}
     */
    int withdraw(IoRegistration registration, Ops interest);

    /** Returns true if the kernel can poll this descriptor; a regular file, for example, is always ready. */
    boolean canPoll(int descriptor) throws IOException;

    /** Returns true if descriptor 0, standard input, cannot be registered under that number. */
    boolean reservesZero();

    /** Returns true if urgent data are reported, and {@link UrgentByte} can read them. */
    boolean seesUrgent();
}
