// SPDX-License-Identifier: Apache-2.0
package suite;

import java.util.ServiceLoader;
import org.asyncore.conformance.BackendConformance;
import org.asyncore.spi.Backend;

/** Runs all contracts over the first backend that is found. */
final class OwnBackendTest extends BackendConformance {
    @Override
    public Backend backend() {
        return ServiceLoader.load(Backend.class).findFirst().orElseThrow();
    }
}
