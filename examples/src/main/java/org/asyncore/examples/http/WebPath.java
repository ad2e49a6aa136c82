// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The path of a target, split and then decoded. In this order an encoded slash does not separate names.
 *
 * @param raw not decoded
 * @param query empty, or a question mark and the query; a redirect keeps it
 * @param names the decoded names that lead to the file
 */
record WebPath(String raw, String query, List<String> names) {
    /** Returns true if the path ends with a slash. */
    boolean isFolder() {
        return raw.endsWith("/");
    }

    /** Returns the path with a slash at its end. It begins with one slash, because two would name a host. */
    String location() {
        return "/" + raw.replaceFirst("^/+", "") + "/" + query;
    }

    /** Returns the path of a file in this folder. */
    WebPath file(String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return new WebPath(raw + name, query, longer);
    }

    static WebPath of(HttpTarget target) throws HttpRefusal {
        String raw = target.path();
        if (!raw.startsWith("/")) {
            throw HttpRefusal.badRequest("the target has no path");
        }
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
        return new WebPath(raw, target.query() == null ? "" : "?" + target.query(), names);
    }

    private static void check(String name) throws HttpRefusal {
        if (name.equals("..")) {
            throw new HttpRefusal(HttpStatus.FORBIDDEN, "the path leaves the folder");
        }
        if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '/' || c == '\\')) {
            throw HttpRefusal.badRequest("not a valid file name");
        }
    }

    private static String decoded(String name) throws HttpRefusal {
        if (name.indexOf('%') < 0) {
            return name;
        }
        ByteBuffer bytes = ByteBuffer.allocate(name.length());
        for (int i = 0; i < name.length(); i++) {
            boolean encoded = name.charAt(i) == '%';
            bytes.put((byte) (encoded ? UriText.hex(name, i) : name.charAt(i)));
            i += encoded ? 2 : 0;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw HttpRefusal.badRequest("the target is not UTF-8");
        }
    }
}
