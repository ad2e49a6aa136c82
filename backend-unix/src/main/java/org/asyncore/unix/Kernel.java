// SPDX-License-Identifier: Apache-2.0
package org.asyncore.unix;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.io.IOException;
import org.asyncore.spi.Ops;

/** What differs between epoll and kqueue. */
public interface Kernel {
    /** The backend's name. */
    String name();

    /** Opens the kernel's queue; exceptions are Netty's. */
    IoHandler open(ThreadAwareExecutor executor);

    /** A handle that translates events into calls of {@link UnixRegistration#report}. */
    IoHandle handle(UnixRegistration registration);

    /**
     * Changes what the kernel reports.
     *
     * @return how many changes now wait for the next call of the kernel
     */
    int submit(IoRegistration registration, Ops before, Ops after);

    /**
     * Ends a registration, whose interest is given.
     *
     * @return as for {@link #submit}
     */
    int withdraw(IoRegistration registration, Ops interest);

    /** Whether the kernel can wait for this descriptor; a regular file, for one, is always ready. */
    boolean canPoll(int descriptor) throws IOException;

    /** Whether descriptor 0, standard input, cannot be registered under that number. */
    boolean reservesZero();

    /** Whether urgent data are reported, and can be read as {@link UrgentByte} does. */
    boolean seesUrgent();
}
