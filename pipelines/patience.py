"""How much time and memory one document may take in a stage: a watch that each document sets anew.

Belongs here: the watch. Does not belong here: what becomes of a document that it rings for (`engine.py`).

A stage that works document by document goes over them with `each`; nothing rings unless somebody waits with `patience`.
A watch also ends a regular expression that goes back and forth for ever. It needs signals, which Windows does not have
and which only the main thread of a process gets: elsewhere a document may take as much as it likes.
"""

import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

# Between two looks at clock and memory.
TICK_SECONDS = 0.25
# What a process loads once, with whichever document is its first: the registry, tables of words, libraries.
LOADED_ONCE = 256 * 1024 * 1024


@dataclass(frozen=True)
class Bounds:
    """What a document may take.

    Attributes:
        seconds: time.
        memory: bytes of memory on top of what the process has when the document is begun; None for any number.
    """

    seconds: float
    memory: int | None = None


class TooMuch(BaseException):
    """A document has taken more than it may; no `except Exception` on the way can swallow it.

    Attributes:
        doc_id: the document; None when none was begun.
    """

    def __init__(self, doc_id: str | None) -> None:
        self.doc_id = doc_id
        super().__init__(f"{doc_id} takes too much")


class TooSlow(TooMuch):
    """It has taken more time."""


class TooLarge(TooMuch):
    """It has taken more memory."""


_bounds: Bounds | None = None


@contextmanager
def patience(bounds: Bounds | None) -> Iterator[None]:
    """Within it, every document of `each` may take so much; None for as much as it likes.

    Raises:
        TooMuch: one has taken more.
    """
    global _bounds
    if bounds is None or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before, _bounds = signal.getsignal(signal.SIGALRM), bounds
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        _bounds = None


def each(documents: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The documents one after another, each with what it may take.

    Args:
        documents: rows with a `doc_id`.
    """
    if _bounds is None:
        yield from documents
        return
    bounds = _bounds
    most = None if bounds.memory is None else bounds.memory + LOADED_ONCE
    doc_id: str | None = None
    until = held = 0.0

    def look(_number: int, _frame: FrameType | None) -> None:
        if time.monotonic() >= until:
            raise TooSlow(doc_id)
        if most is not None and resident_bytes() - held > most:
            raise TooLarge(doc_id)

    signal.signal(signal.SIGALRM, look)
    tick = min(bounds.seconds, TICK_SECONDS)
    try:
        for document in documents:
            doc_id, until, held = document["doc_id"], time.monotonic() + bounds.seconds, resident_bytes()
            signal.setitimer(signal.ITIMER_REAL, tick, tick)
            yield document
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def resident_bytes() -> int:
    """Memory that this process holds; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
