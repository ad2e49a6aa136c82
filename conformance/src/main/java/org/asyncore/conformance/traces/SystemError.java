// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import java.io.IOException;

/** A system error that a scenario throws. Its message is the symbol of its error number. */
public final class SystemError extends IOException {
    private static final long serialVersionUID = 1;

    /** Makes an exception with this symbol. */
    public SystemError(String symbol) {
        super(symbol);
    }
}
