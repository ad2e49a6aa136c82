# SPDX-License-Identifier: Apache-2.0
"""Makes a program from a seed. README.md describes programs."""
import random

LABELS = ("bang", "crash", "oops")
SIZES = (1, 2, 3, 5, 7, 8, 13, 64, 512, 4096)
TERMINATORS = ("\r\n", "\n", "END", "aab", "\r\n.\r\n", 1, 2, 5, 17, 0, None, "")
ADDRESSES = (("live", 8), ("dead", 3), ("unix_live", 2), ("unix_dead", 1), ("udp_live", 1), ("udp_dead", 1))
PEER_OPS = (("send", 8), ("recv", 3), ("shut", 2), ("close", 3), ("reset", 3))
EXTRAS = (
    ("close_self", 3), ("close_other", 3), ("throw", 3), ("fail", 1), ("exit", 1.5), ("close_all", 0.7), ("make", 2),
    ("readable", 2), ("writable", 3), ("recv", 1), ("send", 2), ("send_other", 1), ("queue", 2), ("shut", 1.5),
    ("leave", 0.8), ("join", 0.8), ("connect", 0.7), ("reopen", 1), ("peer", 3), ("hook", 0.6), ("accept", 0.4),
    ("dial", 0.5))
CHAT_EXTRAS = (
    ("push", 5), ("say", 2), ("produce", 3), ("done", 2), ("term", 4), ("discard", 1), ("close_self", 1.5),
    ("close_other", 1), ("throw", 1.5), ("exit", 0.7), ("peer", 2), ("readable", 0.5), ("writable", 0.5),
    ("make", 0.7), ("reopen", 0.5), ("leave", 0.3), ("join", 0.4), ("shut", 0.5), ("close_all", 0.2))
THEMES = (("connect", 6), ("accepted", 4), ("listen", 4), ("datagram", 2), ("chat", 6), ("any", 4))
HOWS = {
    "connect": (("connect", 8), ("listen", 2), ("pair", 2)),
    "accepted": (("pair", 8), ("file", 1), ("open", 1)),
    "listen": (("listen", 4), ("connect_actor", 5), ("pair", 1)),
    "datagram": (("datagram", 5), ("udp", 4), ("pair", 1), ("connect", 1)),
    "chat": (("pair", 6), ("connect", 3), ("listen", 2), ("connect_actor", 2)),
    "any": (("pair", 3), ("connect", 3), ("listen", 2), ("connect_actor", 2), ("datagram", 1), ("udp", 1), ("open", 1),
            ("bare", 1), ("file", 1)),
}


class Generator:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.theme = self.pick(THEMES)
        self.letters = "abcd"[: self.rng.randint(2, 4)]
        self.hows = {part: self.pick(HOWS[self.theme]) for part in self.letters}
        if "listen" not in self.hows.values():
            self.hows = {part: how.replace("connect_actor", "connect") for part, how in self.hows.items()}
        self.streams = {}  # the bytes that each peer of a conversation has not sent yet

    # Choices.

    def pick(self, weighted):
        return self.rng.choices([what for what, _ in weighted], [weight for _, weight in weighted])[0]

    def one(self, *choices):
        return self.rng.choice(choices)

    def chance(self, probability):
        return self.rng.random() < probability

    def other(self):
        return self.rng.choice(self.letters) + self.one("", "", "", "", "2")

    def size(self):
        return self.rng.choice(SIZES)

    def peer(self):
        return self.one("p", "p", "q", "d") + self.rng.choice(self.letters)

    def listener(self):
        return self.rng.choice([part for part, how in self.hows.items() if how == "listen"])

    def address(self):
        if "listen" in self.hows.values() and self.chance(0.3):
            return self.listener()
        return self.pick(ADDRESSES)

    def family(self):
        return self.one("tcp", "tcp", "tcp", "unix")

    # Parts.

    def part(self, letter):
        how = self.hows[letter]
        kind = self.kind(how)
        spec = {"kind": kind, "hooks": {}}
        if how == "listen":
            spec["adopts"] = self.one(None, *self.letters, *self.letters)
        if kind == "chat":
            self.chat(spec)
        else:
            spec["readable"] = self.pick((("default", 8), ("yes", 1), ("no", 1)))
            spec["writable"] = self.pick((("out", 6), ("no", 2), ("yes", 1), ("default", 2 if kind == "buffered" else 0.5)))
            if kind == "file":
                spec["writable"] = "no"
            self.hook(spec, "handle_read", 0.9, lambda: [["recv", "self", self.size()]])
            self.hook(spec, "handle_write", 0.3 if kind == "buffered" else 0.85, self.writes)
        self.hook(spec, "handle_connect", 0.5, lambda: [["queue", "self", self.size()]])
        if how == "listen":
            self.hook(spec, "handle_accept", 0.15, lambda: [self.one(["accept", "self"], ["default", "self", "handle_accept"])])
            self.hook(spec, "handle_accepted", 0.2, list)
        self.endings(spec)
        return spec

    def kind(self, how):
        if how in ("datagram", "udp", "listen"):
            return "plain"
        if how == "file":
            return "file"
        if self.theme == "chat":
            return self.one("chat", "chat", "chat", "chat", "plain", "buffered")
        return self.pick((("plain", 8), ("buffered", 2), ("chat", 1)))

    def chat(self, spec):
        spec["term"] = self.rng.choice(TERMINATORS)
        if self.chance(0.3):
            spec["in"] = self.one(1, 3, 4, 7, 16, 100)
        if self.chance(0.3):
            spec["out"] = self.one(1, 3, 8, 64)
        self.hook(spec, "found", 0.75, list, CHAT_EXTRAS, 0.7)
        self.hook(spec, "collect", 0.2, list, CHAT_EXTRAS, 0.5)
        for predicate in ("readable", "writable"):
            if self.chance(0.1):
                spec[predicate] = self.one("yes", "no")

    def writes(self):
        return [self.one(["flush", "self", self.size()], ["flush", "self", 4096], ["send", "self", self.size()])]

    def hook(self, spec, name, probability, usual, extras=EXTRAS, extra=0.35):
        """Returns one to three lists of actions, for the same number of calls."""
        if self.chance(probability):
            lists = []
            for _ in range(self.one(1, 1, 2, 3)):
                actions = usual()
                while self.chance(extra):
                    actions.insert(self.rng.randint(0, len(actions)), self.extra(extras))
                lists.append(actions)
            spec["hooks"][name] = lists

    def endings(self, spec):
        hooks = spec["hooks"]
        if self.chance(0.4):
            hooks["handle_error"] = [self.ending("handle_error", ["hook", "self", "handle_close"])
                                     for _ in range(self.one(1, 1, 2))]
        if self.chance(0.4):
            hooks["handle_close"] = [self.ending("handle_close", ["close", "self"]) for _ in range(self.one(1, 1, 2))]
        if self.chance(0.03):
            hooks["close"] = [[["throw", "closing"]], []]
        elif self.chance(0.04):
            hooks["close"] = [[self.one(["close", self.other()], self.make(self.rng.choice(self.letters)), ["exit"], ["writable", self.other(), "yes"])], []]

    def ending(self, hook, usual):
        shape = self.pick((("open", 3), ("default", 2), ("before", 3), ("after", 2), ("throw", 1), ("exit", 0.7)))
        if shape == "open":
            return []
        if shape == "default":
            return [["default", "self", hook]]
        if shape == "throw":
            return [["throw", "again"]]
        if shape == "exit":
            return [["exit"]]
        return [self.extra(EXTRAS), usual] if shape == "before" else [usual, self.extra(EXTRAS)]

    # Actions.

    def extra(self, extras):
        op = self.pick(extras)
        who = "self" if self.chance(0.7) else self.other()
        if op == "close_self":
            return ["close", "self"]
        if op == "close_other":
            return ["close", self.other()]
        if op == "throw":
            return ["throw", self.rng.choice(LABELS)]
        if op == "fail":
            return ["fail", self.one("EIO", "ECONNRESET", "EPIPE", "EBADF")]
        if op == "exit":
            return ["exit"]
        if op == "close_all":
            return ["close_all", self.chance(0.5)]
        if op == "make":
            return self.make(self.rng.choice(self.letters))
        if op in ("readable", "writable"):
            wants = ("yes", "no", "out", "default", "throw") if op == "writable" else ("yes", "no", "yes", "no", "throw")
            return [op, who, self.one(*wants)]
        if op == "send_other":
            return ["send", self.other(), self.size()]
        if op in ("recv", "send", "queue", "push"):
            return [op, who, self.size()]
        if op in ("shut", "leave", "join", "done", "discard", "accept"):
            return [op, who]
        if op in ("connect", "reopen"):
            return [op, who, self.address()]
        if op == "hook":
            return ["hook", who, self.one("handle_close", "handle_read", "handle_write", "handle_connect")]
        if op == "say":
            return ["say", who, self.one("220 ready\r\n", "ok\n", "", "END", "x" * 70)]
        if op == "produce":
            return ["produce", who, [self.one("boom", "close") if self.chance(0.07) else self.one(1, 3, 8, 100)
                                     for _ in range(self.rng.randint(0, 3))]]
        if op == "dial":
            return self.newcomer()
        if op == "term":
            return ["term", who, self.rng.choice(TERMINATORS)]
        return self.peer_step(self.peer())

    def make(self, letter):
        how = self.hows[letter]
        if how == "pair":
            return ["make", letter, "pair", self.family()]
        if how == "connect":
            return ["make", letter, "connect", self.address()]
        if how == "connect_actor":
            return ["make", letter, "connect", self.listener()]
        if how == "udp":
            return ["make", letter, "connect", self.one("udp_live", "udp_live", "udp_dead")]
        if how == "file":
            return ["make", letter, "file", self.one(0, 1, 100, 701, 5000)]
        return ["make", letter, how, self.family()]

    def peer_step(self, name):
        if self.theme == "datagram" and self.chance(0.6):
            return self.one(["sendto", "u", self.other(), self.size()], ["recv", "u", 5000])
        op = self.pick(PEER_OPS)
        if op == "send" and name in self.streams:
            return ["say", name, self.chunk(name)]
        return [op, name, self.size()] if op in ("send", "recv") else [op, name]

    def chunk(self, name):
        """Returns the next piece of the bytes of a peer, cut at a random place."""
        if not self.streams[name]:
            self.streams[name] = self.stream()
        cut = self.rng.randint(1, min(len(self.streams[name]), self.one(2, 5, 20, 200)))
        piece, self.streams[name] = self.streams[name][:cut], self.streams[name][cut:]
        return piece

    def stream(self):
        terminators = [each for each in TERMINATORS if isinstance(each, str) and each]
        mine = self.one(terminators[0], self.rng.choice(terminators))
        words = ("hello", "", "a", "aa", "EN", "\r", "\r\n.", "x" * 40, "quit", "aabaab")
        return "".join(self.rng.choice(words) + self.one(mine, mine, self.rng.choice(terminators), "")
                       for _ in range(self.rng.randint(2, 9))) or "."

    # Turns.

    def program(self):
        parts = {letter: self.part(letter) for letter in self.letters}
        for letter, spec in parts.items():
            if spec["kind"] == "chat":
                for prefix in "pqd":
                    self.streams[prefix + letter] = self.stream()
        turns = [[]]
        for letter in sorted(self.letters, key=lambda each: self.hows[each] != "listen"):
            turns[0] += self.opening(letter)
        turns += [self.turn() for _ in range(self.rng.randint(3, 7))]
        return {"parts": parts, "turns": turns}

    def opening(self, letter):
        steps = [self.make(letter)]
        how = self.hows[letter]
        if how == "listen":
            steps += [["dial", "d" + self.rng.choice(self.letters), letter] for _ in range(self.one(0, 1, 1, 2))]
        if how == "connect" and steps[0][3] in ("live", "unix_live") and self.chance(0.85):
            steps.append(["take", "q" + letter, steps[0][3]])
            while self.chance(0.4):
                steps.append(self.peer_step("q" + letter))
        if how == "pair":
            while self.chance(0.5):
                steps.append(self.peer_step("p" + letter))
        while self.chance(0.2):
            steps.append(self.driver_step(letter))
        return steps

    def turn(self):
        steps = [["turns", self.one(0, 2, 2, 3)]] if self.chance(0.12) else []
        while self.chance(0.55):
            steps.append(self.peer_step(self.peer()) if self.chance(0.65) else self.driver_step(self.other()))
        return steps

    def newcomer(self):
        """Adds a peer that connects or accepts."""
        if "listen" in self.hows.values() and self.chance(0.6):
            return ["dial", "d" + self.rng.choice(self.letters), self.listener()]
        return ["take", "q" + self.rng.choice(self.letters), self.one("live", "unix_live")]

    def driver_step(self, who):
        kind = self.rng.random()
        if kind < 0.2:
            return self.newcomer()
        if kind < 0.4:
            return [self.one("readable", "writable"), who, self.one("yes", "no", "throw", "default")]
        if self.theme == "datagram" and kind < 0.7:
            return self.one(["sendto", who, self.size()], ["recvfrom", who, self.size()], ["send", who, self.size()])
        action = self.extra(CHAT_EXTRAS if self.theme == "chat" else EXTRAS)
        return [who if each == "self" else each for each in action]


def generate(seed):
    return Generator(seed).program()
