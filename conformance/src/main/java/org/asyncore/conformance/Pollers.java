// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import java.util.Arrays;
import org.asyncore.spi.Backend;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Decides whether a backend's tests may be skipped. */
public final class Pollers {
    private Pollers() {}

    /**
     * Skips the test, visibly, if the backend cannot run here. Fails it instead if the system property {@code
     * asyncore.pollers.required}, names separated by commas, contains the backend.
     */
    public static void assumeAvailable(Backend backend) {
        Throwable cause = backend.unavailabilityCause();
        if (cause == null) {
            return;
        }
        String reason = backend.name() + " cannot run here: " + cause;
        if (isRequired(backend.name())) {
            Assertions.fail(reason, cause);
        }
        Assumptions.abort(reason);
    }

    private static boolean isRequired(String name) {
        String required = System.getProperty("asyncore.pollers.required", "");
        return Arrays.stream(required.split(",", -1)).map(String::strip).anyMatch(name::equals);
    }
}
