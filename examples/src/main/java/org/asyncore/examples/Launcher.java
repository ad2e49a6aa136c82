// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples;

import org.asyncore.InterestPolicy;
import org.asyncore.examples.chat.ChatServerCommand;
import org.asyncore.examples.cli.EnumConverter;
import org.asyncore.examples.cli.PollersCommand;
import org.asyncore.examples.echo.EchoServerCommand;
import org.asyncore.examples.echo.EchoStyle;
import org.asyncore.examples.echo.TlsEchoCommand;
import org.asyncore.examples.echo.UdpEchoCommand;
import org.asyncore.examples.echo.UnixEchoCommand;
import org.asyncore.examples.file.FileReaderCommand;
import org.asyncore.examples.http.HttpServerCommand;
import org.asyncore.examples.httpclient.HttpClientCommand;
import org.asyncore.examples.httpclient.LoopStepsCommand;
import org.asyncore.examples.proxy.TcpProxyCommand;
import org.asyncore.examples.quickstart.EchoCommand;
import org.asyncore.examples.reconnecting.ReconnectingClientCommand;
import org.asyncore.examples.shared.ErrorMessages;
import org.asyncore.examples.shared.ServerTls;
import org.asyncore.examples.smtp.SmtpServerCommand;
import org.asyncore.examples.socketserver.ServerMode;
import org.asyncore.examples.socketserver.SocketServerCommand;
import org.asyncore.examples.swing.SwingChatCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * Runs the example programs as subcommands. Exit codes: 0 success, 1 failure with a one-line message, 2 wrong usage.
 */
@Command(
        name = "asyncore-examples",
        description = "Python's asyncore for Java: programs to run and to copy from.",
        synopsisSubcommandLabel = "PROGRAM",
        footer = {"", "-Dasyncore.poller=NAME chooses a poller too; -Dasyncore.log=debug logs more."},
        subcommands = {
            HttpClientCommand.class,
            EchoCommand.class,
            LoopStepsCommand.class,
            FileReaderCommand.class,
            EchoServerCommand.class,
            TlsEchoCommand.class,
            UdpEchoCommand.class,
            UnixEchoCommand.class,
            ChatServerCommand.class,
            TcpProxyCommand.class,
            HttpServerCommand.class,
            SmtpServerCommand.class,
            SocketServerCommand.class,
            SwingChatCommand.class,
            ReconnectingClientCommand.class,
            PollersCommand.class
        })
public final class Launcher {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this")
    @SuppressWarnings("UnusedVariable") // picocli reads the annotation
    private boolean help;

    private Launcher() {}

    public static void main(String[] args) {
        ServerTls.acceptAnyName();
        System.exit(new CommandLine(new Launcher())
                .registerConverter(InterestPolicy.class, EnumConverter.of(InterestPolicy.class))
                .registerConverter(EchoStyle.class, EnumConverter.of(EchoStyle.class))
                .registerConverter(ServerMode.class, EnumConverter.of(ServerMode.class))
                .setExecutionExceptionHandler(Launcher::reportFailure)
                .execute(args));
    }

    private static int reportFailure(Exception cause, CommandLine program, ParseResult parsed) {
        System.err.println(program.getCommandName() + ": " + ErrorMessages.of(cause));
        return 1;
    }
}
