// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import java.util.List;
import org.asyncore.Dispatcher;

/** Says in a list what it is asked and told; a test says what it does then. */
final class ScriptedDispatcher implements Dispatcher {
    final String name;
    Runnable onRead = () -> {};
    boolean logsQuestions;

    private final List<String> log;

    ScriptedDispatcher(String name, List<String> log) {
        this.name = name;
        this.log = log;
    }

    @Override
    public boolean readable() {
        if (logsQuestions) {
            log.add(name + " asked");
        }
        return true;
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void handleReadEvent() {
        log.add(name + " read");
        onRead.run();
    }

    @Override
    public void handleWriteEvent() {
        log.add(name + " write");
    }

    @Override
    public void handleExptEvent() {
        log.add(name + " urgent");
    }

    @Override
    public void handleClose() {}

    @Override
    public void handleError(Throwable cause) {
        log.add(name + " error " + cause.getMessage());
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return name;
    }
}
