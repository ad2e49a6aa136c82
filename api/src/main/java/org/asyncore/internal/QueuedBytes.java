// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import org.asyncore.ChannelDispatcher;

/** Reports to a dispatcher's loop how many bytes the dispatcher has queued, each time that the number has changed. */
public final class QueuedBytes {
    private long reported;

    /** Reports the number, if it has changed. */
    public void report(ChannelDispatcher dispatcher, long bytes) {
        if (bytes != reported) {
            reported = bytes;
            ((EventLoop) dispatcher.loop()).queued(dispatcher, bytes);
        }
    }
}
