// SPDX-License-Identifier: Apache-2.0
package suite;

import java.util.ServiceLoader;
import org.asyncore.conformance.loop.LoopContract;
import org.asyncore.spi.Backend;

/** The contract of loops over the first backend there is. */
final class OwnLoopTest extends LoopContract {
    @Override
    protected Backend backend() {
        return ServiceLoader.load(Backend.class).findFirst().orElseThrow();
    }
}
