// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A peer as it is written on a command line: {@code HOST:PORT}, with an IPv6 host in brackets. */
record HostPort(String host, int port) {
    static final class Converter implements ITypeConverter<HostPort> {
        @Override
        public HostPort convert(String text) {
            try {
                URI uri = new URI("tcp://" + text);
                if (uri.getHost() != null && uri.getPort() > 0 && uri.getPort() <= 65535) {
                    return new HostPort(uri.getHost().replaceAll("[\\[\\]]", ""), uri.getPort());
                }
            } catch (URISyntaxException e) {
                // told below, in words that fit
            }
            throw new TypeConversionException("'" + text + "' is not HOST:PORT");
        }
    }

    /** Looks the host up, which blocks. */
    InetSocketAddress resolve() throws UnknownHostException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        return address;
    }
}
