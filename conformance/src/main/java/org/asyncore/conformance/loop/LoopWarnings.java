// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.loop;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.asyncore.Loop;
import org.slf4j.LoggerFactory;

/** Records the warnings that loops log, until this is closed. */
final class LoopWarnings implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger(Loop.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    LoopWarnings() {
        appender.list = new CopyOnWriteArrayList<>(); // other threads log, too
        logger.setAdditive(false);
        logger.addAppender(appender);
        appender.start();
    }

    List<String> texts() {
        return texts(Level.WARN);
    }

    /** Returns the lines of this level and above. */
    List<String> texts(Level least) {
        return appender.list.stream()
                .filter(line -> line.getLevel().isGreaterOrEqual(least))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** Returns the stacks of the exceptions that were logged, innermost method first. */
    List<List<String>> stacks() {
        return appender.list.stream()
                .map(ILoggingEvent::getThrowableProxy)
                .filter(Objects::nonNull)
                .map(IThrowableProxy::getStackTraceElementProxyArray)
                .map(frames -> Arrays.stream(frames).map(Object::toString).toList())
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
    }
}
