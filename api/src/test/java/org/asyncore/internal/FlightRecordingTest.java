// SPDX-License-Identifier: Apache-2.0
package org.asyncore.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.asyncore.Loop;
import org.asyncore.scripted.LoggedWarnings;
import org.asyncore.scripted.ScriptedBackend;
import org.asyncore.scripted.SlowTaskProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the events of the flight recorder. */
@Timeout(120)
final class FlightRecordingTest {
    private final List<RecordedEvent> events = new CopyOnWriteArrayList<>();

    private List<RecordedEvent> named(String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("org.asyncore." + name))
                .toList();
    }

    private boolean isComplete() {
        return named("SlowHook").size() == 2
                && named("LoopStatistics").stream()
                        .anyMatch(event ->
                                event.getString("loop").equals("recorded (scripted)") && event.getLong("turns") == 2);
    }

    @Test
    void recordingHasSlowHooksAndStatistics() throws InterruptedException {
        try (RecordingStream recording = new RecordingStream();
                LoggedWarnings warnings = new LoggedWarnings();
                Loop loop = Loop.builder()
                        .backend(new ScriptedBackend())
                        .name("recorded")
                        .slowHookThreshold(Duration.ofMillis(10))
                        .open()) {
            recording.enable("org.asyncore.LoopStatistics").withPeriod(Duration.ofMillis(50));
            recording.enable("org.asyncore.SlowHook");
            recording.setReuse(false);
            recording.onEvent(events::add);
            recording.startAsync();
            SlowTaskProgram.runSlowTask(loop, 1);
            SlowTaskProgram.runSlowTask(loop, 2);
            while (!isComplete()) {
                Thread.sleep(10);
            }
            RecordedEvent slow = named("SlowHook").get(0);
            assertEquals("recorded (scripted)", slow.getString("loop"));
            assertTrue(slow.getString("hook").startsWith(SlowTaskProgram.class.getName()), slow::toString);
            assertTrue(slow.getString("stack").contains("runSlowTask"), slow::toString);
            assertTrue(slow.getDuration("time").compareTo(Duration.ofMillis(10)) > 0, slow::toString);
            assertEquals(1, warnings.texts().size(), warnings.texts()::toString);
        }
    }

    @Test
    void runtimeWithoutTheFlightRecorderRunsLoopsAndNamesSlowHooks() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        "java.base,java.logging,java.naming,java.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlowTaskProgram.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.contains("no flight recorder, 1 slow hook"), output);
        assertTrue(output.contains(SlowTaskProgram.class.getName()), output);
    }
}
