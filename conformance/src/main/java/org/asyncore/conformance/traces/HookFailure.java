// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

/** An exception that a hook of a scenario throws. Its message is its name in the recording. */
public final class HookFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Makes an exception with this name. */
    public HookFailure(String name) {
        super(name);
    }
}
