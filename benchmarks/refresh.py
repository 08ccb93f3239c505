"""How long a run takes for one new document in a warehouse of many.

    python -m benchmarks.refresh FOLDER [--count 20000] [--new 3]

FOLDER keeps the documents (generated, see `documents.py`) and all that is made of them; where they are already, the
first run is left out. Then one document after another arrives, and each has a run of its own, as a user starts it.
Prints one JSON object: what was measured, on what machine.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.documents import document, write
from benchmarks.machine import facts_of_machine
from pipelines.settings import Settings

# `Seconds    raw_documents 1.2, facts 1.3; together 9.8`
STEP = re.compile(r"(\w+) (\d+\.\d)")


def cpu_seconds() -> float:
    """What processes that have ended have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(settings: Settings) -> dict[str, Any]:
    """One run in a process of its own: seconds from its start to its end, on the processor, and of each step."""
    started, before = time.perf_counter(), cpu_seconds()
    command = [sys.executable, "-m", "pipelines.cli", "run"]
    environment = {**os.environ, **settings.to_environment(), "COLUMNS": "1000"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    told = next(line for line in done.stdout.splitlines() if line.startswith("Seconds"))
    steps = {name: float(seconds) for name, seconds in STEP.findall(told)}
    return {
        "wall_seconds": round(time.perf_counter() - started, 1),
        "cpu_seconds": round(cpu_seconds() - before, 1),
        "run_seconds": steps.pop("together"),
        "steps": steps,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--new", type=int, default=3)
    arguments = parser.parse_args()
    settings = Settings(seeds=arguments.folder / "seeds", data=arguments.folder / "data", engine="processes")
    first = None
    if not settings.warehouse_path.exists():
        write(settings.seeds, arguments.count)
        first = run(settings)
    runs = []
    number = sum(1 for _ in settings.seeds.rglob("*.*"))
    for new in range(number, number + arguments.new):
        name, text = document(new)
        (settings.seeds / name).write_text(text, encoding="utf-8")
        runs.append(run(settings))
    fastest = min(runs, key=lambda one: one["run_seconds"])
    print(
        json.dumps(
            {
                "what": "one new document",
                "documents": number,
                "first_run": first,
                "run_seconds": [one["run_seconds"] for one in runs],
                "fastest": fastest,
                "bytes": settings.warehouse_path.stat().st_size,
                **facts_of_machine(),
            }
        )
    )


if __name__ == "__main__":
    main()
