"""How fast extraction is beside jionlp and Recognizers-Text: the same text, the same run, one core.

    python -m benchmarks.peers FOLDER [--count 200] [--peer-kilobytes 60]

Both are installed into an environment of their own in FOLDER (made when it is missing), and nowhere else.
They read far less than we do: amounts of money and times (jionlp), numbers, units and dates (Recognizers-Text); no
place, no indicator, no one who holds an office. Each reads sentence by sentence, as their own guides do, and as many
sentences as make `--peer-kilobytes`, for they are slow. CPU time, so that what else runs counts less; the three take
turns within the run. Prints one JSON object with megabytes a CPU-second of each and how many times faster ours is.
"""

import argparse
import json
import os
import subprocess
import time
import venv
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.documents import document
from benchmarks.extraction import COLUMNS
from benchmarks.machine import facts_of_machine
from pipelines.cleaning import clean
from pipelines.extraction import extract
from pipelines.reading import Limits, read_file

HERE = Path(__file__).parent
REQUIREMENTS = HERE.parent / "requirements" / "peers.txt"
PEERS = ("jionlp", "recognizers_text")
# Runs in the other environment: sentences in, CPU seconds and what was found out.
PEER = """
import json, sys, time
name, sentences = json.load(sys.stdin)
found = 0
if name == "jionlp":
    import jionlp
    def read(text):
        kinds = (jionlp.ner.extract_money, jionlp.ner.extract_time)
        return sum(len(kind(text, with_parsing=True)) for kind in kinds)
else:
    import recognizers_suite as suite
    def read(text):
        kinds = (suite.recognize_number, suite.recognize_percentage, suite.recognize_currency, suite.recognize_datetime)
        return sum(len(kind(text, suite.Culture.Chinese)) for kind in kinds)
for text in sentences[:3]:
    read(text)
started = time.process_time()
for text in sentences:
    try:
        found += read(text)
    except Exception:
        pass  # some sentences are too much for them
print(json.dumps({"cpu_seconds": time.process_time() - started, "found": found}))
"""


def environment(folder: Path) -> Path:
    """The Python of the peers' environment."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(REQUIREMENTS)]
        subprocess.run(command, check=True)
    return python


def clean_documents(count: int, folder: Path) -> pl.DataFrame:
    """Generated documents, read and cleaned."""
    rows = []
    for number in range(count):
        name, text = document(number)
        path = folder / Path(name).name
        path.write_text(text, encoding="utf-8")
        rows.append(read_file(path, name, Limits()).model_dump(include=set(COLUMNS)))
    return clean(pl.DataFrame(rows).unique("doc_id", maintain_order=True))["clean_documents"]


def sentences_of(documents: pl.DataFrame, kilobytes: int) -> list[str]:
    """As many sentences of the documents as make so many kilobytes."""
    found, size = [], 0
    for text in documents["clean_text"]:
        for sentence in text.replace("。", "。\n").splitlines():
            if size > kilobytes * 1000:
                return found
            if sentence.strip():
                found.append(sentence)
                size += len(sentence.encode())
    return found


def peer(python: Path, name: str, sentences: list[str]) -> dict[str, Any]:
    """What a peer takes for the sentences."""
    given = json.dumps([name, sentences])
    told = subprocess.run([str(python), "-c", PEER], input=given, capture_output=True, text=True, check=True)
    measured: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return measured | {"megabytes": sum(len(sentence.encode()) for sentence in sentences) / 1e6}


def ours(documents: pl.DataFrame) -> dict[str, Any]:
    """What extraction takes for whole documents, all kinds of facts."""
    started = time.process_time()
    facts = extract(documents)
    seconds = time.process_time() - started
    size = sum(len(text.encode()) for text in documents["clean_text"]) / 1e6
    return {"cpu_seconds": seconds, "found": facts["number_ledger"].height, "megabytes": size}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the environment of the peers and the documents are kept")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--peer-kilobytes", type=int, default=60)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    pages = arguments.folder / "pages"
    pages.mkdir(parents=True, exist_ok=True)
    python = environment(arguments.folder / "peers")
    documents = clean_documents(arguments.count, pages)
    sentences = sentences_of(documents, arguments.peer_kilobytes)
    extract(documents.head(5))
    runs: dict[str, list[dict[str, Any]]] = {"ours": [], **{name: [] for name in PEERS}}
    for _ in range(arguments.runs):
        runs["ours"].append(ours(documents))
        for name in PEERS:
            runs[name].append(peer(python, name, sentences))
    best = {name: min(found, key=lambda run: run["cpu_seconds"]) for name, found in runs.items()}
    speed = {name: run["megabytes"] / run["cpu_seconds"] for name, run in best.items()}
    print(
        json.dumps(
            {
                "what": "extraction beside its peers, one core",
                "load": round(os.getloadavg()[0], 1),
                "megabytes_per_cpu_second": {name: round(value, 4) for name, value in speed.items()},
                "times_faster": {name: round(speed["ours"] / speed[name], 1) for name in PEERS},
                "found_per_megabyte": {name: round(run["found"] / run["megabytes"]) for name, run in best.items()},
                "runs": arguments.runs,
                **facts_of_machine(),
            }
        )
    )


if __name__ == "__main__":
    main()
