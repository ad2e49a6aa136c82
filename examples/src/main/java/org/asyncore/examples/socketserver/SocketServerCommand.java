// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.socketserver;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.asyncore.examples.Launcher;
import org.asyncore.examples.cli.LimitOptions;
import org.asyncore.examples.cli.ListenOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The server of Python's {@code socketserver} page, which answers in upper case, in every mode. */
@Command(
        name = "socket-server",
        description = {
            "Answers each client once, in upper case, until SIGTERM or SIGINT.",
            "Keeps " + SocketServerCommand.CONNECTION_BYTES / 1024 + LimitOptions.KIB_PER_CONNECTION
                    + " Modes threads and virtual also have a thread for it."
        })
public final class SocketServerCommand implements Callable<Integer> {
    static final int CONNECTION_BYTES = 40 * 1024; // two buffers of 16 KiB, a request, its answer, and objects

    private static final Set<String> OF_THE_PARENT = Set.of("--mode", "--processes", "--port", "--reuse-port");

    @Mixin
    private final ListenOptions options = new ListenOptions();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "reactor (default), threads, virtual (threads, from Java 21 on) or processes")
    private ServerMode mode = ServerMode.REACTOR;

    @Option(
            names = "--processes",
            paramLabel = "N",
            description = "how many processes share the port in mode processes (default: as many as cores)")
    private int processes = Runtime.getRuntime().availableProcessors();

    @Option(names = "--child", hidden = true, description = "end when the standard input ends")
    private boolean child;

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() throws IOException {
        if (child) {
            ParentProcess.exitWithIt();
        }
        return switch (mode) {
            case REACTOR -> options.run(CONNECTION_BYTES, UpperDispatcher::new);
            case THREADS -> options.run(CONNECTION_BYTES, UpperThreads.ofSystem());
            case VIRTUAL -> options.run(CONNECTION_BYTES, UpperThreads.virtual());
            case PROCESSES -> runProcesses();
        };
    }

    private int runProcesses() throws IOException {
        if (processes < 1) {
            throw new ParameterException(command().commandLine(), "--processes must be positive");
        }
        InetSocketAddress local = new InetSocketAddress((String) value("--host"), (int) value("--port"));
        new ServerProcesses(Duration.ofSeconds((int) value("--grace"))).run(local, processes, this::childCommand);
        return 0;
    }

    private CommandSpec command() {
        return requireNonNull(command);
    }

    private Object value(String option) {
        return requireNonNull(command().findOption(option).getValue(), option);
    }

    /** Returns the command line of a process that serves on that port, with this process's own options. */
    private List<String> childCommand(int port) {
        List<String> child = new ArrayList<>();
        child.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        child.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        String classPath = System.getProperty("java.class.path", "");
        boolean oneJar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
        child.addAll(oneJar ? List.of("-jar", classPath) : List.of("-cp", classPath, Launcher.class.getName()));
        child.addAll(List.of(command().name(), "--child", "--reuse-port", "--port=" + port));
        for (OptionSpec option : command().commandLine().getParseResult().matchedOptions()) {
            if (!OF_THE_PARENT.contains(option.longestName())) {
                child.add(option.longestName() + "="
                        + option.originalStringValues().get(0));
            }
        }
        return child;
    }
}
