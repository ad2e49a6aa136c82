// SPDX-License-Identifier: Apache-2.0
/**
 * Python's asynchat: protocols of lines, counted blocks and queued output.
 *
 * <pre>{@code
 * class Shouter extends ChatDispatcher { // sends each line back in capitals
 *     Shouter(Loop loop, StreamChannel channel) {
 *         super(loop, channel);
 *         setTerminator("\r\n");
 *     }
 *
 *     @Override
 *     public void collectIncomingData(ByteBuffer data) {
 *         collect(data);
 *     }
 *
 *     @Override
 *     public void foundTerminator() throws IOException {
 *         push(new String(takeCollected(), UTF_8).toUpperCase(Locale.ROOT) + "\r\n");
 *     }
 * }
 * }</pre>
 */
package org.asyncore.chat;
