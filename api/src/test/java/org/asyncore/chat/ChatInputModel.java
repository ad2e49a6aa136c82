// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import java.util.List;

/**
 * A simple model of a conversation that receives its input at once. It records the collected text, {@code |} for the
 * end of an item, and {@code <over>} for an overflow.
 */
final class ChatInputModel {
    private final String input;
    private final List<Terminator> script;
    private final int limit;
    private final StringBuilder recorded = new StringBuilder();
    private int position;
    private int items;

    /**
     * Describes an input.
     *
     * @param script the first terminator, and those that {@code foundTerminator} sets by turns
     */
    ChatInputModel(String input, List<Terminator> script, int limit) {
        this.input = input;
        this.script = script;
        this.limit = limit;
    }

    String recorded() {
        boolean more = true;
        while (more && position < input.length()) {
            Terminator terminator = script.get(items % script.size());
            more = terminator.count() > 0 ? counted(terminator.count()) : ended(terminator.toString(), terminator);
        }
        return recorded.toString();
    }

    private boolean counted(long count) {
        boolean complete = input.length() - position >= count;
        int end = complete ? position + (int) count : input.length();
        collect(end);
        return item(complete, end);
    }

    private boolean ended(String end, Terminator terminator) {
        if (terminator.equals(Terminator.NONE)) {
            recorded.append(input.substring(position));
            return false;
        }
        int found = input.indexOf(end, position);
        collect(found >= 0 ? found : input.length() - heldBack(end));
        return item(found >= 0, found + end.length());
    }

    private boolean item(boolean complete, int next) {
        if (complete) {
            recorded.append('|');
            position = next;
            items++;
        }
        return complete;
    }

    private int heldBack(String end) {
        int n = Math.min(end.length() - 1, input.length() - position);
        while (!input.endsWith(end.substring(0, n))) {
            n--;
        }
        return n;
    }

    private void collect(int to) {
        boolean over = to - position > limit;
        recorded.append(input, position, over ? position + limit : to).append(over ? "<over>" : "");
    }
}
