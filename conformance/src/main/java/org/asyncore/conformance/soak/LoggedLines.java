// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.soak;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Keeps the lines that are logged during a test at a level or above, and prints none. */
final class LoggedLines extends AppenderBase<ILoggingEvent> implements BeforeEachCallback, AfterEachCallback {
    private static final int MOST = 100;

    private final Logger logger = (Logger) LoggerFactory.getLogger("org.asyncore");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Level level;
    private @Nullable Level before;

    LoggedLines(Level level) {
        this.level = level;
    }

    /** Returns the first 100 lines. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        before = logger.getLevel();
        logger.setLevel(level);
        logger.setAdditive(false);
        logger.addAppender(this);
        start();
    }

    @Override
    protected void append(ILoggingEvent line) {
        if (lines.size() < MOST) {
            lines.add(line.toString());
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        logger.detachAppender(this);
        logger.setAdditive(true);
        logger.setLevel(before);
    }
}
