// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.support;

import java.nio.file.Path;

/** A certificate for one name and its key, made by openssl and valid for a day. */
public record PemFiles(String certificate, String key) {
    public static PemFiles make(Path folder, String name) throws Exception {
        String certificate = folder.resolve(name + ".crt").toString();
        String key = folder.resolve(name + ".key").toString();
        try (Program openssl = Program.tool(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "1",
                "-subj",
                "/CN=" + name,
                "-addext",
                "subjectAltName=DNS:" + name + ",IP:127.0.0.1",
                "-keyout",
                key,
                "-out",
                certificate)) {
            openssl.outAfter(0);
        }
        return new PemFiles(certificate, key);
    }
}
