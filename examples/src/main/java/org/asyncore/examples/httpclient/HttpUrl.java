// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.httpclient;

import java.net.IDN;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.asyncore.examples.http.HttpAuthority;
import org.asyncore.examples.shared.Ascii;
import org.jspecify.annotations.Nullable;

/** The parts of a URL like {@code http://host:port/path?query} or {@code https:…}. */
record HttpUrl(boolean secure, String host, int port, String authority, String target) {
    static HttpUrl parse(String url) throws MalformedURLException {
        try {
            URI uri = new URI(url);
            boolean secure = "https".equalsIgnoreCase(uri.getScheme());
            HttpAuthority authority = authority(uri);
            if (authority == null || (!secure && !"http".equalsIgnoreCase(uri.getScheme()))) {
                throw new MalformedURLException("not a URL like http://host:port/path: " + url);
            }
            URI ascii = new URI(uri.toASCIIString());
            String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
            String target = ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
            int defaultPort = secure ? 443 : 80;
            int port = authority.port() < 0 ? defaultPort : authority.port();
            String host = authority.host();
            return new HttpUrl(secure, host, port, host + (port == defaultPort ? "" : ":" + port), target);
        } catch (URISyntaxException e) {
            MalformedURLException malformed = new MalformedURLException("malformed URL: " + e.getMessage());
            malformed.initCause(e);
            throw malformed;
        }
    }

    /**
     * Returns the host and the port, or null if they are not valid. {@link URI#getHost} would not accept names with an
     * underscore or beyond ASCII. User information is not accepted, because it would have to be sent as a password.
     */
    private static @Nullable HttpAuthority authority(URI uri) {
        String text = uri.getRawAuthority();
        if (text == null) {
            return null;
        }
        try {
            HttpAuthority authority = HttpAuthority.parse(Ascii.isAscii(text) ? text : IDN.toASCII(text));
            return authority == null || authority.host().isEmpty() ? null : authority;
        } catch (IllegalArgumentException e) {
            return null; // not a possible name in DNS
        }
    }

    /** Returns the host, without the brackets of an IPv6 address. */
    String name() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    byte[] request() {
        return ("GET " + target + " HTTP/1.0\r\nHost: " + authority + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
