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
    private final StringBuilder heard = new StringBuilder();
    private int at;
    private int items;

    /**
     * Describes an input.
     *
     * @param script the first terminator, and what each {@code foundTerminator} sets by turns
     */
    ChatInputModel(String input, List<Terminator> script, int limit) {
        this.input = input;
        this.script = script;
        this.limit = limit;
    }

    String heard() {
        boolean more = true;
        while (more && at < input.length()) {
            Terminator terminator = script.get(items % script.size());
            more = terminator.count() > 0 ? counted(terminator.count()) : ended(terminator.toString(), terminator);
        }
        return heard.toString();
    }

    private boolean counted(long count) {
        boolean complete = input.length() - at >= count;
        int end = complete ? at + (int) count : input.length();
        collect(end);
        return item(complete, end);
    }

    private boolean ended(String end, Terminator terminator) {
        if (terminator.equals(Terminator.NONE)) {
            heard.append(input.substring(at));
            return false;
        }
        int found = input.indexOf(end, at);
        collect(found >= 0 ? found : input.length() - heldBack(end));
        return item(found >= 0, found + end.length());
    }

    private boolean item(boolean complete, int next) {
        if (complete) {
            heard.append('|');
            at = next;
            items++;
        }
        return complete;
    }

    private int heldBack(String end) {
        int n = Math.min(end.length() - 1, input.length() - at);
        while (!input.endsWith(end.substring(0, n))) {
            n--;
        }
        return n;
    }

    private void collect(int to) {
        boolean over = to - at > limit;
        heard.append(input, at, over ? at + limit : to).append(over ? "<over>" : "");
    }
}
