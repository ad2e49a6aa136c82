// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.asyncore.examples.support.Tools;
import org.junit.jupiter.api.Test;

/** Tests the list of packages that CI installs. */
final class PackagesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern STARTS = Pattern.compile(
            "(?:Program\\.tool\\(\\s*|Tools\\.require\\()\"([a-z0-9-]+)\"|Path\\.of\\(\"/usr/bin/([a-z0-9-]+)\"\\)|executable=\"([a-z0-9-]+)\"");

    @Test
    void programThatATestStartsIsListed() throws IOException {
        Set<String> started = started();
        assertTrue(started.containsAll(Set.of("gcc", "nc", "strace")), () -> "found only " + started);
        started.removeAll(Tools.listed());
        assertEquals(Set.of(), started);
    }

    /** Returns the programs that tests of any module start, as far as their source names them. */
    private static Set<String> started() throws IOException {
        Set<String> started = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(PackagesTest::mayStart).toList()) {
                for (MatchResult result :
                        STARTS.matcher(Files.readString(file)).results().toList()) {
                    Stream.of(result.group(1), result.group(2), result.group(3))
                            .filter(name -> name != null)
                            .forEach(started::add);
                }
            }
        }
        return started;
    }

    private static boolean mayStart(Path file) {
        String name = ROOT.relativize(file).toString().replace('\\', '/');
        boolean source = name.endsWith(".java") && (name.contains("/src/test/") || name.startsWith("conformance/"));
        return (source || name.endsWith("pom.xml")) && !name.contains("target/");
    }

    /** A machine that has all programs then needs no package manager, and CI installs the same as .ci/run. */
    @Test
    void everyScriptReadsTheList() throws IOException {
        for (String script : List.of(".ci/run", ".github/workflows/ci.yml")) {
            String text = Files.readString(ROOT.resolve(script));
            assertTrue(text.contains(".ci/packages"), script);
            assertTrue(Tools.listed().stream().noneMatch(tool -> text.contains(" " + tool + " ")), script);
        }
    }
}
