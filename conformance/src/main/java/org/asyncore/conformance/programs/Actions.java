// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.programs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Returns the parts of an action: its name, its target and its arguments. */
final class Actions {
    private Actions() {}

    static String op(List<Object> action) {
        return (String) action.get(0);
    }

    /** Returns the name of an actor or peer, {@code self}, or an argument if the action has no target. */
    static @Nullable Object target(List<Object> action) {
        return action.size() > 1 ? action.get(1) : null;
    }

    static String text(List<Object> action, int i) {
        return (String) action.get(i);
    }

    static int number(List<Object> action, int i) {
        return ((Number) action.get(i)).intValue();
    }
}
