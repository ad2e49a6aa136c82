// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

/** What a hook of a scenario throws; its message is the name that the recording has for it. */
public final class HookFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** An exception of this name. */
    public HookFailure(String name) {
        super(name);
    }
}
