"""Works off tasks in several processes, which stay warm from one stage to the next.

Belongs here: starting processes, noticing that one has died, ending them. Does not belong here: what one does with a
task (`engine.py`).

Each process has a thread of its own that hands it one task after another. A task names files; no text travels between
processes. One process, one task: when a process dies (out of memory, killed by hand, a fault in a native library), it
is known which shard it was at, and only that one is done again, by a process that takes its place.
"""

import ctypes
import gc
import logging
import os
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from types import TracebackType
from typing import Self

from pipelines.engine import Outcome, Task, work_off
from pipelines.lake import Lake

logger = logging.getLogger(__name__)

# How many processes may die over one shard.
TRIES = 3
# What a process reads when it imports polars: the cores are shared out among the processes already, and memory that one
# stage has freed is not to be kept beside that of the next.
VARIABLES = {"POLARS_MAX_THREADS": "1", "_RJEM_MALLOC_CONF": "dirty_decay_ms:0,muzzy_decay_ms:0"}
_starting = threading.Lock()
# glibc has it, other C libraries have not.
_trim = getattr(ctypes.CDLL(None), "malloc_trim", None)


class WorkerDied(RuntimeError):
    """Several processes died over the same shard; the message names it and says what to do."""

    def __init__(self, task: Task) -> None:
        super().__init__(
            f"{TRIES} processes died while they made the shard {task.key} of {task.stage}; the last message of the "
            "kernel (dmesg) says whether memory was short: then fewer workers (XIANZHI_WORKERS) or smaller shards "
            "(XIANZHI_SHARD_SIZE) help; else a document of this shard breaks a library"
        )


class Processes:
    """So many processes; each is started when there is a task for it and lasts until `close`."""

    def __init__(self, count: int) -> None:
        self._lanes = [_Lane() for _ in range(count)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def work_off(self, tasks: Sequence[Task], lake: Lake) -> list[Outcome]:
        """Make the shards of all tasks; the outcomes come in the order of the tasks.

        Raises:
            WorkerDied: a shard cannot be made.
            Exception: what a function raised. Shards that are being made then are finished, no other is begun.
        """
        waiting = deque(enumerate(tasks))
        outcomes: dict[int, Outcome] = {}

        def keep_busy(lane: _Lane) -> None:
            while waiting:
                try:
                    number, task = waiting.popleft()
                except IndexError:  # another thread was quicker
                    return
                try:
                    outcomes[number] = lane.work_off(task, lake)
                except BaseException:
                    waiting.clear()
                    raise

        lanes = self._lanes[: len(tasks)]
        with ThreadPoolExecutor(len(lanes), "lane") as threads:
            for future in [threads.submit(keep_busy, lane) for lane in lanes]:
                future.result()
        return [outcomes[number] for number in range(len(tasks))]

    def process_ids(self) -> list[int]:
        """The processes that are there now."""
        return [process_id for lane in self._lanes for process_id in lane.process_ids()]

    def close(self) -> None:
        """End all processes."""
        for lane in self._lanes:
            lane.close()


class _Lane:
    """One process, replaced when it dies."""

    def __init__(self) -> None:
        self._executor: ProcessPoolExecutor | None = None

    def work_off(self, task: Task, lake: Lake) -> Outcome:
        for _ in range(TRIES):
            if self._executor is None:
                self._executor = _start()
            try:
                return self._executor.submit(_work_off, task, lake).result()
            except BrokenProcessPool:
                logger.warning("the process at shard %s of %s died; the shard is done again", task.key, task.stage)
                self.close()
        raise WorkerDied(task)

    def process_ids(self) -> list[int]:
        return list(self._executor._processes or {}) if self._executor else []

    def close(self) -> None:
        if self._executor is not None:
            self._executor.shutdown()
            self._executor = None


def _start() -> ProcessPoolExecutor:
    """A process that waits for tasks."""
    # spawn: a forked child would inherit the locks of polars' and Dagster's threads.
    executor = ProcessPoolExecutor(1, get_context("spawn"), initializer=_watch_parent)
    with _starting:
        before = os.environ.copy()
        os.environ.update(VARIABLES)
        try:
            executor.submit(os.getpid)
        finally:
            for name in VARIABLES:
                if name in before:
                    os.environ[name] = before[name]
                else:
                    del os.environ[name]
    return executor


def _work_off(task: Task, lake: Lake) -> Outcome:
    """Make a shard, and give back the memory that it took."""
    try:
        return work_off(task, lake)
    finally:
        # Schemas hold frames in cycles. What is left stays (registry, patterns) and need not be looked through again.
        gc.collect()
        gc.freeze()
        if _trim is not None:
            _trim(0)


def _watch_parent() -> None:
    """A process whose parent was killed would wait for its next task for ever."""
    threading.Thread(target=_end_with_parent, name="end with parent", daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
