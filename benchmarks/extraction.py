"""How fast facts are read: megabytes of UTF-8 a CPU-second on one core, all kinds together and each kind alone.

    python -m benchmarks.extraction [FOLDER] [--runs 5]

FOLDER holds documents (by default the samples in seeds/). They are read and cleaned first, which is not measured.
Prints one JSON object: what was measured, on what machine. CPU time, so that what else runs on the machine counts
less; of several runs the fastest.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import GeneratorType
from typing import Any
from unittest.mock import patch

import polars as pl

from benchmarks.machine import facts_of_machine
from pipelines.cleaning import clean
from pipelines.extraction import extract, reader
from pipelines.extraction.document import Document
from pipelines.inventory import list_files
from pipelines.reading import Limits, read_file
from schemas.documents import Refusal

SEEDS = Path(__file__).parent.parent / "seeds"
COLUMNS = ("doc_id", "file_name", "source_path", "media_type", "raw_text")
# what the reader of a document calls, by what it is for; the first three serve all kinds of facts
STEPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "documents": (Document, ("__post_init__",)),
    "sentences": (Document, ("sentences",)),
    "ledger": (reader, ("_claims", "read_ledger")),
    "observations": (reader, ("bind", "read_observations", "read_table_observations")),
    "rankings": (reader, ("read_rankings", "without_implied")),
    "events": (reader, ("read_events",)),
    "outcomes": (reader, ("read_outcomes",)),
    "person_roles": (reader, ("read_person_roles",)),
    "organizations": (reader, ("read_organizations",)),
    "plan_items": (reader, ("read_plan_items",)),
    "programmes": (reader, ("read_programmes",)),
}


def clean_documents(folder: Path) -> pl.DataFrame:
    """The documents of a folder, read and cleaned; files that hold none are left out."""
    paths = map(Path, list_files(folder))
    found = [read_file(path, str(path.relative_to(folder)), Limits()) for path in paths]
    raw = [document.model_dump(include=set(COLUMNS)) for document in found if not isinstance(document, Refusal)]
    if not raw:
        raise SystemExit(f"{folder} holds no documents")
    # a file that stands twice in the folder is read once
    return clean(pl.DataFrame(raw).unique("doc_id", maintain_order=True))["clean_documents"]


def cpu_seconds(work: Callable[[], object], runs: int) -> float:
    """CPU time of the fastest of several runs."""
    seconds = []
    for _ in range(runs):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return min(seconds)


@contextmanager
def measured(spent: dict[str, float]) -> Iterator[None]:
    """Within it the steps of reading add the CPU time that they take to `spent`."""
    with ExitStack() as patches:
        for step, (owner, names) in STEPS.items():
            for name in names:
                patches.enter_context(patch.object(owner, name, _timed(getattr(owner, name), step, spent)))
        yield


def _timed(function: Callable[..., Any], step: str, spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*arguments: Any) -> Any:
        started = time.process_time()
        found = function(*arguments)
        if isinstance(found, GeneratorType):
            # a generator works when it is asked
            found = iter(list(found))
        spent[step] += time.process_time() - started
        return found

    return timed


def by_step(documents: pl.DataFrame, runs: int) -> dict[str, float]:
    """CPU seconds of each step, the fastest of several runs."""
    fastest = dict.fromkeys(STEPS, float("inf"))
    for _ in range(runs):
        spent = dict.fromkeys(STEPS, 0.0)
        with measured(spent):
            extract(documents)
        fastest = {step: min(fastest[step], seconds) for step, seconds in spent.items()}
    return fastest


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=SEEDS)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    documents = clean_documents(arguments.folder)
    megabytes = sum(len(text.encode()) for text in documents["clean_text"]) / 1e6
    facts = extract(documents)  # loads the registry and compiles the patterns, which a process does once
    together = cpu_seconds(lambda: extract(documents), arguments.runs)
    steps = by_step(documents, arguments.runs)
    print(
        json.dumps(
            {
                "what": "extract facts, one core",
                "documents": documents.height,
                "megabytes": round(megabytes, 3),
                "rows": {table: frame.height for table, frame in facts.items() if frame.height},
                "cpu_seconds": round(together, 3),
                "megabytes_per_cpu_second": round(megabytes / together, 3),
                "steps": {
                    step: {"cpu_seconds": round(seconds, 3), "megabytes_per_cpu_second": round(megabytes / seconds, 2)}
                    for step, seconds in steps.items()
                },
                **facts_of_machine(),
            }
        )
    )


if __name__ == "__main__":
    main()
