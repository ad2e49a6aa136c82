// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.cli;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The address of a peer on a command line: {@code HOST:PORT}, with an IPv6 host in brackets. */
public record HostPort(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^\\s:/@\\[\\]]+)):([0-9]{1,5})");

    public static final class Converter implements ITypeConverter<HostPort> {
        @Override
        public HostPort convert(String text) {
            Matcher parts = FORM.matcher(text);
            int port = parts.matches() ? Integer.parseInt(parts.group(3)) : 0;
            if (port < 1 || port > 65535) {
                throw new TypeConversionException("'" + text + "' is not HOST:PORT");
            }
            return new HostPort(parts.group(1) == null ? parts.group(2) : parts.group(1), port);
        }
    }

    /** Looks up the host, which blocks. */
    public InetSocketAddress resolve() throws UnknownHostException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        return address;
    }
}
