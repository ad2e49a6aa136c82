// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.programs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.asyncore.FileDispatcher;

/** An actor that is a file_dispatcher over a file that is read. */
final class FileActor extends FileDispatcher implements Actor {
    private final Script script;

    FileActor(Script script, FileChannel file) {
        super(script.run.loop(), file);
        this.script = script;
        script.channel = file;
    }

    @Override
    public Script script() {
        return script;
    }

    @Override
    public boolean readable() {
        return script.answer(script.readable, false, super::readable);
    }

    @Override
    public boolean writable() {
        return script.answer(script.writable, false, super::writable);
    }

    @Override
    public void handleRead() throws IOException {
        script.run("handle_read");
    }

    @Override
    public void handleWrite() throws IOException {
        script.run("handle_write");
    }

    @Override
    public void handleClose() throws IOException {
        script.handleClose();
    }

    @Override
    public void handleError(Throwable cause) {
        script.handleError(cause);
    }

    @Override
    public void close() {
        script.close();
        super.close();
    }

    @Override
    public void hook(String name) throws IOException {
        switch (name) {
            case "handle_read" -> handleRead();
            case "handle_write" -> handleWrite();
            case "handle_connect" -> script.run(name);
            default -> handleClose();
        }
    }

    @Override
    public void defaultHook(String name) throws IOException {
        if (name.equals("handle_error")) {
            super.handleError(script.cause());
        } else {
            super.handleClose();
        }
    }
}
