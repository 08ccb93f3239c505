"""How long one document may take in a stage: an alarm that each document sets anew.

Belongs here: the alarm. Does not belong here: what becomes of a document that it rings for (`engine.py`).

A stage that works document by document goes over them with `each`; nothing rings unless somebody waits with `patience`.
An alarm also ends a regular expression that goes back and forth for ever. It needs signals, which Windows does not have
and which only the main thread of a process gets: elsewhere a document may take as long as it likes.
"""

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_seconds: float | None = None


class TooSlow(BaseException):
    """A document has taken longer than it may; no `except Exception` on the way can swallow it.

    Attributes:
        doc_id: the document; None when none was begun.
    """

    def __init__(self, doc_id: str | None) -> None:
        self.doc_id = doc_id
        super().__init__(f"{doc_id} takes too long")


@contextmanager
def patience(seconds: float | None) -> Iterator[None]:
    """Within it, every document of `each` may take so many seconds; None for as long as it likes.

    Raises:
        TooSlow: one has taken longer.
    """
    global _seconds
    if seconds is None or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before, _seconds = signal.getsignal(signal.SIGALRM), seconds
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        _seconds = None


def each(documents: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The documents one after another, each with the time that it may take.

    Args:
        documents: rows with a `doc_id`.
    """
    if _seconds is None:
        yield from documents
        return
    doc_id: str | None = None

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TooSlow(doc_id)

    signal.signal(signal.SIGALRM, ring)
    try:
        for document in documents:
            doc_id = document["doc_id"]
            signal.setitimer(signal.ITIMER_REAL, _seconds)
            yield document
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
