// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.socketserver;

import java.io.IOException;
import java.io.OutputStream;

/** The process that has started this one. The standard input of this process ends when that process does. */
final class ParentProcess {
    private ParentProcess() {}

    /** Ends this process, as SIGTERM does, when the parent has ended, even by SIGKILL. */
    static void exitWithIt() {
        Thread thread = new Thread(ParentProcess::awaitEnd, "parent");
        thread.setDaemon(true);
        thread.start();
    }

    private static void awaitEnd() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // it is the end, too
        }
        System.exit(0);
    }
}
