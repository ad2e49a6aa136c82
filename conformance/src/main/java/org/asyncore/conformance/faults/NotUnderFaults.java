// SPDX-License-Identifier: Apache-2.0
package org.asyncore.conformance.faults;

import static java.util.Map.entry;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.asyncore.conformance.BackendSource;
import org.asyncore.conformance.BackendUnderTest;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.TestAbortedException;

/** Skips the tests that cannot hold over a backend with faults, and names the seed of a test that fails. */
public final class NotUnderFaults implements ExecutionCondition, TestExecutionExceptionHandler {
    private static final String ONE_SEND = "expects all bytes in one send";
    private static final String ONE_READ = "expects all bytes in one read";

    /** Tests and contracts, by their names, and the reason for each one. */
    private static final Map<String, String> REASONS = Map.ofEntries(
            entry("EchoContract", "measures the garbage of each message, and faults make garbage"),
            entry("HangUpContract", "counts the turns and system calls of a sleeping loop, which faults wake up"),
            entry("StatisticsContract", "counts each turn, read and write"),
            entry("StandardStreamContract", "runs in processes of its own, on the backend without faults"),
            entry("BlockingServiceContract#closeWithoutTimeToLingerSendsWhatTheSystemTakesAtOnce", ONE_SEND),
            entry("ChatContract#oneReadReceivesAtMostTheBufferSize", ONE_READ),
            entry("ChatOutputContract#pushesOfOneReadLeaveInOneSendWhenGathering", ONE_SEND),
            entry("PythonTestsContract#bytesAreReadOnBothSides", ONE_READ),
            entry("FileContract#readAndWriteShareOnePosition", ONE_READ),
            entry(
                    "SeedTracesContract#applicationRunsTheLoopInSteps",
                    "its driver waits for what each single turn sends"),
            entry("TurnTracesContract#loopSleepsWithoutInterest", "measures two waits, and early wake-ups end waits"),
            entry("LinuxTracesContract#resetDuringAWriteCloses", "counts what two turns write before the reset"));

    /** Pollers that share the contracts by default, because to play all of them takes a minute. */
    private static final List<String> SHARING = List.of("nio", "epoll", "kqueue");

    /** Made by JUnit. */
    public NotUnderFaults() {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Class<?> superclass = context.getRequiredTestClass().getSuperclass();
        if (superclass == LoopsUnderFaults.class || superclass == TracesUnderFaults.class) {
            return ConditionEvaluationResult.enabled("has the contracts");
        }
        String contract = superclass.getSimpleName();
        String test =
                contract + "#" + context.getTestMethod().map(Method::getName).orElse("");
        String reason = REASONS.getOrDefault(test, REASONS.get(contract));
        if (reason == null && !FaultSeeds.areWanted() && !isOfPoller(poller(context), contract)) {
            reason = "another poller plays it; each one plays all with -Dasyncore.faults.seeds=1";
        }
        return reason == null
                ? ConditionEvaluationResult.enabled("holds under faults")
                : ConditionEvaluationResult.disabled(reason);
    }

    private static boolean isOfPoller(String poller, String contract) {
        int place = SHARING.indexOf(poller);
        return place < 0 || Math.floorMod(contract.hashCode(), SHARING.size()) == place;
    }

    /** Returns the poller of the outermost test class, of which there is no instance yet. */
    private static String poller(ExtensionContext context) {
        Class<?> outermost = context.getRequiredTestClass();
        for (ExtensionContext around = context; around.getTestClass().isPresent(); ) {
            outermost = around.getRequiredTestClass();
            around = around.getParent().orElseThrow();
        }
        return ((BackendSource) ReflectionSupport.newInstance(outermost))
                .backend()
                .name();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable cause) throws Throwable {
        if (cause instanceof TestAbortedException) {
            throw cause;
        }
        long seed = context.getRequiredTestInstances()
                .findInstance(FaultSeeds.Player.class)
                .orElseThrow()
                .seed();
        String name = BackendUnderTest.of(context).name();
        throw new AssertionError(
                "seed " + seed + " on " + name + ": " + cause + "\n" + FaultSeeds.repeat(name, "*Conformance*", seed),
                cause);
    }
}
