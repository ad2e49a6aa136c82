// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

/** What an echo server has to serve; {@code 64x16384} is 64 connections with messages of 16 KiB. */
public record Load(int connections, int bytes) {
    public static Load of(String text) {
        int x = text.indexOf('x');
        return new Load(Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1)));
    }
}
