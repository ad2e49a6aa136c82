// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Java code that a page or a Javadoc shows. It is compiled in a class of its own: classes and methods become members,
 * statements become the body of a method or constructor.
 *
 * @param file the page or source that shows it
 * @param code the code without indentation
 */
record ShownCode(Path file, String code) {
    private static final Path ROOT = Path.of("..");
    private static final Pattern FENCED = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern INDENTED = Pattern.compile("(?<=\n\n)((?:(?: {4,}.*)?\n)+)");
    private static final Pattern JAVADOC = Pattern.compile("<pre>\\{@code\n(.*?)\n[ *]*}</pre>", Pattern.DOTALL);
    private static final Pattern CHUNK =
            Pattern.compile("\\S.*\n(?:[ }].*\n|\n(?= )|(?<=@Override\n|//.{0,99}\n).*\n)*");

    /** Returns all code that any page or Javadoc shows. */
    static List<ShownCode> all() throws IOException {
        List<ShownCode> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(ShownCode::mayShow).sorted().toList()) {
                all.addAll(in(file));
            }
        }
        return all;
    }

    private static boolean mayShow(Path file) {
        String name = ROOT.relativize(file).toString().replace('\\', '/');
        boolean source = name.contains("src/main/java/") && name.endsWith(".java");
        return (source || name.endsWith(".md")) && !name.contains("target/");
    }

    private static List<ShownCode> in(Path file) throws IOException {
        String text = Files.readString(file).replace("\r\n", "\n");
        if (file.toString().endsWith(".java")) {
            return matches(JAVADOC, text, file).stream()
                    .map(shown -> new ShownCode(file, shown.code.replaceAll("(?m)^ *\\* ?", "")))
                    .toList();
        }
        Stream<ShownCode> fenced = matches(FENCED, text, file).stream();
        String rest = text.replaceAll("(?s)```.*?```", "");
        return Stream.concat(fenced, matches(INDENTED, rest, file).stream().filter(ShownCode::isJava))
                .toList();
    }

    private static List<ShownCode> matches(Pattern pattern, String text, Path file) {
        return pattern.matcher(text)
                .results()
                .map(result ->
                        new ShownCode(file, result.group(1).stripTrailing().stripIndent()))
                .toList();
    }

    /** Returns true if indented lines of a page are Java and not a command. */
    private boolean isJava() {
        return code.lines().anyMatch(line -> line.replaceFirst(" *//.*", "").endsWith(";"));
    }

    /** Returns true if this is part of an example, which is compiled already. */
    boolean isPartOfAnExample() throws IOException {
        try (Stream<Path> examples = Files.walk(Path.of("src", "main", "java"))) {
            for (Path example : examples.filter(Files::isRegularFile).toList()) {
                if (unindented(Files.readString(example)).contains(unindented(code))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String unindented(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n")).strip();
    }

    /** Returns the source of a class of that name with this code. */
    String source(String packageName, String className) {
        List<String> chunks =
                CHUNK.matcher(code + "\n").results().map(MatchResult::group).toList();
        String members = chunks.stream()
                .filter(ShownCode::isMember)
                .collect(Collectors.joining("\n"))
                .replaceAll("(?m)^(final )?class ", "static $1class ");
        String statements = chunks.stream().filter(chunk -> !isMember(chunk)).collect(Collectors.joining("\n"));
        boolean constructs = statements.contains("super(");
        return String.join(
                "\n",
                "package " + packageName + ";",
                imports(),
                "abstract class " + className + " extends shown.Frame {",
                constructs ? "" : className + "(Loop loop) { super(loop); }",
                members,
                constructs ? className + "(Loop loop, TlsChannel channel) {" : "void shown() throws Exception {",
                statements,
                "}}");
    }

    private static String imports() {
        return Stream.of(
                        "java.io.*",
                        "java.net.*",
                        "java.nio.*",
                        "java.nio.channels.*",
                        "java.nio.charset.*",
                        "java.nio.file.*",
                        "java.time.*",
                        "java.util.*",
                        "java.util.concurrent.*",
                        "javafx.animation.AnimationTimer",
                        "javafx.application.Platform",
                        "javax.net.ssl.*",
                        "javax.swing.SwingUtilities",
                        "org.asyncore.*",
                        "org.asyncore.blocking.*",
                        "org.asyncore.channels.*",
                        "org.asyncore.chat.*",
                        "org.asyncore.spi.*",
                        "org.asyncore.metrics.*",
                        "org.asyncore.tls.*",
                        "org.asyncore.unix.*",
                        "org.asyncore.conformance.*",
                        "org.asyncore.conformance.faults.*",
                        "org.asyncore.conformance.loop.*",
                        "org.asyncore.conformance.states.*",
                        "org.asyncore.conformance.traces.*",
                        "org.jspecify.annotations.*",
                        "io.micrometer.core.instrument.MeterRegistry",
                        "io.netty.channel.epoll.*",
                        "static java.nio.charset.StandardCharsets.*")
                .map(name -> "import " + name + ";")
                .collect(Collectors.joining());
    }

    private static boolean isMember(String chunk) {
        String begin = chunk.replaceFirst("^(//.*\n)+", "");
        return begin.matches("(?s)(@|class |static |final class |protected |public |private |void ).*");
    }

    @Override
    public String toString() {
        return ROOT.relativize(file) + ": " + code.lines().findFirst().orElse("");
    }
}
