// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.asyncore.channels.StreamChannel;
import org.jspecify.annotations.Nullable;

/** A conversation that receives the data that the driver sets. */
final class PresetInputProbe extends ChatProbe {
    String data = "";

    @Nullable
    SystemError failure;

    PresetInputProbe(Scenario scenario, String who, StreamChannel channel) {
        super(scenario, who, channel);
    }

    @Override
    public int recv(ByteBuffer target) throws IOException {
        if (failure != null) {
            throw failure;
        }
        target.put(data.getBytes(ISO_8859_1));
        return data.length();
    }
}
