// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The path of a target, taken apart and decoded; in that order, so that an encoded slash makes no names.
 *
 * @param raw as it came, without the query
 * @param names that lead to the file
 */
record WebPath(String raw, List<String> names) {
    /** Whether it ends with a slash. */
    boolean isFolder() {
        return raw.endsWith("/");
    }

    /** The same with a slash; never one that begins with two, which would name a host. */
    String location() {
        return "/" + raw.replaceFirst("^/+", "") + "/";
    }

    /** A file in this folder. */
    WebPath file(String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return new WebPath(raw + name, longer);
    }

    static WebPath parse(String target) throws HttpRefusal {
        String raw = pathOf(target);
        List<String> names = new ArrayList<>(4);
        for (int from = 1; from <= raw.length(); ) {
            int slash = raw.indexOf('/', from);
            int to = slash < 0 ? raw.length() : slash;
            String name = decoded(raw.substring(from, to));
            check(name);
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
            from = to + 1;
        }
        return new WebPath(raw, names);
    }

    /** Of {@code /path?query}, and of {@code http://host/path?query}, which proxies are sent and servers must accept. */
    private static String pathOf(String target) throws HttpRefusal {
        String path = target;
        if (target.regionMatches(true, 0, "http", 0, 4)) {
            int slash = target.indexOf('/', target.indexOf("://") + 3);
            path = slash < 0 ? "/" : target.substring(slash);
        }
        if (!path.startsWith("/") || path.indexOf('#') >= 0) {
            throw HttpRefusal.badRequest("not a target");
        }
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private static void check(String name) throws HttpRefusal {
        if (name.equals("..")) {
            throw new HttpRefusal(HttpStatus.FORBIDDEN, "a way out");
        }
        if (name.chars().anyMatch(c -> c < ' ' || c == '/' || c == '\\')) {
            throw HttpRefusal.badRequest("not a name of a file");
        }
    }

    private static String decoded(String name) throws HttpRefusal {
        if (name.indexOf('%') < 0) {
            return name;
        }
        ByteBuffer bytes = ByteBuffer.allocate(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            bytes.put((byte) (c == '%' ? hex(name, i) : c));
            i += c == '%' ? 2 : 0;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw HttpRefusal.badRequest("not UTF-8 in the target");
        }
    }

    private static int hex(String name, int percent) throws HttpRefusal {
        int high = percent + 2 < name.length() ? Character.digit(name.charAt(percent + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(name.charAt(percent + 2), 16);
        if (low < 0) {
            throw HttpRefusal.badRequest("a percent sign without its digits");
        }
        return high * 16 + low;
    }
}
