// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import org.jspecify.annotations.Nullable;

/**
 * The target of a request, in one of the forms of RFC 9112, section 3.2: {@code /path?query}, {@code *}, or
 * {@code http://host/path?query}, which clients send to proxies but servers must accept. The fourth form,
 * {@code host:port}, is for CONNECT only.
 *
 * @param scheme in lower case; null if the target has none
 * @param path not decoded; may be {@code *}
 * @param query null if there is none
 */
record HttpTarget(
        @Nullable String scheme, String path, @Nullable String query) {
    static HttpTarget parse(String text) throws HttpRefusal {
        if (text.equals("*")) {
            return new HttpTarget(null, text, null);
        }
        if (text.startsWith("/")) {
            return of(null, text);
        }
        for (String scheme : new String[] {"http", "https"}) {
            String start = scheme + "://";
            if (text.regionMatches(true, 0, start, 0, start.length())) {
                return absolute(scheme, text.substring(start.length()));
            }
        }
        throw malformed();
    }

    private static HttpTarget absolute(String scheme, String rest) throws HttpRefusal {
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
            end++;
        }
        HttpAuthority authority = HttpAuthority.parse(rest.substring(0, end));
        if (authority == null || authority.host().isEmpty()) {
            throw malformed();
        }
        String path = rest.substring(end);
        return of(scheme, path.startsWith("/") ? path : "/" + path);
    }

    private static HttpTarget of(@Nullable String scheme, String text) throws HttpRefusal {
        int mark = text.indexOf('?');
        String path = mark < 0 ? text : text.substring(0, mark);
        String query = mark < 0 ? null : text.substring(mark + 1);
        if (!UriText.isPath(path) || (query != null && !UriText.isQuery(query))) {
            throw malformed();
        }
        return new HttpTarget(scheme, path, query);
    }

    private static HttpRefusal malformed() {
        return HttpRefusal.badRequest("not a valid target");
    }
}
