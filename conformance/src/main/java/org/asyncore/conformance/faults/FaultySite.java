// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import java.nio.file.Path;

/**
 * The things around a {@link FaultyWorld}.
 *
 * @param file a regular file
 * @param socket a path for a Unix-domain socket
 * @param seesUrgentData true if the poller reports urgent data
 */
record FaultySite(Path file, Path socket, boolean seesUrgentData) {}
