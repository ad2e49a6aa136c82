// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Switches off the log of default hooks and of the loop during a test. */
public final class SilencedLog implements BeforeEachCallback, AfterEachCallback {
    private final Logger logger = (Logger) LoggerFactory.getLogger("org.asyncore");
    private @Nullable Level before;

    /** Makes the extension. */
    public SilencedLog() {}

    @Override
    public void beforeEach(ExtensionContext context) {
        before = logger.getLevel();
        logger.setLevel(Level.OFF);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        logger.setLevel(before);
    }
}
