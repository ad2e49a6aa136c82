// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.states;

import java.io.IOException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import org.asyncore.FileDispatcher;
import org.asyncore.Loop;

/** A file whose hooks are recorded. */
final class FileSubject extends FileDispatcher {
    private final HookLog hooks;

    FileSubject(Loop loop, HookLog hooks, Path path, OpenOption... options) throws IOException {
        super(loop, path, options);
        this.hooks = hooks;
    }

    @Override
    public void handleRead() {
        hooks.called("handleRead");
    }

    @Override
    public void handleWrite() {
        hooks.called("handleWrite");
    }

    @Override
    public void handleClose() {
        hooks.called("handleClose");
        close();
    }

    @Override
    public void handleError(Throwable cause) {
        hooks.called("handleError");
    }
}
