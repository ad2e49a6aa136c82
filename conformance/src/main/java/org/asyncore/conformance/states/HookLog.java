// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.states;

import java.util.ArrayList;
import java.util.List;

/** The hooks of a dispatcher that were called, in order. */
final class HookLog {
    private final List<String> called = new ArrayList<>();

    void called(String hook) {
        called.add(hook);
    }

    List<String> take() {
        List<String> taken = List.copyOf(called);
        called.clear();
        return taken;
    }
}
