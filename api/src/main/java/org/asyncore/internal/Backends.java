// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.asyncore.spi.Backend;
import org.jspecify.annotations.Nullable;

/** Finds the backends of this program and chooses one. */
public final class Backends {
    private final List<Backend> found = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    private Backends() {
        for (ServiceLoader.Provider<Backend> provider :
                ServiceLoader.load(Backend.class).stream().toList()) {
            try {
                found.add(provider.get());
            } catch (ServiceConfigurationError | LinkageError e) {
                broken.add(provider.type().getName() + " (does not load: " + e + ")");
            }
        }
    }

    /**
     * The backend of that name, or the available one of highest priority.
     *
     * @throws IllegalArgumentException if the one that was asked for is unknown or cannot run here
     * @throws IllegalStateException if none was asked for and none can run
     */
    public static Backend choose(@Nullable String name) {
        Backends all = new Backends();
        return name == null ? all.best() : all.named(name);
    }

    private Backend best() {
        Backend best = null;
        for (Backend backend : found) {
            if (backend.unavailabilityCause() == null && (best == null || backend.priority() > best.priority())) {
                best = backend;
            }
        }
        if (best == null) {
            throw new IllegalStateException(
                    "no poller is available; add asyncore-backend-nio to the class path. " + known());
        }
        return best;
    }

    private Backend named(String name) {
        for (Backend backend : found) {
            if (backend.name().equals(name)) {
                Throwable cause = backend.unavailabilityCause();
                if (cause != null) {
                    throw new IllegalArgumentException("poller '" + name + "' cannot run here. " + known(), cause);
                }
                return backend;
            }
        }
        throw new IllegalArgumentException("no poller is called '" + name + "'. " + known());
    }

    private String known() {
        List<String> all = new ArrayList<>(broken);
        for (Backend backend : found) {
            Throwable cause = backend.unavailabilityCause();
            all.add(backend.name() + (cause == null ? " (available)" : " (not available: " + reason(cause) + ")"));
        }
        return all.isEmpty() ? "The class path has none." : "The class path has: " + String.join(", ", all) + ".";
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        if (message == null && cause.getCause() != null) {
            return reason(cause.getCause()); // an ExceptionInInitializerError has nothing to say itself
        }
        return message == null ? cause.toString() : message.lines().findFirst().orElse(message);
    }
}
