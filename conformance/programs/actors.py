# SPDX-License-Identifier: Apache-2.0
"""Dispatchers that play a program's script."""
import warnings
warnings.simplefilter("ignore")
import asynchat
import asyncore
import errno
import socket
import sys

from rows import LeftOut, Rows
from words import Boom, label, letters, text

DEPTH = 6  # hooks nested deeper are recorded and do nothing


class Part(Rows):
    """An actor's script: a base class before Rows and a class of asyncore."""

    socket = None

    def begin(self, stage, name, spec):
        self.stage, self.name, self.spec = stage, name, spec
        self.calls, self.out, self.sent = {}, b"", 0
        self.wants = [spec.get("readable", "default"), spec.get("writable", "default")]

    def ev(self, what):
        self.stage.ev(self.name, what)

    def letters(self, n):
        self.sent += n
        return letters(self.sent - n, n)

    # Hooks.

    def run(self, hook, detail="", default=()):
        """Records a hook and plays its list for this call; the last list is for all later calls."""
        self.ev(hook + detail)
        n = self.calls.get(hook, 0)
        self.calls[hook] = n + 1
        lists = self.spec["hooks"].get(hook)
        if self.stage.depth >= DEPTH or self.stage.over:
            return
        self.stage.depth += 1
        try:
            self.stage.play(self, lists[min(n, len(lists) - 1)] if lists else default)
        finally:
            self.stage.depth -= 1

    def handle_read(self):
        self.run("handle_read")

    def handle_write(self):
        self.run("handle_write")

    def handle_connect(self):
        self.heard = True
        self.run("handle_connect")

    def handle_accept(self):
        self.run("handle_accept", default=[["default", "self", "handle_accept"]])

    def handle_accepted(self, sock, addr):
        self.run("handle_accepted")
        self.stage.adopt(self.spec.get("adopts"), sock)

    def handle_close(self):
        self.stage.closing += 1
        try:
            self.run("handle_close", default=[["close", "self"]])
        finally:
            self.stage.closing -= 1

    def handle_error(self):
        self.run("handle_error", " " + label(sys.exc_info()[1]), [["hook", "self", "handle_close"]])

    def close(self):
        if "close" in self.spec["hooks"] and not self.stage.over:
            self.run("close")
        super().close()

    def answer(self, i, default):
        want = self.wants[i]
        if want == "throw":
            raise Boom("asked")
        if want == "out":
            return self.connecting or bool(self.out)
        return default() if want == "default" else want == "yes"

    def readable(self):
        return self.answer(0, super().readable)

    def writable(self):
        return self.answer(1, super().writable)

    def log_info(self, message, type="info"):
        pass

    # Actions.

    def do_readable(self, want):
        self.wants[0] = want

    def do_writable(self, want):
        self.wants[1] = want

    def do_recv(self, n):
        if self.socket is None or self.accepting:
            return
        try:
            data = self.recv(n)
        except BlockingIOError:
            self.ev("recv nothing")
        else:
            self.ev("recv %d %s" % (len(data), text(data)) if data else "recv end")

    def do_send(self, n):
        if self.can_send():
            result = self.send(self.letters(n))
            self.ev("send" if result is None else "send %d" % result)

    def can_send(self):
        return self.socket is not None and not self.accepting and self.spec["kind"] != "file"

    def do_queue(self, n):
        self.out += self.letters(n)

    def do_flush(self, n):
        if self.can_send():
            result = self.send(self.out[:n])
            self.out = self.out[n if result is None else result:]
            self.ev("send" if result is None else "send %d" % result)

    def do_sendto(self, n):
        if self.is_open() and self.socket.type == socket.SOCK_DGRAM and not self.connected:
            self.ev("sendto %d" % self.socket.sendto(self.letters(n), self.stage.address("udp_live")))

    def do_recvfrom(self, n):
        if self.is_open() and self.socket.type == socket.SOCK_DGRAM:
            try:
                data, _ = self.socket.recvfrom(n)
                self.ev("recvfrom %d %s" % (len(data), text(data)))
            except BlockingIOError:
                self.ev("recvfrom nothing")

    def do_connect(self, address):
        if self.is_open() and self.idle() and self.stage.fits(self, address):
            if self.socket.failed:
                raise LeftOut("a second attempt on one socket")
            self.connect(self.stage.address(address))

    def idle(self):
        return not (self.connected or self.connecting or self.accepting)

    def do_reopen(self, address):
        if not self.is_open() and self.spec["kind"] != "file" and self.stage.address(address):
            self.create_socket(*self.stage.family(address))
            self.connect(self.stage.address(address))

    def do_shut(self):
        if self.is_open() and self.connected and self.is_stream():
            try:
                self.socket.shutdown(socket.SHUT_WR)
            except OSError as why:
                if why.errno != errno.ENOTCONN:
                    raise

    def do_close(self):
        self.close()

    def do_leave(self):
        if self.in_map():
            self.del_channel()

    def do_join(self):
        if self.is_open() and not self.in_map():
            self._fileno = self.socket.fileno()
            self.add_channel()

    def in_map(self):
        return any(each is self for each in self._map.values())

    def do_accept(self):
        if self.accepting:
            pair = self.accept()
            self.ev("accept" if pair else "accept nothing")
            if pair:
                self.stage.adopt(self.spec.get("adopts"), pair[0])

    def do_default(self, hook):
        getattr(super(), hook)()

    def do_hook(self, hook):
        getattr(self, hook)()


class Plain(Part, asyncore.dispatcher):
    pass


class Buffered(Part, asyncore.dispatcher_with_send):
    def handle_write(self):
        self.run("handle_write", default=[["default", "self", "handle_write"]])


class File(Part, asyncore.file_dispatcher):
    def is_open(self):
        return self.socket.fileno() >= 0


class Producer:
    """Returns blocks of these sizes; "boom" raises."""

    def __init__(self, actor, sizes):
        self.actor, self.sizes = actor, list(sizes)

    def more(self):
        size = self.sizes.pop(0) if self.sizes else 0
        if size == "boom":
            raise Boom("more")
        if size == "close":
            self.actor.close()
            size = 3
        return self.actor.letters(size)


class Chat(Part, asynchat.async_chat):
    def begin(self, stage, name, spec):
        super().begin(stage, name, spec)
        self.collecting = False
        self.ac_in_buffer_size = spec.get("in", 65536)
        self.ac_out_buffer_size = spec.get("out", 65536)
        self.do_term(spec["term"])

    def handle_read(self):
        asynchat.async_chat.handle_read(self)

    def handle_write(self):
        asynchat.async_chat.handle_write(self)

    def collect_incoming_data(self, data):
        self._collect_incoming_data(data)
        self.collecting = True
        try:
            self.run("collect", " " + text(data))
        finally:
            self.collecting = False

    def found_terminator(self):
        self.run("found", " " + text(self._get_data()))

    def send(self, data):
        result = super().send(data)
        self.ev("sent %d of %d" % (result, len(data)))
        return result

    # A number or the buffers are not changed in collect: rows of the table "Conversations".
    def do_term(self, term):
        if not (self.collecting and isinstance(self.terminator, int)):
            self.set_terminator(term.encode("latin-1") if isinstance(term, str) else term)

    def do_discard(self):
        if not self.collecting:
            self.discard_buffers()

    def do_push(self, n):
        self.push(self.letters(n))

    def do_say(self, data):
        self.push(data.encode("latin-1"))

    def do_produce(self, sizes):
        self.push_with_producer(Producer(self, sizes))

    def do_done(self):
        self.close_when_done()
