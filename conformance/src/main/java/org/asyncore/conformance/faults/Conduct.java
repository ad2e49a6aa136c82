// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import java.util.List;

/** Notes the hooks that a dispatcher gets, and complains of those that it must not get. */
final class Conduct {
    private final String name;
    private final List<String> complaints;
    private String end = ""; // empty until the dispatcher has closed itself

    Conduct(String name, List<String> complaints) {
        this.name = name;
        this.complaints = complaints;
    }

    /** Notes a hook. A dispatcher that has closed gets none. */
    void hook(String hook) {
        if (hasEnded()) {
            complain(hook + " after it has closed (" + end + ")");
        }
    }

    /** Notes the end, which comes once. Returns false if it has come before. */
    boolean end(String how) {
        boolean first = !hasEnded();
        hook("end (" + how + ")");
        if (first) {
            end = how;
        }
        return first;
    }

    boolean hasEnded() {
        return !end.isEmpty();
    }

    void complain(String what) {
        complaints.add(name + ": " + what);
    }
}
