// SPDX-License-Identifier: Apache-2.0
package org.asyncore.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Compares host names that clients ask for with those in certificates. */
final class HostNames {
    private static final int DNS = 2; // RFC 5280, GeneralName

    private HostNames() {}

    /** Returns the name in lower case, without a dot at its end. */
    static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** Returns true if a certificate is for this plain name. This only chooses it; the client decides about trust. */
    static boolean isFor(X509Certificate certificate, String name) {
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives == null) {
                return false;
            }
            return alternatives.stream()
                    .anyMatch(alternative ->
                            alternative.get(0).equals(DNS) && matches(plain(String.valueOf(alternative.get(1))), name));
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static boolean matches(String pattern, String name) {
        int dot = name.indexOf('.');
        return pattern.equals(name)
                || (pattern.startsWith("*.") && dot > 0 && pattern.substring(1).equals(name.substring(dot)));
    }
}
