// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.programs;

import java.io.Closeable;
import java.nio.ByteBuffer;

/** A dispatcher that plays a script. */
interface Actor extends Closeable {
    Script script();

    boolean connected();

    /** Calls the script's version of a hook. */
    void hook(String name) throws Exception;

    /** Calls the library's default of a hook. */
    void defaultHook(String name) throws Exception;

    int recv(ByteBuffer target) throws Exception;

    int send(byte[] bytes) throws Exception;

    void addChannel();

    void delChannel();

    @Override
    void close();
}
