"""A fuzzer that sees which code its inputs reach, and goes on from those that reach new code.

    python -m tests.fuzz.guided [--runs 20000] [--seed 1] [--corpus FOLDER] [--only a.html]

Needs atheris, which `make fuzz` installs. Ends with status 1 at the first input that raises or takes too long, and
writes it to the folder `found` beside this file as `<name>-<hash>`: mend what it shows, then keep it in `kept/`.
The same seed, corpus and code give the same inputs.
"""

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["pipelines"], enable_loader_override=False):
    from tests.fuzz.through import NAMES, through

from tests.cleaning.test_hostile import UNITS
from tests.extraction.test_properties import BOUNDS, MARKS, NOUNS, NUMBERS, PERIODS, PLACES, VERBS
from tests.reading.make_office import paragraph, table
from tests.reading.test_fuzz import FILES, ROWS

HERE = Path(__file__).parent
SAMPLES = HERE.parent.parent / "seeds"
# Words of documents and marks of formats, put in as they are: by single bytes nobody comes upon 地区生产总值.
DICTIONARY = (
    *PLACES,
    *NOUNS,
    *VERBS,
    *BOUNDS,
    *PERIODS,
    *NUMBERS,
    *MARKS,
    *UNITS,
    "<w:p>",
    "<w:tbl>",
    "<w:tr>",
    "<w:tc>",
)
LONGEST = 3000


def starting_corpus() -> list[tuple[str, bytes]]:
    """Sound documents of every kind to begin with."""
    files = [(path.suffix, path.read_bytes()[:LONGEST]) for path in sorted(SAMPLES.glob("*.*"))]
    samples = [(f"{kind}{ending}", data) for ending, data in files for kind in ("a", "words")]
    parts = [("document.xml", (paragraph("全县生产总值5亿元") + table(ROWS)).encode())]
    parts += [("sheet1.xml", b'<row r="1"><c r="A1" t="inlineStr"><is><t>GDP</t></is></c><c r="B1"><v>5</v></c></row>')]
    kept = [(path.name.partition("-")[0], path.read_bytes()) for path in sorted((HERE / "kept").iterdir())]
    return [one for one in [*samples, *FILES.items(), *parts, *kept] if one[0] in NAMES]


def dictionary() -> str:
    """The words as libFuzzer takes them."""
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in DICTIONARY)
    return "".join(f'"{word}"\n' for word in escaped if word)


def main() -> None:
    """Fuzz."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, help="folder that keeps what reaches new code; none by default")
    parser.add_argument("--only", choices=NAMES, help="take all inputs as this")
    arguments = parser.parse_args()
    counts: dict[str, int] = {}

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        corpus = arguments.corpus or folder / "corpus"
        corpus.mkdir(parents=True, exist_ok=True)
        for name, data in starting_corpus():
            (corpus / hashlib.sha1(name.encode() + data).hexdigest()).write_bytes(bytes([NAMES.index(name)]) + data)
        (folder / "words").write_text(dictionary(), encoding="ascii")

        def one_input(data: bytes) -> None:
            name = arguments.only or (NAMES[data[0] % len(NAMES)] if data else NAMES[0])
            try:
                outcome = through(name, data[1:], folder).what
            except BaseException:
                found = HERE / "found"
                found.mkdir(exist_ok=True)
                path = found / f"{name}-{hashlib.sha1(data[1:]).hexdigest()[:10]}"
                path.write_bytes(data[1:])
                print(f"broken by {path}", file=sys.stderr)
                raise
            counts[outcome] = counts.get(outcome, 0) + 1
            if sum(counts.values()) == arguments.runs:
                # Here: the fuzzer leaves the process without coming back.
                print(f"{arguments.runs} inputs, none raised or hung: {dict(sorted(counts.items()))}", flush=True)

        options: list[Any] = [f"-runs={arguments.runs}", f"-seed={arguments.seed}", f"-max_len={LONGEST}"]
        options += [
            "-rss_limit_mb=4096",
            f"-artifact_prefix={folder}/",
            f"-dict={folder / 'words'}",
            "-verbosity=0",
        ]
        atheris.Setup([sys.argv[0], *options, str(corpus)], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
