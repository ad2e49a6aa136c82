// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.swing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncore.examples.support.ExamplePollers;
import org.asyncore.examples.support.Program;
import org.asyncore.examples.support.Tools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests {@code swing-chat} on a display in memory, with a keyboard that {@code xdotool} plays. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "xdotool needs X11")
final class SwingChatIT {
    @ParameterizedTest
    @CsvSource({"timer, nio", "thread, epoll", "ready, nio", "ready, epoll"})
    void windowSendsWhatIsTypedAndShowsWhatOthersSay(String way, String poller) throws Exception {
        ExamplePollers.assumeAvailable(poller);
        try (Program screen = Program.tool("Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24");
                Program server = Program.command(command("chat-server"))) {
            Map<String, String> display = Map.of("DISPLAY", ":" + screen.line());
            String address = server.address();
            try (Socket amy = amy(address)) {
                BufferedReader lines = new BufferedReader(new InputStreamReader(amy.getInputStream(), UTF_8));
                assertEquals("* What is your name?", lines.readLine());
                assertEquals("* Here are: amy", lines.readLine());
                try (Program window = Program.command(
                        command("swing-chat", "--host", way, "--poller", poller, "--name", "bob", address), display)) {
                    assertEquals("* bob has come", lines.readLine());
                    type(display, "bob", "hello", "Return");
                    assertEquals("bob: hello", lines.readLine());
                    amy.getOutputStream().write("good day\n".getBytes(UTF_8));
                    type(display, "bob - amy: good day", "bye", "Return", "Escape");
                    assertEquals("bob: bye", lines.readLine());
                    assertEquals("* bob has left", lines.readLine());
                    assertEquals("", window.outAfter(0));
                }
            }
        }
    }

    @Test
    void missingDisplayIsOneLine() throws Exception {
        try (Program window =
                Program.command(command("swing-chat", "--name", "bob", "127.0.0.1:1"), Map.of("DISPLAY", ""))) {
            assertEquals("", window.outAfter(1));
            assertTrue(window.err().startsWith("swing-chat: there is no display"), window::err);
        }
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(Program.java());
        command.addAll(List.of(arguments));
        return command;
    }

    private static Socket amy(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        Socket socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        socket.setSoTimeout(120_000);
        socket.getOutputStream().write("amy\n".getBytes(UTF_8));
        return socket;
    }

    /** Waits for the window with this title, clicks into its field, the last line of the window, and types. */
    private static void type(Map<String, String> display, String title, String text, String... keys) throws Exception {
        String geometry = xdotool(
                display, "search", "--sync", "--onlyvisible", "--name", "^" + title, "getwindowgeometry", "--shell");
        Matcher height = Pattern.compile("HEIGHT=(\\d+)").matcher(geometry);
        assertTrue(height.find(), geometry);
        String bottom = String.valueOf(Integer.parseInt(height.group(1)) - 8);
        xdotool(
                display,
                "search",
                "--onlyvisible",
                "--name",
                "^" + title,
                "mousemove",
                "--window",
                "%1",
                "50",
                bottom,
                "click",
                "1");
        xdotool(display, "type", text);
        for (String key : keys) {
            xdotool(display, "key", key);
        }
    }

    private static String xdotool(Map<String, String> display, String... arguments) throws Exception {
        Tools.require("xdotool");
        List<String> command = new ArrayList<>(List.of("xdotool"));
        command.addAll(List.of(arguments));
        try (Program keyboard = Program.command(command, display)) {
            return keyboard.outAfter(0);
        }
    }
}
