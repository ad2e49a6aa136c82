// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.examples.support.Program;
import org.asyncore.examples.support.TestCertificate;

/** Runs {@code tcp-proxy} between a client and a target, both in one Python script. */
final class ProxyTrial {
    /** The beginning of such a script. Its arguments are the target's certificate and key, if the target speaks TLS. */
    static final String PEERS = """
            import select, socket, ssl, struct, sys, threading
            listener = socket.create_server(("127.0.0.1", 0))
            print("listening on 127.0.0.1:%d" % listener.getsockname()[1], flush=True)
            proxy = ("127.0.0.1", int(sys.stdin.readline()))
            tls = None
            if len(sys.argv) > 1:
                tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                tls.load_cert_chain(sys.argv[1], sys.argv[2])
            def pair():
                client = socket.create_connection(proxy)
                target = listener.accept()[0]
                client.settimeout(100)
                target.settimeout(100)
                if tls:
                    target = tls.wrap_socket(target, server_side=True, suppress_ragged_eofs=False)
                return client, target
            def end(s):
                if not isinstance(s, ssl.SSLSocket):
                    s.shutdown(socket.SHUT_WR)
                    return
                s.setblocking(False)
                try:
                    s.unwrap() # sends close_notify, and then would wait for that of the peer
                except ssl.SSLWantReadError:
                    pass
                except ssl.SSLWantWriteError:
                    select.select([], [s], [], 100)
                    end(s)
                s.settimeout(100)
            def rest(s):
                data = bytearray()
                try:
                    while piece := s.recv(65536):
                        data += piece
                except ssl.SSLZeroReturnError:
                    pass # also an end, after our own close_notify
                return data
            def part(first, second):
                end(first)
                n = len(rest(second))
                end(second)
                assert rest(first) == b""
                return n
            def is_reset(s):
                try:
                    while s.recv(65536):
                        pass
                    return False
                except (ConnectionResetError, ssl.SSLEOFError): # the latter also for an end without close_notify
                    return True
            """;

    private final List<String> options;
    private final List<String> identity;

    ProxyTrial(String... options) {
        this(List.of(), List.of(options));
    }

    private ProxyTrial(List<String> identity, List<String> options) {
        this.identity = identity;
        this.options = options;
    }

    static ProxyTrial overTls(TestCertificate identity, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--tls-to", "--cacert", identity.certificate()));
        return new ProxyTrial(List.of(identity.certificate(), identity.key()), all);
    }

    /** Runs a conversation, and returns how many lines the proxy has logged about it. */
    int linesLoggedAfter(String conversation) throws Exception {
        List<String> script = new ArrayList<>(List.of("python3", "-c", PEERS + conversation));
        script.addAll(identity);
        try (Program python = Program.tool(script.toArray(String[]::new));
                Program proxy = proxy(python.port())) {
            assertServes(proxy, python);
            return (int) proxy.err().lines().count() - 2;
        }
    }

    /** Starts a proxy to this port of this host. */
    Program proxy(String port) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("tcp-proxy", "--to", "127.0.0.1:" + port));
        arguments.addAll(options);
        return Program.example(arguments.toArray(String[]::new));
    }

    /** Gives the script the proxy's port, and checks that the script and then the proxy end without an error. */
    static void assertServes(Program proxy, Program python) throws Exception {
        python.input((proxy.port() + "\n").getBytes(StandardCharsets.US_ASCII));
        assertEquals("", python.outAfter(0), () -> python.err() + proxy.err());
        assertEndsOnSigterm(proxy);
    }

    static void assertEndsOnSigterm(Program server) throws Exception {
        server.terminate();
        assertEquals("", server.outAfter(0));
        assertTrue(server.err().endsWith("closed\n"), server::err);
    }
}
