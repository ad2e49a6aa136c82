// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxyprotocol;

import java.time.Duration;
import org.asyncore.Loop;
import org.asyncore.channels.StreamChannel;
import org.asyncore.examples.shared.Listener;

/**
 * Reads a header of the PROXY protocol, version 2, from each connection before the service gets it, so that the remote
 * address is the one of the proxy's client. Use it only where no one but proxies can connect, because any peer could
 * send any address.
 *
 * @param patience how long a header may take to arrive
 */
public record ProxyProtocol(Listener.Service service, Duration patience) implements Listener.Service {
    @Override
    public void serve(Loop loop, StreamChannel connection) {
        new ProxyHeaderReader(loop, connection, service, patience);
    }

    @Override
    public void close() {
        service.close();
    }
}
