# SPDX-License-Identifier: Apache-2.0
"""Formats exceptions and data for events."""
import warnings
warnings.simplefilter("ignore")
import asyncore
import errno
import json
import zlib

from rows import LeftOut


class Boom(Exception):
    """An exception that a program raises; its text is the label in the events."""


def label(why):
    if isinstance(why, Boom):
        return str(why)
    if isinstance(why, OSError) and why.errno in errno.errorcode:
        return errno.errorcode[why.errno]
    if isinstance(why, (asyncore.ExitNow, ValueError)):
        return type(why).__name__
    raise LeftOut("not an exception of a program: %r" % why)


def text(data):
    """Returns short data as text, and long data as a checksum."""
    return json.dumps(data.decode("latin-1")) if len(data) <= 12 else "%08x" % zlib.crc32(data)


def letters(start, n):
    return bytes(97 + (start + i) % 26 for i in range(n))
