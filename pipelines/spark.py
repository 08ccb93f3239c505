"""Works off tasks on a Spark cluster: the same function over the same shards, beyond one machine.

Belongs here: carrying tasks to the cluster and outcomes back. Does not belong here: what one does with a task
(`engine.py`), or starting a cluster.

Every row of the data frame that goes out is a task, and each is a partition of its own; `mapInArrow` hands it to a
Python process of an executor, which reads tables of the lake, calls the function and writes the shard, as everywhere.
So the cluster needs this project in its Python and the documents under the same path on every machine, and
`XIANZHI_DATA` too, unless the lake lies in object storage. A task whose executor is lost is given to another one by
Spark; a shard that is there already is not written twice.
"""

import logging
import os
import pickle
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from shutil import which
from typing import TYPE_CHECKING

from pipelines.engine import Outcome, Task, work_off
from pipelines.lake import Lake

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyspark.sql import SparkSession

SETTINGS = {
    "spark.app.name": "xianzhi",
    # One thread of polars a task: Spark shares out the cores.
    "spark.executorEnv.POLARS_MAX_THREADS": "1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


class SparkMissing(RuntimeError):
    """pyspark or Java is not installed; the message says how to get it."""


def what_is_missing() -> str | None:
    """What the engine needs and is not here; None where it can work."""
    if find_spec("pyspark") is None:
        return "pyspark: make setup-spark"
    if which("java") is None and "JAVA_HOME" not in os.environ:
        return "Java 17: the package openjdk-17-jre-headless of Debian and Ubuntu"
    return None


class Spark:
    """A Spark application; it begins with the first tasks and lasts until `close`."""

    def __init__(self, master: str) -> None:
        """Note where the cluster is.

        Args:
            master: `spark://host:7077`, `local[2]`, or whatever else Spark takes.
        """
        self.master = master
        self._session: SparkSession | None = None

    def work_off(self, tasks: Sequence[Task], lake: Lake) -> list[Outcome]:
        """Make the shards of all tasks; the outcomes come in the order of the tasks.

        Raises:
            Exception: what a function raised, when all tasks have been worked off.
        """
        session = self._start()
        rows = [(number, pickle.dumps((task, lake))) for number, task in enumerate(tasks)]
        # As many partitions as tasks: what is lost with an executor is one shard.
        given = session.createDataFrame(session.sparkContext.parallelize(rows, len(rows)), "number int, task binary")
        told = given.mapInArrow(_work_off_rows, "number int, outcome binary").collect()
        outcomes = [pickle.loads(row.outcome) for row in sorted(told, key=lambda row: row.number)]
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome
        return outcomes

    def close(self) -> None:
        """Leave the cluster."""
        if self._session is not None:
            self._session.stop()
            self._session = None

    def _start(self) -> "SparkSession":
        if self._session is None:
            if missing := what_is_missing():
                raise SparkMissing(f"the engine spark needs {missing}")
            from pyspark.sql import SparkSession

            # The executors run the same Python as we do.
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
            logging.getLogger("py4j").setLevel(logging.WARNING)
            builder = SparkSession.builder.master(self.master)
            for name, value in SETTINGS.items():
                builder = builder.config(name, value)
            self._session = builder.getOrCreate()
        return self._session


def _work_off_rows(batches: Iterable["pa.RecordBatch"]) -> Iterator["pa.RecordBatch"]:
    """Work off the tasks of a partition; an exception is an outcome too, as Spark would try it again in vain."""
    import pyarrow as pa

    for batch in batches:
        numbers, outcomes = [], []
        for row in batch.to_pylist():
            numbers.append(row["number"])
            outcomes.append(pickle.dumps(_work_off_one(row["task"])))
        columns = [pa.array(numbers, pa.int32()), pa.array(outcomes, pa.binary())]
        yield pa.RecordBatch.from_arrays(columns, ["number", "outcome"])


def _work_off_one(pickled: bytes) -> Outcome | Exception:
    task, lake = pickle.loads(pickled)
    try:
        return work_off(task, lake)
    except Exception as error:
        return error if _travels(error) else RuntimeError(f"{type(error).__name__}: {error}")


def _travels(error: Exception) -> bool:
    """Whether an exception comes out of a pickle again: not all whose constructor takes more than a message do."""
    try:
        return isinstance(pickle.loads(pickle.dumps(error)), type(error))
    except Exception:
        return False
