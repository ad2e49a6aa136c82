// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.traces;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Records the lines that a class logs, until this is closed. */
final class LogCapture implements AutoCloseable {
    private final Logger logger;
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    LogCapture(Class<?> type) {
        logger = (Logger) LoggerFactory.getLogger(type);
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(appender);
        appender.start();
    }

    List<ILoggingEvent> lines() {
        return appender.list;
    }

    /** Records each line as an event with its level and its text, without the dispatcher's name at the end. */
    void record(Scenario scenario, String who) {
        for (ILoggingEvent line : lines()) {
            String message = line.getFormattedMessage();
            scenario.trace().event(who, "log", "level", line.getLevel().toString(), "message", head(message));
        }
    }

    private static String head(String message) {
        String closing = "closing channel";
        int cut = message.indexOf(closing);
        return cut >= 0 ? message.substring(0, cut + closing.length()) : message.replaceFirst(":.*", "");
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
        logger.setLevel(null);
    }
}
