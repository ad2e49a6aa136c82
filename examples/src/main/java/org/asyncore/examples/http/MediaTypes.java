// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.util.Locale;

/** Media types by the suffix of a file. */
final class MediaTypes {
    private MediaTypes() {}

    static String of(String fileName) {
        return switch (fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "html", "htm" -> "text/html; charset=utf-8";
            case "txt", "md", "log" -> "text/plain; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "csv" -> "text/csv; charset=utf-8";
            case "js", "mjs" -> "text/javascript; charset=utf-8";
            case "json" -> "application/json";
            case "xml" -> "application/xml";
            case "pdf" -> "application/pdf";
            case "wasm" -> "application/wasm";
            case "gz" -> "application/gzip";
            case "zip" -> "application/zip";
            case "svg" -> "image/svg+xml";
            case "png" -> "image/png";
            case "jpg", "jpeg" -> "image/jpeg";
            case "gif" -> "image/gif";
            case "webp" -> "image/webp";
            case "ico" -> "image/x-icon";
            case "mp4" -> "video/mp4";
            case "mp3" -> "audio/mpeg";
            case "woff2" -> "font/woff2";
            default -> "application/octet-stream";
        };
    }
}
