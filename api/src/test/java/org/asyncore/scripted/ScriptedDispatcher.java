// SPDX-License-Identifier: Apache-2.0
package org.asyncore.scripted;

import java.util.List;
import org.asyncore.Dispatcher;

/** A dispatcher that records its calls in a list; a test may give it an action for reads. */
public final class ScriptedDispatcher implements Dispatcher {
    public final String name;
    public Runnable onRead = () -> {};
    public boolean logsAsking;

    private final List<String> log;

    public ScriptedDispatcher(String name, List<String> log) {
        this.name = name;
        this.log = log;
    }

    @Override
    public boolean readable() {
        if (logsAsking) {
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
