// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.util.Set;
import org.asyncore.Loop;
import org.asyncore.channels.StreamLayer;
import org.asyncore.chat.ChatDispatcher;

/** The stack of a loop's thread while a hook keeps it. It is never thrown, only logged. */
final class HookStack extends Exception {
    private static final long serialVersionUID = 1;

    private static final Set<String> LIBRARY = Set.of(
            Loop.class.getPackageName(),
            EventLoop.class.getPackageName(),
            ChatDispatcher.class.getPackageName(),
            StreamLayer.class.getPackageName());

    HookStack(Thread thread, StackTraceElement[] stack) {
        super("the stack of thread '" + thread.getName() + "' at that moment", null, false, true);
        setStackTrace(stack);
    }

    /**
     * Returns the method that the loop has called: the outermost one above the innermost turn that
     * is neither this library's nor the JDK's. If there is none, returns the innermost one.
     *
     * @param stack the innermost method first; not empty
     */
    static StackTraceElement methodIn(StackTraceElement[] stack) {
        for (int i = indexOfTurn(stack) - 1; i >= 0; i--) {
            if (isOfProgram(stack[i].getClassName())) {
                return stack[i];
            }
        }
        return stack[0];
    }

    private static int indexOfTurn(StackTraceElement[] stack) {
        for (int i = 0; i < stack.length; i++) {
            if (stack[i].getClassName().equals(EventLoop.class.getName())
                    && stack[i].getMethodName().equals("turn")) {
                return i;
            }
        }
        return stack.length;
    }

    private static boolean isOfProgram(String type) {
        return !type.startsWith("java.")
                && !type.startsWith("jdk.")
                && !LIBRARY.contains(type.substring(0, Math.max(0, type.lastIndexOf('.'))));
    }
}
