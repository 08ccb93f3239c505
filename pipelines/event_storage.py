"""Open connections to Dagster's SQLite files for the time of a run.

Belongs here: keeping them open. Does not belong here: what is written (Dagster), or the run (`launch.py`).

Dagster opens and closes a file five times for each of the three hundred events of a run, which takes half as long as
the work on a handful of documents. There is no setting for it, so the function that its two storages make an engine
with is exchanged while a run goes on in this process; Dagster is pinned to the version that this was tried with.

It also waits for the disk after each of its eight hundred commits. In the mode that its files have (write-ahead log),
`synchronous = NORMAL` keeps them whole whatever happens; a power cut may take the last events of a run with it, a
killed process takes none.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import dagster._core.storage.event_log.sqlite.sqlite_event_log as event_log
import dagster._core.storage.runs.sqlite.sqlite_run_storage as runs
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import QueuePool


def _trust_the_system(connection: DBAPIConnection, _: Any) -> None:
    connection.execute("PRAGMA synchronous = NORMAL")


@contextmanager
def connections_kept_open() -> Iterator[None]:
    """Let Dagster's SQLite storages of this process use one engine with a pool for each file."""
    engines: dict[str, Engine] = {}

    def kept(url: str, **options: Any) -> Engine:
        if url not in engines:
            engines[url] = create_engine(url, **{**options, "poolclass": QueuePool})
            # The storages give an engine up after each event; this one lasts as long as the run.
            engines[url].dispose = lambda *_, **__: None  # type: ignore[method-assign]
            event.listen(engines[url], "connect", _trust_the_system)
        return engines[url]

    with ExitStack() as patches:
        for module in (event_log, runs):
            patches.enter_context(patch.object(module, "create_engine", kept))
        try:
            yield
        finally:
            for engine in engines.values():
                engine.pool.dispose()
