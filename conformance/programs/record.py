#!/usr/bin/env python3.11
# SPDX-License-Identifier: Apache-2.0
"""Records a corpus: random programs, and their events in CPython's asyncore.

    python3.11 record.py COUNT [SEED] > corpus.jsonl

Each program is played three times; one that does not come out alike, or departs by a row of docs/differences.md, is left
out, and counted on standard error by its reason.
"""
import collections
import json
import sys

from generate import generate
from play import play
from rows import LeftOut

PLAYS = 3
LONGEST = 150  # events


def record(seed):
    """Returns the fields of one line. Raises LeftOut if the program is left out."""
    program = generate(seed)
    events, rows = play(json.loads(json.dumps(program)))
    if len(events) > LONGEST:
        raise LeftOut("long")
    for _ in range(PLAYS - 1):
        if play(json.loads(json.dumps(program))) != (events, rows):
            raise LeftOut("does not come out alike")
    entry = {"seed": seed, **program, "events": events}
    return {**entry, "rows": rows} if rows else entry


def main(count, first=1):
    left_out, seed, written = collections.Counter(), first, 0
    while written < count:
        try:
            print(json.dumps(record(seed), separators=(",", ":")), flush=True)
            written += 1
        except LeftOut as why:
            left_out[str(why)] += 1
        seed += 1
    print("seeds %d to %d" % (first, seed - 1), file=sys.stderr)
    for why, n in left_out.most_common():
        print("%6d left out: %s" % (n, why), file=sys.stderr)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
