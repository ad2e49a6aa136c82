// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.support;

import java.io.File;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.asyncore.examples.Launcher;

/** The ways to start a program of the examples, each with the flags of {@code docs/pollers.md}. */
public enum Launch {
    /** The one jar, whose manifest has the flag. */
    JAR("Enable-Native-Access: ALL-UNNAMED") {
        @Override
        List<String> arguments() {
            return List.of("-jar", System.getProperty("asyncore.examples.jar"));
        }
    },

    /** Everything on the class path. */
    CLASS_PATH("--enable-native-access=ALL-UNNAMED") {
        @Override
        List<String> arguments() {
            return List.of(
                    nativeAccess,
                    "-cp",
                    CLASSES + File.pathSeparator + jars(name -> isOurs(name) || isPicocli(name)),
                    MAIN);
        }
    },

    /** The library and what it depends on as modules; the examples, which are none, on the class path. */
    MODULE_PATH("--enable-native-access=io.netty.common") {
        @Override
        List<String> arguments() {
            return List.of(
                    nativeAccess,
                    "-p",
                    jars(Launch::isOurs),
                    "--add-modules",
                    "org.asyncore.tls," + NATIVE_MODULES,
                    "-cp",
                    CLASSES + File.pathSeparator + jars(Launch::isPicocli),
                    MAIN);
        }
    };

    /** Modules that no other requires: Netty finds them by the name of a file in them. */
    public static final String NATIVE_MODULES =
            "io.netty.transport.epoll.linux.x86_64,io.netty.transport.epoll.linux.aarch_64,"
                    + "io.netty.transport.kqueue.osx.x86_64,io.netty.transport.kqueue.osx.aarch_64";

    private static final Path CLASSES = Path.of("target", "classes");
    private static final String MAIN = Launcher.class.getName();

    /** The flag that lets Netty load its native part without a warning, as written in the documentation. */
    public final String nativeAccess;

    Launch(String nativeAccess) {
        this.nativeAccess = nativeAccess;
    }

    /** Returns the arguments between the options of Java and those of the program. */
    abstract List<String> arguments();

    /** Returns the whole command line. */
    public List<String> command(Path javaHome, String... program) {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(arguments());
        command.addAll(List.of(program));
        return command;
    }

    /** Returns the command line of a program that is not one of the examples, as a module or on the class path. */
    public List<String> consumer(Path javaHome, String module, String main, String classes) {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", nativeAccess));
        String path = libraryJars() + File.pathSeparator + classes;
        command.addAll(
                this == MODULE_PATH
                        ? List.of("-p", path, "--add-modules", NATIVE_MODULES, "-m", module + "/" + main)
                        : List.of("-cp", path, main));
        return command;
    }

    /** Returns the path of the library and what it needs to run, without a logger. */
    public static String libraryJars() {
        return jars(module -> isOurs(module) && !module.startsWith("ch.qos.logback"));
    }

    /** Returns the path of all modules that this test has. */
    public static String allJars() {
        return jars(module -> true);
    }

    private static boolean isOurs(String module) {
        return module.matches(
                "org\\.asyncore(\\.tls|\\.nio|\\.unix|\\.epoll|\\.kqueue)?|(io\\.netty|org\\.slf4j|ch\\.qos\\.logback)\\b.*");
    }

    private static boolean isPicocli(String module) {
        return module.equals("info.picocli");
    }

    /** Returns the path of such modules that are on this test's class path. */
    private static String jars(Predicate<String> wanted) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> ModuleFinder.of(Path.of(entry)).findAll().stream()
                        .map(ModuleReference::descriptor)
                        .anyMatch(module -> wanted.test(module.name())))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
