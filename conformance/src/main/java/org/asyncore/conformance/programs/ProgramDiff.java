// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.programs;

import java.util.List;

/** Formats a program and its events, with those of CPython on the left and those of this library on the right. */
final class ProgramDiff {
    private static final int WIDTH = 50;

    private ProgramDiff() {}

    static String of(Program program, List<String> events) {
        StringBuilder text = new StringBuilder("\n\nSeed ").append(program.seed());
        text.append(": replay it alone by -Dasyncore.program=").append(program.seed());
        text.append("\nparts: ").append(Program.GSON.toJson(program.parts()));
        for (List<List<Object>> steps : program.turns()) {
            text.append("\nturn: ").append(Program.GSON.toJson(steps));
        }
        text.append(String.format("%n  %-" + WIDTH + "s %s", "CPython", "here"));
        int lines = Math.max(program.events().size(), events.size());
        for (int i = 0; i < lines; i++) {
            String theirs = at(program.events(), i);
            String ours = at(events, i);
            text.append(String.format("%n%s %-" + WIDTH + "s %s", theirs.equals(ours) ? " " : "*", theirs, ours));
        }
        return text.toString();
    }

    private static String at(List<String> events, int i) {
        return i < events.size() ? events.get(i) : "";
    }
}
