# SPDX-License-Identifier: Apache-2.0
"""Clients that are killed under load. Arguments: a port of this host, and the number of clients.

Each client is a process. Half of them send and receive. The others send and read nothing, some of them as much as they
can. Four are at work, and a random one of them is killed (SIGKILL) whenever another one has received its first byte.
"""
import os
import random
import signal
import socket
import sys
import time

AT_A_TIME = 4
BLOCK = bytes(4096)
FEW = 40
MANY = 10_000  # more than the sockets buffer


def client(port, ready, number):
    peer = socket.create_connection(("127.0.0.1", port))
    peer.send(BLOCK)
    peer.recv(1)
    os.write(ready, b"x")
    while number % 2 == 0:  # works until it is killed
        peer.send(BLOCK)
        peer.recv(len(BLOCK))
        time.sleep(0.002)
    peer.settimeout(0)
    blocks = MANY if number % 20 == 1 else FEW
    try:
        for _ in range(blocks):  # without reading, so that many have something queued in the server
            peer.send(BLOCK)
    except BlockingIOError:
        pass
    signal.pause()


def main(port, count):
    came, ready = os.pipe()
    at_work = []
    for number in range(count):
        child = os.fork()
        if child == 0:
            try:
                client(port, ready, number)
            finally:
                os._exit(1)  # the server has failed
        if os.read(came, 1) != b"x":
            sys.exit("a client has ended")
        at_work.append(child)
        if len(at_work) == AT_A_TIME or number == count - 1:
            kill(at_work, 1 if number < count - 1 else len(at_work))


def kill(at_work, count):
    for _ in range(count):
        victim = at_work.pop(random.randrange(len(at_work)))
        os.kill(victim, signal.SIGKILL)
        _, status = os.waitpid(victim, 0)
        if not os.WIFSIGNALED(status):
            sys.exit("a client has ended before it was killed")


main(int(sys.argv[1]), int(sys.argv[2]))
