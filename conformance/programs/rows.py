# SPDX-License-Identifier: Apache-2.0
"""Rows of docs/differences.md, applied to CPython's asyncore.

A program that meets a row which can be told in a few lines is recorded with that row applied, and names it in its field
"rows". A program that meets any other row, or a situation that a poller cannot show at that moment, is left out: LeftOut
ends its recording. Everything else is CPython's own code.
"""
import errno
import fcntl
import socket

LOST = {errno.ECONNRESET, errno.EPIPE, errno.ECONNREFUSED}


class LeftOut(SystemExit):  # because asyncore does not catch SystemExit
    """Raised if a row concerns the program, so that it cannot be compared."""


class Skip(Exception):
    """Raised to skip the rest of an event."""


class WatchedSocket(socket.socket):
    """Reports errors to its dispatcher before asyncore calls handle_close for them."""

    owner = None
    failed = False  # a connection attempt

    def send(self, data):
        try:
            return super().send(data)
        except OSError as why:
            if not data and why.errno != errno.EBADF:
                raise LeftOut("a send of no bytes that finds the connection lost")
            self.owner.met(why)
            raise

    def recv(self, size):
        try:
            data = super().recv(size)
        except OSError as why:
            self.owner.met(why)
            raise
        if data and self.failed:
            raise LeftOut("bytes of a connection that was reset before it was reported")
        return data


def renumbered(sock, owner):
    """Gives the socket a number that no socket had before, so that it gets no stale event of another socket."""
    fd = fcntl.fcntl(sock.fileno(), fcntl.F_DUPFD_CLOEXEC, owner.stage.next_fd)
    owner.stage.next_fd = fd + 1
    sock.close()
    again = WatchedSocket(fileno=fd)
    again.owner = owner
    again.setblocking(False)
    if again.family == socket.AF_INET and again.type == socket.SOCK_STREAM:
        again.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return again


class Rows:
    """A base class before a class of asyncore. It has a stage before the constructor of that class runs."""

    heard = False  # handle_connect of the present attempt was called

    def applies(self, row):
        self.stage.rows.add(row)

    def is_open(self):
        return self.socket is not None and self.socket.fileno() >= 0

    def is_stream(self):
        return getattr(self.socket, "type", None) == socket.SOCK_STREAM

    def set_socket(self, sock, map=None):
        if self.stage.closing_all:
            raise LeftOut("one that joins while close_all closes another")
        super().set_socket(sock if isinstance(sock, WatchedSocket) else renumbered(sock, self), map)

    def met(self, why):
        if why.errno == errno.EAGAIN:
            return
        if why.errno == errno.EINVAL:
            raise LeftOut("recv of an unconnected Unix-domain socket")
        if self.connecting and not self.connected and self.is_stream():
            raise LeftOut("send or recv met the error of the connection attempt")
        self.lost(why)

    def lost(self, why):
        """The JDK closes a channel of a selector in the next poll, so until then its peer may meet no error."""
        if why.errno in LOST and self.stage.closed_in_turn:
            raise LeftOut("lost in the turn in which another dispatcher was closed")

    # the peer's address of an accepted socket is asked for at once | when it is needed
    def adopted(self):
        if not self.connected:
            self.applies("address of an accepted socket")
            self.connected = True

    # a connect that fails at once leaves the dispatcher connecting | it is unconnected
    def connect(self, address):
        self.heard = False
        try:
            super().connect(address)
        except Skip:
            pass
        except OSError:
            if not self.heard and self.connecting:
                self.applies("connect that fails at once")
                self.connecting = False
            raise

    # a refused connection that handle_error leaves open is reported as connected | the socket is unconnected then
    # closed inside handle_connect: handle_write follows, and it counts as connected | it stays closed, and none follows
    def handle_connect_event(self):
        self.heard = False
        sock = self.socket
        try:
            super().handle_connect_event()
        except OSError as why:
            if not self.heard:
                self.lost(why)
                self.connecting, sock.failed = False, True
            raise
        if self.socket is not sock:
            raise LeftOut("another socket inside handle_connect")
        if not self.is_open():
            self.applies("closed inside handle_connect")
            self.connected = False
            raise Skip

    def handle_connect(self):
        self.heard = True
        super().handle_connect()

    def handle_read_event(self):
        try:
            super().handle_read_event()
        except Skip:
            pass

    def handle_write_event(self):
        try:
            super().handle_write_event()
        except Skip:
            pass

    def handle_expt_event(self):
        raise LeftOut("urgent data, or a socket error among the exceptional conditions")

    # close() keeps what is queued, and what is pushed later, for another socket | both are dropped
    def create_socket(self, *args):
        if getattr(self, "producer_fifo", None):
            self.applies("close drops what is queued")
            self.producer_fifo.clear()
        super().create_socket(*args)

    def close(self):
        if self.stage.in_turn and self.is_open() and self.is_stream():
            self.stage.closed_in_turn = True
        super().close()
