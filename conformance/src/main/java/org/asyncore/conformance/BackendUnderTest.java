// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import java.util.Objects;
import org.asyncore.spi.Backend;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives a contract the backend of its {@link BackendSource}, and skips the test if that backend cannot run here. */
public final class BackendUnderTest implements BeforeEachCallback {
    private @Nullable Backend backend;

    /** Makes the extension, which each contract has. */
    public BackendUnderTest() {}

    @Override
    public void beforeEach(ExtensionContext context) {
        backend = of(context);
    }

    /** Returns the backend of the running test. */
    public Backend get() {
        return Objects.requireNonNull(backend, "no test is running");
    }

    /** Returns the backend of the test's class or of a class around it. Skips the test if it cannot run here. */
    public static Backend of(ExtensionContext context) {
        Backend backend = context.getRequiredTestInstances()
                .findInstance(BackendSource.class)
                .orElseThrow(() -> new IllegalStateException(
                        context.getRequiredTestClass().getName() + " has to be a BackendSource, or nested in one"))
                .backend();
        Pollers.assumeAvailable(backend);
        return backend;
    }
}
