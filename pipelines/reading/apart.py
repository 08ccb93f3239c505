"""Reading in a process apart, so that a file that hangs, crashes or eats memory takes nothing else with it.

Belongs here: starting that process, asking it, giving it up. Does not belong here: what it does (`child.py`).
"""

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from threading import Timer
from types import TracebackType
from typing import Self

from pipelines.reading.encodings import Decoded, Fault
from pipelines.reading.limits import Limits

# What the process says when it has started.
READY = b"ready\n"


class Apart:
    """One process for the binary files of a run; it starts with the first of them, and anew after each that ended it.

    Use it as a context manager: the process ends with it.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._memory = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, function: str, data: bytes, limits: Limits) -> Decoded | Fault:
        """Read the bytes of a file with a reader's function, in the time that the limits allow.

        Raises:
            RuntimeError: the process does not start, which is no fault of the file.
        """
        process = self._running(limits)
        late = False

        def give_up() -> None:
            nonlocal late
            late = True
            process.kill()

        timer = Timer(limits.max_read_seconds, give_up)
        timer.start()
        try:
            line = _ask(process, function, data, limits)
        finally:
            timer.cancel()
        if found := understood(line):
            return found
        self._end()
        if late:
            return limits.over("max_read_seconds", "a content that takes more seconds to read")
        reason = "The program that reads this format broke down over it."
        return Fault("reader_failure", f"{reason} Open it in the program it comes from and save it again.")

    def _running(self, limits: Limits) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None or self._memory != limits.max_read_memory:
            self._end()
            self._memory = limits.max_read_memory
            command = [sys.executable, "-P", "-m", "pipelines.reading.child", str(self._memory)]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            assert self._process.stdout
            if self._process.stdout.readline() != READY:
                raise RuntimeError(f"the process for binary formats does not start; to see why: {' '.join(command)}")
        return self._process

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        with suppress(OSError):
            self._process.communicate()
        self._process = None


def understood(line: bytes) -> Decoded | Fault | None:
    """A whole answer as what it is; None for anything else that a process may send that a file took over."""
    try:
        match json.loads(line):
            case {"rule": str(rule), "reason": str(reason)}:
                return Fault(rule, reason)
            case {"text": str(text), "encoding": str() | None as encoding}:
                return Decoded(text, encoding)
    except ValueError:
        pass
    return None


def _ask(process: subprocess.Popen[bytes], function: str, data: bytes, limits: Limits) -> bytes:
    """The answer, or what there is of one when the process ended."""
    assert process.stdin
    assert process.stdout
    request = {"function": function, "limits": asdict(limits), "bytes": len(data)}
    with suppress(OSError):
        process.stdin.write(json.dumps(request).encode() + b"\n" + data)
        process.stdin.flush()
        # A character of a text is twelve bytes of JSON at most.
        return process.stdout.readline(12 * limits.max_text_characters + 10_000)
    return b""
