// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import org.asyncore.spi.Backend;

/** A test class that names its backend: a {@link BackendConformance}, or a class that extends a single contract. */
public interface BackendSource {
    /** Returns the backend under test, a new one for each test. */
    Backend backend();
}
