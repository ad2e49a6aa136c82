// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.asyncore.Loop;
import org.asyncore.examples.shared.ErrorMessages;
import org.asyncore.spi.Backend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the pollers on the class path. */
@Command(name = "pollers", description = "Lists the pollers on the class path, and which one is chosen.")
public final class PollersCommand implements Callable<Integer> {
    private static final String ROW = "%-10s %8s  %-6s  %s%n";

    @Mixin
    private final LoopOptions options = new LoopOptions();

    @Override
    public Integer call() {
        try (Loop loop = options.open()) {
            System.out.printf(ROW, "NAME", "PRIORITY", "CHOSEN", "AVAILABLE");
            for (ServiceLoader.Provider<Backend> provider :
                    ServiceLoader.load(Backend.class).stream().toList()) {
                row(provider, loop.pollerName());
            }
            return 0;
        }
    }

    private static void row(ServiceLoader.Provider<Backend> provider, String chosen) {
        try {
            Backend backend = provider.get();
            Throwable cause = backend.unavailabilityCause();
            String mark = backend.name().equals(chosen) ? "*" : "";
            String available = cause == null ? "yes" : "no: " + ErrorMessages.of(cause);
            System.out.printf(ROW, backend.name(), backend.priority(), mark, available);
        } catch (ServiceConfigurationError | LinkageError e) {
            System.out.printf(
                    ROW, provider.type().getSimpleName(), "", "", "no: cannot be loaded: " + ErrorMessages.of(e));
        }
    }
}
