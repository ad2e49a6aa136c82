// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.time.Duration;
import org.asyncore.examples.shared.ServerTls;
import org.jspecify.annotations.Nullable;

/**
 * The settings that all connections of a server share.
 *
 * @param idle how long to wait for a request, or for room for more of a response
 * @param tls null to serve without TLS
 */
record HttpSite(
        WebRoot root,
        HttpDates dates,
        Duration idle,
        @Nullable ServerTls tls) {}
