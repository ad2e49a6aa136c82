# SPDX-License-Identifier: Apache-2.0
"""Plays a program over CPython's asyncore and asynchat. README.md describes programs."""
import warnings
warnings.simplefilter("ignore")
import asyncore
import errno
import fcntl
import os
import shutil
import socket
import tempfile

from actors import Buffered, Chat, File, Plain
from peers import LOOPBACK, Peer, barrier, nonblocking
from rows import LeftOut, renumbered
from words import Boom, label, letters

COPIES, CROWD = 3, 8  # of one part, and of all


class Stage:
    """One run of a program: its dispatchers, its peers, and its events."""

    def __init__(self, program):
        self.program, self.parts = program, program["parts"]
        self.map, self.events, self.rows = {}, [], set()
        self.actors, self.peers, self.made = {}, {}, {}
        self.addresses, self.fixtures = {}, []
        self.depth = self.closing = self.closing_all = 0
        self.next_fd = 100
        self.in_turn = self.closed_in_turn = self.over = False
        self.turns = 1
        self.directory = tempfile.mkdtemp(prefix="prg")

    def ev(self, who, what):
        if not self.over:
            self.events.append(who + "." + what)

    # Actions.

    def play(self, me, actions):
        for action in actions:
            barrier()
            self.do(me, *action)

    def do(self, me, op, target=None, *args):
        alone = getattr(self, "do_" + op, None)
        if alone:
            alone(target, *args)
            return
        who = me if target == "self" else self.actors.get(target) or self.peers.get(target)
        method = getattr(who, "do_" + op, None)
        if method:
            method(*args)

    def do_throw(self, name):
        raise Boom(name)

    def do_fail(self, name):
        if self.closing:
            raise LeftOut("an OSError out of handle_close")
        raise OSError(getattr(errno, name), name)

    def do_exit(self, _):
        raise asyncore.ExitNow()

    def do_close_all(self, ignore_all):
        self.closing_all += 1
        try:
            asyncore.close_all(self.map, ignore_all)
        finally:
            self.closing_all -= 1

    def do_make(self, part, how, arg):
        name = self.next_name(part)
        if name:
            getattr(self, "make_" + how)(self.parts[part], name, arg)

    def do_dial(self, name, listener):
        actor = self.actors.get(listener)
        if name not in self.peers and actor and actor.is_open() and actor.accepting:
            sock = socket.socket(actor.socket.family)
            sock.connect(actor.socket.getsockname())
            self.add_peer(name, sock)

    def do_take(self, name, server):
        self.address(server)
        if name not in self.peers:
            try:
                sock, _ = self.addresses[server][1].accept()
                self.add_peer(name, sock)
            except BlockingIOError:
                self.ev(name, "nothing to take")

    # Dispatchers.

    def next_name(self, part):
        n = self.made.get(part, 0) + 1
        if n > COPIES or len(self.actors) >= CROWD:
            return None
        self.made[part] = n
        return part if n == 1 else part + str(n)

    def actor(self, spec, name, sock=None):
        """Makes an actor. It is in the map only if it has a socket."""
        kind = {"plain": Plain, "buffered": Buffered, "chat": Chat, "file": File}[spec["kind"]]
        actor = kind.__new__(kind)
        actor.begin(self, name, spec)
        self.actors[name] = actor
        if kind is not File:
            kind.__init__(actor, sock and nonblocking(renumbered(sock, actor)), self.map)
        if sock:
            actor.adopted()
        return actor

    def adopt(self, part, sock):
        name = part and self.parts[part]["kind"] != "file" and self.next_name(part)
        if name:
            self.actor(self.parts[part], name, sock)
        else:
            sock.close()

    def add_peer(self, name, sock):
        self.peers[name] = Peer(self, name, sock)

    def make_pair(self, spec, name, family):
        if family == "unix":
            ours, theirs = socket.socketpair()
        else:
            with socket.create_server(LOOPBACK) as server:
                theirs = socket.create_connection(server.getsockname())
                ours, _ = server.accept()
        self.add_peer("p" + name, theirs)
        self.actor(spec, name, ours)

    def make_connect(self, spec, name, address):
        if self.address(address):
            actor = self.actor(spec, name)
            actor.create_socket(*self.family(address))
            actor.connect(self.address(address))

    def make_listen(self, spec, name, family):
        actor = self.actor(spec, name)
        actor.create_socket(socket.AF_UNIX if family == "unix" else socket.AF_INET, socket.SOCK_STREAM)
        actor.bind(self.path(name) if family == "unix" else LOOPBACK)
        actor.listen(5)
        self.addresses[name] = (actor.socket.getsockname(), None)

    def make_datagram(self, spec, name, _):
        actor = self.actor(spec, name)
        actor.create_socket(socket.AF_INET, socket.SOCK_DGRAM)
        actor.bind(LOOPBACK)

    def make_open(self, spec, name, family):
        actor = self.actor(spec, name)
        actor.create_socket(socket.AF_UNIX if family == "unix" else socket.AF_INET, socket.SOCK_STREAM)

    def make_bare(self, spec, name, _):
        self.actor(spec, name)

    def make_file(self, spec, name, n):
        path = self.path(name)
        with open(path, "wb") as file:
            file.write(letters(0, n))
        fd = os.open(path, os.O_RDONLY)
        high = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, self.next_fd)  # the dispatcher's duplicate is above it
        os.close(fd)
        self.next_fd = high + 2
        File.__init__(self.actor(spec, name), high, self.map)
        os.close(high)

    # Addresses.

    def path(self, name):
        return os.path.join(self.directory, name)

    def address(self, name):
        """Returns an address by its name, or None. Addresses are made when they are named first."""
        if name not in self.addresses:
            make = getattr(self, "fixture_" + name, None)
            if not make:
                return None
            self.addresses[name] = make()
        address, sock = self.addresses[name]
        if sock is None and self.closed_in_turn and not self.actors[name].is_open():
            raise LeftOut("a connection to a listener that was closed in this turn")
        return address

    def family(self, name):
        if name.startswith("udp"):
            return socket.AF_INET, socket.SOCK_DGRAM
        return socket.AF_UNIX if isinstance(self.address(name), str) else socket.AF_INET, socket.SOCK_STREAM

    def fits(self, actor, name):
        return self.address(name) and self.family(name) == (actor.socket.family, actor.socket.type)

    def fixture(self, sock, address, listens=False):
        sock.bind(address)
        sock.setblocking(False)
        if listens:
            sock.listen(8)
        self.fixtures.append(sock)
        return sock.getsockname(), sock

    def fixture_live(self):
        return self.fixture(socket.socket(), LOOPBACK, listens=True)

    def fixture_dead(self):
        return self.fixture(socket.socket(), LOOPBACK)

    def fixture_unix_live(self):
        return self.fixture(socket.socket(socket.AF_UNIX), self.path("live"), listens=True)

    def fixture_unix_dead(self):
        return self.fixture(socket.socket(socket.AF_UNIX), self.path("dead"))

    def fixture_udp_live(self):
        self.add_peer("u", socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self.peers["u"].sock.bind(LOOPBACK)
        return self.peers["u"].sock.getsockname(), self.peers["u"].sock

    def fixture_udp_dead(self):
        """Binds a socket that is connected to itself: the system refuses the datagrams of others."""
        address, sock = self.fixture(socket.socket(socket.AF_INET, socket.SOCK_DGRAM), LOOPBACK)
        sock.connect(address)
        return address, sock

    # The driver.

    def run(self):
        try:
            before = ""
            for steps in self.program["turns"]:
                for step in steps:
                    self.step(step)
                barrier()
                self.turn()
                after = " ".join(each.name + self.flags(each) for each in self.map.values())
                if after != before:
                    self.ev("map", after)
                    before = after
            self.drain()
            return self.events
        finally:
            self.end()

    def step(self, step):
        try:
            self.play(None, [step])
        except (Boom, OSError, ValueError, asyncore.ExitNow) as why:
            self.ev("driver", "raised " + label(why))

    def do_turns(self, n):
        """Sets the number of turns of the next run."""
        self.turns = n

    def turn(self):
        self.ev("loop", "run")
        self.in_turn, self.closed_in_turn = True, False
        count, self.turns = self.turns, 1
        try:
            asyncore.loop(timeout=0, map=self.map, count=count)
        except (Boom, OSError, ValueError, asyncore.ExitNow) as why:
            self.ev("loop", "raised " + label(why))
        self.in_turn = self.closed_in_turn = False

    @staticmethod
    def flags(actor):
        return ":accepting" * actor.accepting + ":connected" * actor.connected + ":connecting" * actor.connecting

    def drain(self):
        """Receives all bytes that the peers have not received yet."""
        barrier()
        for peer in list(self.peers.values()):
            while peer.sock.fileno() >= 0 and peer.do_recv(65536):
                pass

    def end(self):
        self.over = True
        for actor in self.actors.values():
            if actor.socket is not None:
                actor.socket.close()
        for sock in self.fixtures + [peer.sock for peer in self.peers.values()]:
            sock.close()
        shutil.rmtree(self.directory)


def play(program):
    """Returns the events of a program, and the rows that were applied. Raises LeftOut if it cannot be compared."""
    stage = Stage(program)
    return stage.run(), sorted(stage.rows)
