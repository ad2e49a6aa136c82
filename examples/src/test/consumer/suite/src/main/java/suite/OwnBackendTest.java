// SPDX-License-Identifier: Apache-2.0
package suite;

import java.util.ServiceLoader;
import org.asyncore.conformance.BackendConformance;
import org.asyncore.spi.Backend;

/** All contracts over the first backend there is. */
final class OwnBackendTest extends BackendConformance {
    @Override
    public Backend backend() {
        return ServiceLoader.load(Backend.class).findFirst().orElseThrow();
    }
}
