"""Memory and processor time of this process and all below it, looked at while the work goes on (Linux)."""

import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

# How often it looks.
SECONDS = 0.1
PROC = Path("/proc")
PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")


class Watch:
    """Within it, memory and processor time of a process and its descendants are watched.

    Args:
        process_id: the process at the top; this one by default.
    """

    def __init__(self, process_id: int | None = None) -> None:
        self.top = process_id or os.getpid()
        self.curve: list[int] = []  # bytes of all processes together, one for each look
        self._largest: dict[int, int] = {}
        self._used: dict[int, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def cpu_seconds(self) -> float:
        """What all have used so far, those that have ended as far as they were seen."""
        self._look()
        return sum(self._used.copy().values())

    def peak_megabytes(self) -> int:
        """The most that all had together."""
        return round(max(self.curve, default=0) / 1e6)

    def peak_megabytes_of_a_child(self) -> int:
        """The most that one process below the top had."""
        return round(max((size for number, size in self._largest.items() if number != self.top), default=0) / 1e6)

    def _watch(self) -> None:
        while not self._over.wait(SECONDS):
            self._look()

    def _look(self) -> None:
        sizes = {number: size for number in descendants(self.top) if (size := self._one(number)) is not None}
        self.curve.append(sum(sizes.values()))
        for number, size in sizes.items():
            self._largest[number] = max(size, self._largest.get(number, 0))

    def _one(self, process_id: int) -> int | None:
        """Bytes in memory of a process; its processor time is taken down."""
        try:
            fields = (PROC / str(process_id) / "stat").read_text().rpartition(")")[2].split()
            size = int((PROC / str(process_id) / "statm").read_text().split()[1]) * PAGE
        except (FileNotFoundError, ProcessLookupError, IndexError):
            return None
        self._used[process_id] = (int(fields[11]) + int(fields[12])) / TICKS
        return size


def descendants(process_id: int) -> list[int]:
    """A process and all below it."""
    found = [process_id]
    for parent in found:
        for file in (PROC / str(parent) / "task").glob("*/children"):
            try:
                found += map(int, file.read_text().split())
            except (FileNotFoundError, ProcessLookupError):
                continue
    return found
