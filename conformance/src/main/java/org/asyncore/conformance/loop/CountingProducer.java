// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncore.chat.Producer;

/** A producer that counts how often it is closed. */
final class CountingProducer implements Producer {
    int closes;

    private final Producer producer;

    CountingProducer(Producer producer) {
        this.producer = producer;
    }

    @Override
    public ByteBuffer more() throws IOException {
        return producer.more();
    }

    @Override
    public void close() throws IOException {
        closes++;
        producer.close();
    }
}
