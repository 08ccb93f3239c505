"""How time and memory of the whole pipeline grow with the number of documents.

    python -m benchmarks.growth FOLDER [--counts 1000 10000] [--engine processes]

For each count: generated documents (see `documents.py`), one `xianzhi run` from nothing in a process of its own, then a
second run with nothing to do. What an earlier measurement left in FOLDER is removed first. Prints one JSON object:
seconds and CPU seconds by a thousand documents, the most memory that all processes had together at any moment, and a
curve of it over the run.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.documents import write
from benchmarks.machine import facts_of_machine
from benchmarks.memory import Watch
from pipelines.settings import Settings

# Points of the curve of memory that is printed.
POINTS = 20


def run(settings: Settings) -> dict[str, Any]:
    """One run in a process of its own."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "pipelines.cli", "run"]
    environment = {**os.environ, **settings.to_environment(), "COLUMNS": "1000"}
    with (
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process,
        Watch(process.pid) as watch,
    ):
        told, _ = process.communicate()
        used = watch.cpu_seconds()
    if process.returncode:
        raise SystemExit(told)
    return {
        "seconds": round(time.perf_counter() - started, 1),
        "cpu_seconds": round(used, 1),
        "peak_megabytes": watch.peak_megabytes(),
        "peak_megabytes_of_a_worker": watch.peak_megabytes_of_a_child(),
        "megabytes_over_time": [round(size / 1e6) for size in watch.curve[:: max(len(watch.curve) // POINTS, 1)]],
        "recap": next((line for line in told.splitlines() if line.startswith("Seconds")), ""),
    }


def measure(folder: Path, count: int, engine: str) -> dict[str, Any]:
    """The runs over so many documents."""
    shutil.rmtree(folder, ignore_errors=True)
    settings = Settings.model_validate({"seeds": folder / "seeds", "data": folder / "data", "engine": engine})
    write(settings.seeds, count)
    first = run(settings)
    return {
        "documents": count,
        "cpu_seconds_by_thousand": round(first["cpu_seconds"] / count * 1000, 2),
        "seconds_by_thousand": round(first["seconds"] / count * 1000, 2),
        "first": first,
        "nothing_to_do": run(settings),
        "megabytes_of_the_file": round(settings.warehouse_path.stat().st_size / 1e6),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--counts", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--engine", default="processes")
    arguments = parser.parse_args()
    sizes = [measure(arguments.folder / str(count), count, arguments.engine) for count in arguments.counts]
    print(
        json.dumps(
            {
                "what": "growth of the whole pipeline",
                "engine": arguments.engine,
                "load": round(os.getloadavg()[0], 1),
                "sizes": sizes,
                **facts_of_machine(),
            }
        )
    )


if __name__ == "__main__":
    main()
