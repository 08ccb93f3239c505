"""What each stage costs, by each engine, on the same documents in the same run; and whether all make the same shards.

    python -m benchmarks.stages FOLDER [--count 4000] [--engines inline processes] [--workers 2]

FOLDER gets the documents (generated, see `documents.py`) and a data folder for each engine, which is emptied first.
Without Dagster: a run's own overhead is measured by `growth.py`. Prints one JSON object. `cpu_seconds` and
`peak_megabytes` are those of all processes of this program together, and of the largest worker.
"""

import argparse
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.documents import write
from benchmarks.machine import facts_of_machine
from benchmarks.memory import Watch
from pipelines.flow import Flow
from pipelines.lake import Lake
from pipelines.publication import publish
from pipelines.settings import Settings
from pipelines.stages import STAGES

# One time for all engines, so that their shards can be the same.
ARRIVAL = datetime(2026, 1, 1)


def measure(settings: Settings) -> dict[str, Any]:
    """Work off all stages and build the file."""
    stages: dict[str, dict[str, float]] = {}
    with Watch() as watch, closing(Flow(settings)) as flow:

        def timed(name: str, work: Any) -> None:
            started, used = time.perf_counter(), watch.cpu_seconds()
            work()
            stages[name] = {
                "seconds": round(time.perf_counter() - started, 2),
                "cpu_seconds": round(watch.cpu_seconds() - used, 2),
            }

        for name in STAGES:
            timed(name, lambda name=name: flow.read(ARRIVAL) if name == "raw_documents" else flow.work_off(name))
        timed("warehouse", lambda: publish(flow))
    return {
        "seconds": round(sum(stage["seconds"] for stage in stages.values()), 2),
        "peak_megabytes": watch.peak_megabytes(),
        "peak_megabytes_of_a_worker": watch.peak_megabytes_of_a_child(),
        "stages": stages,
    }


def shards(lake: Lake) -> Iterator[tuple[str, str, Path]]:
    """Stage, shard and file of every table that documents have made."""
    for stage in STAGES:
        for key in lake.keys(stage):
            for path in sorted((lake.root / stage / key).iterdir()):
                yield stage, key, path


def same_shards(one: Lake, other: Lake) -> bool:
    """Whether two lakes hold the same rows in the same order."""
    ours, theirs = list(shards(one)), list(shards(other))
    return [(stage, key, path.name) for stage, key, path in ours] == [
        (stage, key, path.name) for stage, key, path in theirs
    ] and all(pl.read_parquet(a).equals(pl.read_parquet(b)) for (*_, a), (*_, b) in zip(ours, theirs, strict=True))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--engines", nargs="+", default=["inline", "processes"])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--shard-size", type=int, default=1000)
    parser.add_argument("--spark-master", default="local[2]")
    arguments = parser.parse_args()
    seeds = arguments.folder / "seeds"
    write(seeds, arguments.count)
    engines, lakes = {}, []
    for engine in arguments.engines:
        data = arguments.folder / engine
        shutil.rmtree(data, ignore_errors=True)
        settings = Settings(
            seeds=seeds,
            data=data,
            engine=engine,
            workers=arguments.workers,
            shard_size=arguments.shard_size,
            spark_master=arguments.spark_master,
        )
        engines[engine] = measure(settings)
        lakes.append(Lake(settings.lake_root))
    first = engines[arguments.engines[0]]["stages"]
    print(
        json.dumps(
            {
                "what": "stages apart, by engine",
                "documents": arguments.count,
                "megabytes": round(sum(path.stat().st_size for path in seeds.rglob("*.*")) / 1e6, 1),
                "workers": arguments.workers,
                "load": round(os.getloadavg()[0], 1),
                "same_shards": all(same_shards(lakes[0], other) for other in lakes[1:]),
                "times_faster": {
                    engine: {
                        name: round(first[name]["seconds"] / max(stage["seconds"], 0.01), 2)
                        for name, stage in told["stages"].items()
                    }
                    for engine, told in engines.items()
                },
                "engines": engines,
                **facts_of_machine(),
            }
        )
    )


if __name__ == "__main__":
    main()
