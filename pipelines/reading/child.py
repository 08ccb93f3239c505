"""The process in which files of binary formats are read: one request after another, from standard input.

Belongs here: the loop, and what this process may not do. Does not belong here: how it is started and given up
(`apart.py`), or any format. Run as `python -m pipelines.reading.child`.

A request is a line of JSON (the reader's function, the limits, the number of bytes) and the bytes; the answer is a line
of JSON. Nothing in an answer is run or unpickled: a file that took this process over could still only send a text.
"""

import json
import os
import sys
from collections.abc import Mapping
from typing import Any, BinaryIO

from pipelines.reading.apart import READY
from pipelines.reading.encodings import Fault
from pipelines.reading.formats import load_function
from pipelines.reading.limits import Limits, RefusedError

# What no reader needs: the network, other programs.
_FORBIDDEN = ("socket.connect", "socket.getaddrinfo", "socket.bind", "subprocess.", "os.system", "os.exec", "os.fork")


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Say that this process is there, then answer until there are no more requests."""
    answers.write(READY)
    answers.flush()
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["bytes"])
        answers.write(json.dumps(answer(request["function"], data, Limits(**request["limits"]))).encode() + b"\n")
        answers.flush()


def answer(function: str, data: bytes, limits: Limits) -> Mapping[str, Any]:
    """The text of a file, or why it is refused; never an exception, whatever the bytes are."""
    try:
        found = load_function(function)(data, limits)
    except RefusedError as error:
        found = error.fault
    except MemoryError:
        found = limits.over("max_read_memory", "a content that takes more memory to read")
    except Exception as error:  # the libraries raise what they like on broken files
        what = f"{type(error).__name__}: {error}"[:200]
        advice = "Open it in the program it comes from and save it again."
        found = Fault(
            "damaged_file", f"The file is damaged, or holds what its format does not allow ({what}). {advice}"
        )
    if isinstance(found, Fault):
        return {"rule": found.rule, "reason": found.reason}
    return {"text": found.text, "encoding": found.encoding}


def confine(memory: int) -> None:
    """No network, no other programs, and so much memory on top of what the interpreter has."""

    def watch(event: str, _: object) -> None:
        if event.startswith(_FORBIDDEN):
            raise PermissionError(f"reading a document may not use {event}")

    sys.addaudithook(watch)
    try:
        import resource
        from pathlib import Path

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ImportError, OSError, ValueError):
        # Systems without /proc or without such limits: the size of the file and its unpacked size still bound it.
        return


if __name__ == "__main__":
    # What a library prints must not be taken for an answer.
    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    confine(int(sys.argv[1]))
    serve(sys.stdin.buffer, channel)
