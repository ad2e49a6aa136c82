// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.support;

import java.nio.file.Path;

/** A certificate by openssl, and its key; it is its own authority. */
public record TestCertificate(String certificate, String key) {
    /** One for this host. */
    public static TestCertificate in(Path folder) throws Exception {
        return in(folder, "DNS:localhost,IP:127.0.0.1");
    }

    /** One for whom openssl is told. */
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
