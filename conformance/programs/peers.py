# SPDX-License-Identifier: Apache-2.0
"""The plain sockets of a program's peers, and the barrier between its actions."""
import socket
import struct

from rows import LeftOut
from words import letters, text

LOOPBACK = ("127.0.0.1", 0)


def nonblocking(sock):
    sock.setblocking(False)
    if sock.family == socket.AF_INET and sock.type == socket.SOCK_STREAM:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


class Barrier:
    """Waits until the kernel has delivered all bytes, because those sent before are before these in the loopback queue."""

    def __init__(self):
        with socket.create_server(LOOPBACK) as server:
            self.left = socket.create_connection(server.getsockname())
            self.right, _ = server.accept()
        for sock in (self.left, self.right):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __call__(self):
        for _ in range(3):  # SYN, SYN-ACK, ACK
            self.left.send(b"x")
            self.right.recv(1)
            self.right.send(b"x")
            self.left.recv(1)


barrier = Barrier()


class Peer:
    """A plain socket of a program."""

    def __init__(self, stage, name, sock):
        self.stage, self.name, self.sock, self.sent = stage, name, nonblocking(sock), 0
        self.has_ended = False

    def ev(self, what):
        self.stage.ev(self.name, what)

    def do_send(self, n):
        self.say(letters(self.sent, n))
        self.sent += n

    def do_say(self, data):
        self.say(data.encode("latin-1"))

    def say(self, data):
        try:
            if self.sock.send(data) < len(data):
                raise LeftOut("a peer's send falls short")
        except OSError:
            self.ev("send failed")

    def do_recv(self, n):
        if self.has_ended:
            return False
        try:
            data = self.sock.recv(n)
        except BlockingIOError:
            self.ev("recv nothing")
            return False
        except OSError:
            self.gone("reset")
            return False
        if not data and self.sock.type == socket.SOCK_STREAM:
            self.gone("end")
            return False
        self.ev("recv %d %s" % (len(data), text(data)))
        return True

    def gone(self, how):
        if self.stage.closed_in_turn:
            raise LeftOut("a peer looks for the end in the turn of the close")
        self.has_ended = True
        self.ev("recv " + how)

    def do_shut(self):
        try:
            self.sock.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def do_close(self):
        self.sock.close()

    def do_reset(self):
        if self.sock.fileno() >= 0 and self.sock.family == socket.AF_INET and self.sock.type == socket.SOCK_STREAM:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()

    def do_sendto(self, who, n):
        actor = self.stage.actors.get(who)
        if actor and actor.is_open() and self.sock.type == actor.socket.type == socket.SOCK_DGRAM:
            self.sock.sendto(letters(self.sent, n), actor.socket.getsockname())
            self.sent += n
