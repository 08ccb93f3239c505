"""Runs pure functions over shards: here, or by a crew that spreads them.

Belongs here: what a task is, and the guard that keeps one document from sinking its shard. Does not belong here: how
tasks are spread over processes (`processes.py`) or machines (`spark.py`), what the work is (`stages.py`), which of it
is missing (`flow.py`), or where it is kept (`lake.py`).

A task names its function and tables of the lake; nothing else travels between processes. The function takes the named
tables and returns named tables, one of them `rejected`.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import Any, Protocol

import polars as pl

from pipelines.lake import Address, Lake
from pipelines.patience import Bounds, TooLarge, TooMuch, TooSlow, patience
from pipelines.stages import STAGES

# The variables that say how much one document may take.
SECONDS_SETTING = "XIANZHI_MAX_READ_SECONDS"
MEMORY_SETTING = "XIANZHI_MAX_READ_MEMORY"

Tables = dict[str, pl.DataFrame]
ShardFunction = Callable[..., Tables]


@dataclass(frozen=True)
class Task:
    """One shard to make.

    Attributes:
        stage: the stage in the lake.
        key: the key of the shard to make.
        function: dotted name, `package.module:function`; called with the inputs by name, `arguments`, and `reference`
            where there is any.
        inputs: name of a table -> where it is. Every table has a column `doc_id`; the first one names the documents.
        reference: the same for tables that are not about documents.
        arguments: keyword arguments that are the same for all documents; they must survive pickling.
        bounds: what one document may take, in a stage that works document by document; None for as much as it likes.
    """

    stage: str
    key: str
    function: str
    inputs: Mapping[str, Address]
    reference: Mapping[str, Address] = field(default_factory=dict)
    arguments: Mapping[str, Any] = field(default_factory=dict)
    bounds: Bounds | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of a task.

    Attributes:
        rows: rows of each table written.
        failed: documents that the function could not digest; each has a row in `rejected`.
        seconds: time taken.
    """

    stage: str
    key: str
    rows: Mapping[str, int]
    failed: tuple[str, ...]
    seconds: float


class Crew(Protocol):
    """Whoever works off tasks somewhere else: `Processes`, `Spark`."""

    def work_off(self, tasks: Sequence[Task], lake: Lake) -> list[Outcome]:
        """Make the shards of all tasks; the outcomes come in the order of the tasks."""
        ...

    def close(self) -> None:
        """Send everybody home."""
        ...


def hire(engine: str, workers: int, spark_master: str) -> Crew | None:
    """The crew of an engine: None for `inline`."""
    if engine == "spark":
        from pipelines.spark import Spark

        return Spark(spark_master)
    if engine == "processes" and workers > 1:
        from pipelines.processes import Processes

        return Processes(workers)
    return None


def run(tasks: Sequence[Task], lake: Lake, crew: Crew | None = None) -> list[Outcome]:
    """Make the shards of all tasks; the outcomes come in the order of the tasks.

    Every crew writes the same shards. Shards that are written stay, also when a later task fails.

    Raises:
        Exception: what a function raised, if it failed on every one of several documents or on none at all: then the
            program is at fault, not a document.
    """
    if crew is None or len(tasks) < 2:
        return [work_off(task, lake) for task in tasks]
    return crew.work_off(tasks, lake)


def work_off(task: Task, lake: Lake) -> Outcome:
    """Make one shard: read its inputs, call its function, write its tables."""
    started = time.perf_counter()
    inputs = {name: lake.read(*address) for name, address in task.inputs.items()}
    reference = {name: lake.read(*address) for name, address in task.reference.items()}
    arguments = dict(task.arguments) | ({"reference": reference} if reference else {})
    tables, failed = _call_guarded(task, partial(load_function(task.function), **arguments), inputs)
    lake.write(task.stage, task.key, tables)
    rows = {name: frame.height for name, frame in tables.items()}
    return Outcome(task.stage, task.key, rows, tuple(failed), time.perf_counter() - started)


def load_function(name: str) -> ShardFunction:
    """The function behind `package.module:function`."""
    module, _, attribute = name.partition(":")
    function: ShardFunction = getattr(import_module(module), attribute)
    return function


def _call_guarded(task: Task, function: ShardFunction, inputs: Tables) -> tuple[Tables, list[str]]:
    """Call the function; where it raises, find the documents that it raises on and refuse only those."""
    parts: list[Tables] = []
    errors: dict[str, Exception | TooMuch] = {}

    def call(doc_ids: list[str] | None) -> None:
        part = inputs if doc_ids is None else _select(inputs, doc_ids)
        try:
            with patience(task.bounds):
                parts.append(function(part))
        except (Exception, TooMuch) as error:
            if doc_ids is None:
                doc_ids = next(iter(inputs.values()))["doc_id"].unique(maintain_order=True).to_list()
            if isinstance(error, TooMuch) and error.doc_id in doc_ids:
                # It is known which one it is: the others go on without it.
                errors[error.doc_id] = error
                call([doc_id for doc_id in doc_ids if doc_id != error.doc_id])
                return
            if len(doc_ids) <= 1:
                if not doc_ids:
                    raise
                errors[doc_ids[0]] = error
                return
            middle = len(doc_ids) // 2
            call(doc_ids[:middle])
            call(doc_ids[middle:])

    call(None)
    if not errors and len(parts) == 1:
        return parts[0], []
    if not parts and len(errors) > 1:
        raise next(iter(errors.values()))
    # With no document at all the function shows the columns of its tables.
    empty = function(_select(inputs, []))
    listed = next(iter(inputs.values()))
    refused = [_refusal(task, listed, doc_id, error) for doc_id, error in errors.items()]
    parts.append({"rejected": pl.DataFrame(refused, schema=empty["rejected"].schema)})
    tables = {
        name: pl.concat([frame, *(part[name] for part in parts if name in part)], how="vertical")
        for name, frame in empty.items()
    }
    return tables, list(errors)


def _select(inputs: Tables, doc_ids: list[str]) -> Tables:
    """The rows of some documents."""
    return {name: frame.filter(pl.col("doc_id").is_in(doc_ids)) for name, frame in inputs.items()}


def _refusal(task: Task, listed: pl.DataFrame, doc_id: str, error: Exception | TooMuch) -> dict[str, Any]:
    """The row of `rejected` for a document that a stage could not digest, with its path where the stage knows it."""
    known = [name for name in ("doc_id", "source_path") if name in listed.columns]
    if isinstance(error, TooSlow) and task.bounds:
        rule = "too_slow"
        reason = (
            f"It takes the stage {task.stage} more than {task.bounds.seconds:g} seconds. "
            f"Split it, or raise {SECONDS_SETTING}."
        )
    elif isinstance(error, TooLarge) and task.bounds and task.bounds.memory:
        rule = "too_much_memory"
        reason = (
            f"It takes the stage {task.stage} more than {task.bounds.memory:,} bytes of memory. "
            f"Split it, or raise {MEMORY_SETTING}."
        )
    else:
        rule = "stage_failure"
        reason = f"the stage {task.stage} failed on this document: {type(error).__name__}: {error}"[:2000]
    return {
        "stage": STAGES[task.stage].group,
        "table_name": task.stage,
        "rule": rule,
        "reason": reason,
        "record": json.dumps(listed.select(known).filter(doc_id=doc_id).row(0, named=True), ensure_ascii=False),
        "doc_id": doc_id,
        "raw_start": None,
        "raw_end": None,
        "suggestion": None,
    }
