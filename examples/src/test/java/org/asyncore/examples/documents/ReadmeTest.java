// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.asyncore.examples.support.Launch;
import org.junit.jupiter.api.Test;

/** Tests code, links, flags and commands in README and its pages. */
final class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

    @Test
    void shownCodeIsThatOfTheExamples() throws IOException {
        assertQuotes("README.md", "quickstart/QuickStart");
        assertQuotes("docs/conversations.md", "chat/ConversationsGuide", "chat/ChatMember");
    }

    private static void assertQuotes(String page, String... classes) throws IOException {
        StringBuilder code = new StringBuilder();
        for (String name : classes) {
            code.append(unindented(read("examples/src/main/java/org/asyncore/examples/" + name + ".java")));
        }
        List<String> blocks =
                CODE.matcher(read(page)).results().map(r -> r.group(1)).toList();
        assertFalse(blocks.isEmpty());
        for (String block : blocks) {
            assertTrue(code.toString().contains(unindented(block)), block);
        }
    }

    @Test
    void linksLeadToFiles() throws IOException {
        for (String page : Pages.all()) {
            Matcher links = LINK.matcher(read(page));
            while (links.find()) {
                assertTrue(Files.exists(ROOT.resolve(page).resolveSibling(links.group(1))), links.group(1));
            }
        }
    }

    @Test
    void everyPageIsLinkedFromReadme() throws IOException {
        String readme = read("README.md");
        for (String page : Pages.all()) {
            assertTrue(page.equals("README.md") || readme.contains("](" + page + ")"), page);
        }
    }

    @Test
    void tableOfNamesAndTableOfPollersAreOnOnePageEach() throws IOException {
        assertEquals(List.of("docs/porting.md"), pagesWith("| asyncore | here |\n"));
        assertEquals(List.of("docs/porting.md"), pagesWith("| asynchat | here |\n"));
        assertEquals(List.of("docs/pollers.md"), pagesWith("| poller | artifact |"));
    }

    private static List<String> pagesWith(String text) throws IOException {
        List<String> pages = new ArrayList<>();
        for (String page : Pages.all()) {
            if (read(page).contains(text)) {
                pages.add(page);
            }
        }
        return pages;
    }

    @Test
    void pageHasTheFlagsThatLaunchesUse() throws IOException {
        String page = read("docs/pollers.md");
        for (Launch launch : Launch.values()) {
            assertTrue(page.contains(launch.nativeAccess), launch.nativeAccess);
        }
        for (String module : Launch.NATIVE_MODULES.split(",", -1)) {
            assertTrue(page.contains(module), module);
        }
    }

    @Test
    void readmeHasTheCommandsThatCiRuns() throws IOException {
        for (String command : List.of(
                "mvn -q package -DskipTests", "java -jar examples/target/asyncore-examples.jar echo", "verify")) {
            assertTrue(read("README.md").contains(command), command);
            assertTrue(read(".ci/run").contains(command), command);
        }
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file)).replace("\r\n", "\n");
    }

    private static String unindented(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
