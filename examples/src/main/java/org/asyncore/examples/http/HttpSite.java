// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.http;

import java.time.Duration;
import org.asyncore.examples.shared.ServerTls;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of one server share.
 *
 * @param idle how long a request, or room for more of a response, is waited for
 * @param tls null to serve without
 */
record HttpSite(
        WebRoot root,
        HttpDates dates,
        Duration idle,
        @Nullable ServerTls tls) {}
