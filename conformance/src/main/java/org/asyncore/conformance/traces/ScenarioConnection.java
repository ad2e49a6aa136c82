// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import org.asyncore.channels.StreamChannel;

/** Two ends of an established TCP connection. */
record ScenarioConnection(StreamChannel ours, ScenarioPeer peer) {}
