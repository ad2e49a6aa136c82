// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.asyncore.channels.TooManyOpenFilesException;
import org.asyncore.spi.Backend;
import org.jspecify.annotations.Nullable;

/** Finds the backends of this program and chooses one. */
public final class Backends {
    private static final int MAX_FAULTS = 100; // a damaged provider is skipped; this ends a loader that always fails

    private final List<Backend> found = new ArrayList<>();
    private final Set<String> broken = new LinkedHashSet<>(); // a set, because both loaders find the same

    private Backends() {
        find(ServiceLoader.load(Backend.class));
        find(ServiceLoader.load(Backend.class, Backend.class.getClassLoader()));
    }

    /**
     * Adds what a loader finds. There are two, because a thread's context class loader may not know this library, or
     * may know another copy of it.
     */
    private void find(ServiceLoader<Backend> loader) {
        Iterator<Backend> providers = loader.iterator();
        for (int faults = 0; faults < MAX_FAULTS; ) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                add(providers.next());
            } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
                requireDescriptor(e);
                faults++;
                broken.add("a provider that does not load: " + e);
            }
        }
    }

    /** Throws if a provider cannot be read because no descriptor is left. */
    private static void requireDescriptor(Throwable failure) {
        IOException cause = TooManyOpenFilesException.recognize(new IOException(failure));
        if (cause instanceof TooManyOpenFilesException) {
            throw new UncheckedIOException("cannot look for pollers: " + cause.getMessage(), cause);
        }
    }

    private void add(Backend backend) {
        for (Backend known : found) {
            if (known.getClass() == backend.getClass()) {
                return; // both loaders know it
            }
        }
        found.add(backend);
    }

    /**
     * Returns the backend of that name; without a name, the available one of highest priority.
     *
     * @throws IllegalArgumentException if the named one is unknown or cannot run here
     * @throws IllegalStateException if no name is given and none can run
     */
    public static Backend choose(@Nullable String name) {
        Backends all = new Backends();
        return name == null ? all.best() : all.named(name);
    }

    private Backend best() {
        Backend best = null;
        for (Backend backend : found) {
            if (unavailabilityCause(backend) == null && (best == null || backend.priority() > best.priority())) {
                best = backend;
            }
        }
        if (best == null) {
            throw new IllegalStateException(
                    "no poller is available; add asyncore-backend-nio to the class path. " + known());
        }
        return best;
    }

    /** Returns the one that can run here of those with this name: several providers may have the same name. */
    private Backend named(String name) {
        Throwable cause = null;
        for (Backend backend : found) {
            if (backend.name().equals(name)) {
                cause = unavailabilityCause(backend);
                if (cause == null) {
                    return backend;
                }
            }
        }
        throw cause != null
                ? new IllegalArgumentException("poller '" + name + "' cannot run here. " + known(), cause)
                : new IllegalArgumentException("no poller is called '" + name + "'. " + known());
    }

    private static @Nullable Throwable unavailabilityCause(Backend backend) {
        try {
            return backend.unavailabilityCause();
        } catch (RuntimeException | LinkageError e) {
            return e;
        }
    }

    private String known() {
        List<String> all = new ArrayList<>(broken);
        for (Backend backend : found) {
            Throwable cause = unavailabilityCause(backend);
            all.add(backend.name() + (cause == null ? " (available)" : " (not available: " + reason(cause) + ")"));
        }
        return all.isEmpty() ? "The class path has none." : "The class path has: " + String.join(", ", all) + ".";
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        if (message == null && cause.getCause() != null) {
            return reason(cause.getCause()); // an ExceptionInInitializerError has no message itself
        }
        return message == null ? cause.toString() : message.lines().findFirst().orElse(message);
    }
}
