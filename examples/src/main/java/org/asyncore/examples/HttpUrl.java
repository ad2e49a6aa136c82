// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/** An {@code http://host:port/path?query} or {@code https:…}, taken apart. */
record HttpUrl(boolean secure, String host, int port, String authority, String target) {
    static HttpUrl parse(String url) throws MalformedURLException {
        try {
            URI uri = new URI(new URI(url).toASCIIString());
            boolean secure = "https".equalsIgnoreCase(uri.getScheme());
            if ((!secure && !"http".equalsIgnoreCase(uri.getScheme()))
                    || uri.getHost() == null
                    || uri.getPort() > 65535) {
                throw new MalformedURLException("not a URL like http://host:port/path: " + url);
            }
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
            int usual = secure ? 443 : 80;
            int port = uri.getPort() < 0 ? usual : uri.getPort();
            return new HttpUrl(secure, uri.getHost(), port, uri.getHost() + (port == usual ? "" : ":" + port), target);
        } catch (URISyntaxException e) {
            MalformedURLException malformed = new MalformedURLException("malformed URL: " + e.getMessage());
            malformed.initCause(e);
            throw malformed;
        }
    }

    /** The host without the brackets of an IPv6 address. */
    String name() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Looks the host up, which blocks; unresolved if it is unknown. */
    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    byte[] request() {
        return ("GET " + target + " HTTP/1.0\r\nHost: " + authority + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
