// SPDX-License-Identifier: Apache-2.0
package org.asyncore.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChannelProducerTest {
    @TempDir
    Path folder;

    private FileChannel file(String content) throws IOException {
        return FileChannel.open(Files.writeString(folder.resolve("file"), content));
    }

    @Test
    void partOfAFileIsReadIndependentlyOfThePosition() throws IOException {
        FileChannel file = file("0123456789");
        ChannelProducer producer = ChannelProducer.of(file, 3, 4);
        file.position(9);
        assertEquals("3456", US_ASCII.decode(producer.more()).toString());
        assertEquals("", US_ASCII.decode(producer.more()).toString());
        assertEquals(9, file.position());
        producer.close();
    }

    @Test
    void partBeyondTheEndOfTheFileIsAnError() throws IOException {
        try (ChannelProducer producer = ChannelProducer.of(file("0123456789"), 8, 4)) {
            assertEquals("89", US_ASCII.decode(producer.more()).toString());
            assertThrows(EOFException.class, producer::more);
        }
    }

    @Test
    void channelIsReadFromItsPositionToItsEnd() throws IOException {
        try (ChannelProducer producer = ChannelProducer.of(file("0123456789").position(6))) {
            assertEquals("6789", US_ASCII.decode(producer.more()).toString());
            assertEquals("", US_ASCII.decode(producer.more()).toString());
        }
    }
}
