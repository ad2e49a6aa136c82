// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.asyncore.examples.support.Program;
import org.asyncore.examples.support.TestCertificate;

/** tcp-proxy between a client and a target, both of which a Python script plays. */
final class ProxyTrial {
    /** What such a script begins with. Its arguments are the target's certificate and key, if it is to speak TLS. */
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
                    s.unwrap() # says good-bye, and then would wait to be told the same
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
                    pass # an end as well, for one who has said good-bye himself
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
                except (ConnectionResetError, ssl.SSLEOFError): # the latter for an end without good-bye, too
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

    /** How many lines the proxy had to say of this conversation. */
    int troubleAfter(String conversation) throws Exception {
        List<String> script = new ArrayList<>(List.of("python3", "-c", PEERS + conversation));
        script.addAll(identity);
        try (Program python = Program.tool(script.toArray(String[]::new));
                Program proxy = proxy(python.port())) {
            assertServes(proxy, python);
            return (int) proxy.err().lines().count() - 2;
        }
    }

    /** A proxy to this port here. */
    Program proxy(String port) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("tcp-proxy", "--to", "127.0.0.1:" + port));
        arguments.addAll(options);
        return Program.example(arguments.toArray(String[]::new));
    }

    /** The script is told the proxy's port, and ends without complaint; so does the proxy then. */
    static void assertServes(Program proxy, Program python) throws Exception {
        python.input((proxy.port() + "\n").getBytes(StandardCharsets.US_ASCII));
        assertEquals("", python.outAfter(0), () -> python.err() + proxy.err());
        assertEndsWhenTold(proxy);
    }

    static void assertEndsWhenTold(Program server) throws Exception {
        server.terminate();
        assertEquals("", server.outAfter(0));
        assertTrue(server.err().endsWith("closed\n"), server::err);
    }
}
