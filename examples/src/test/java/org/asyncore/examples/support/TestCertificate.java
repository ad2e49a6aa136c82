// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.support;

import java.nio.file.Path;

/** A self-signed certificate and its key, made by openssl. */
public record TestCertificate(String certificate, String key) {
    /** Makes a certificate for this host. */
    public static TestCertificate in(Path folder) throws Exception {
        return in(folder, "DNS:localhost,IP:127.0.0.1");
    }

    /** Makes a certificate for these names, written as openssl's {@code subjectAltName}. */
    public static TestCertificate in(Path folder, String names) throws Exception {
        String certificate = folder.resolve("cert.pem").toString();
        String key = folder.resolve("key.pem").toString();
        String command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test"
                + " -addext subjectAltName=" + names + " -keyout " + key + " -out " + certificate;
        try (Program openssl = Program.tool(command.split(" "))) {
            openssl.outAfter(0);
        }
        return new TestCertificate(certificate, key);
    }
}
