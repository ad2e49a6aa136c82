// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.asyncore.Loop;
import org.asyncore.examples.cli.LoopOptions;
import org.asyncore.examples.shared.ErrorMessages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints a file, a pipe or standard input in blocks of 256 bytes. */
@Command(name = "file-reader", description = "Prints a file in blocks of 256 bytes.")
public final class FileReaderCommand implements Callable<Integer> {
    @Mixin
    private final LoopOptions options = new LoopOptions();

    @Parameters(paramLabel = "FILE", description = "its path; - is standard input")
    private String file = "";

    @Override
    public Integer call() throws IOException {
        try (Loop loop = options.open()) {
            FileReader reader = file.equals("-") ? new FileReader(loop) : new FileReader(loop, Path.of(file));
            loop.run();
            Throwable failure = reader.failure();
            if (failure != null) {
                throw new IOException(file + ": " + ErrorMessages.of(failure), failure);
            }
            return 0;
        }
    }
}
