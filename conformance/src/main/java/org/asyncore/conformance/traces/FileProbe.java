// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Path;
import org.asyncore.FileDispatcher;

/** A probe over a file that is only read. */
final class FileProbe extends FileDispatcher {
    private final Scenario scenario;
    private final String who;
    String got = "";

    FileProbe(Scenario scenario, String who, Path path) throws IOException {
        super(scenario.loop(), path);
        this.scenario = scenario;
        this.who = who;
    }

    @Override
    public boolean writable() {
        return false;
    }

    @Override
    public void handleRead() throws IOException {
        byte[] data = recv(256);
        got += new String(data, ISO_8859_1);
        scenario.trace().event(who, "handle_read", "bytes", data.length);
    }

    @Override
    public void handleExpt() {
        scenario.trace().event(who, "handle_expt");
    }

    @Override
    public void handleClose() {
        scenario.trace().event(who, "handle_close");
        close();
    }

    @Override
    public void handleError(Throwable cause) {
        scenario.trace().event(who, "handle_error", "error", ErrorNames.name(cause));
        handleClose();
    }
}
