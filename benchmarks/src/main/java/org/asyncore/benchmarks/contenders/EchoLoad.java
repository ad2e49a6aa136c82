// SPDX-License-Identifier: Apache-2.0
package org.asyncore.benchmarks.contenders;

/** The load of an echo server. {@code 64x16384} is 64 connections with messages of 16 KiB. */
public record EchoLoad(int connections, int bytes) {
    public static EchoLoad of(String text) {
        int x = text.indexOf('x');
        return new EchoLoad(Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1)));
    }
}
