// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.asyncore.HostResolver;
import org.asyncore.InterestPolicy;

/** The settings of a loop, which {@link org.asyncore.LoopBuilder} collects and explains. */
public record LoopSettings(
        String name,
        InterestPolicy policy,
        Duration busyPoll,
        Duration slowHook,
        HostResolver resolver,
        LongSupplier clock) {}
