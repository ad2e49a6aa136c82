// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.socketserver;

/** The answer to a request: {@code self.request.recv(1024).strip().upper()}. */
final class Answer {
    /** The most bytes that a request has. */
    static final int REQUEST_BYTES = 1024;

    private static final String WHITESPACE = " \t\n\r\u000b\f"; // as bytes.strip() of Python has it

    private Answer() {}

    /** Returns the answer to the first bytes of an array. Only letters of ASCII change. */
    static byte[] to(byte[] request, int length) {
        int begin = 0;
        int end = length;
        while (begin < end && isWhitespace(request[begin])) {
            begin++;
        }
        while (begin < end && isWhitespace(request[end - 1])) {
            end--;
        }
        byte[] answer = new byte[end - begin];
        for (int i = begin; i < end; i++) {
            boolean lower = request[i] >= 'a' && request[i] <= 'z';
            answer[i - begin] = (byte) (lower ? request[i] - 'a' + 'A' : request[i]);
        }
        return answer;
    }

    private static boolean isWhitespace(byte b) {
        return WHITESPACE.indexOf(b) >= 0;
    }
}
