// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.shared;

import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Makes one-line messages that say what failed, and why. */
public final class ErrorMessages {
    private ErrorMessages() {}

    public static String of(Throwable cause) {
        String message = cause.getMessage();
        if (message == null) {
            return cause.getCause() == null ? cause.toString() : of(cause.getCause());
        }
        if (cause instanceof UnknownHostException && !message.startsWith("cannot connect to ")) {
            message = "unknown host: " + message;
        } else if (cause instanceof FileSystemException file && file.getReason() == null) {
            message += ": " + reason(file);
        }
        return message.lines().findFirst().orElse(message);
    }

    private static String reason(FileSystemException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file";
        }
        return cause instanceof AccessDeniedException
                ? "permission denied"
                : cause.getClass().getSimpleName();
    }
}
