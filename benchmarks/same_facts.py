"""Whether a change that is only to make reading faster leaves every fact as it was.

    python -m benchmarks.same_facts keep FOLDER DATA [DATA …]
    python -m benchmarks.same_facts compare FOLDER

`keep` copies the newest clean documents of each data folder (`XIANZHI_DATA`) into FOLDER and writes beside them what
is read from them now. `compare` reads the copies again and compares every row and column, but the version of the code;
it names the first difference of each table and ends with status 1 where there is any.
"""

import argparse
import sys
from pathlib import Path

import polars as pl

from pipelines.extraction import extract

CLEAN = "clean_documents"
VERSION = "code_version"


def newest_shard(data: Path) -> Path:
    """The newest shard of clean documents in a data folder."""
    shards = sorted((data / "lake" / CLEAN).glob(f"*/{CLEAN}.parquet"), key=lambda path: path.stat().st_mtime)
    if not shards:
        raise SystemExit(f"{data} holds no {CLEAN}: make it with make run XIANZHI_DATA={data}")
    return shards[-1]


def keep(folder: Path, datas: list[Path]) -> None:
    """Write the clean documents of the data folders and what is read from them now."""
    for data in datas:
        clean = pl.read_parquet(newest_shard(data))
        kept = folder / data.name
        kept.mkdir(parents=True, exist_ok=True)
        clean.write_parquet(kept / f"{CLEAN}.parquet")
        for table, frame in read(clean).items():
            frame.write_parquet(kept / f"{table}.parquet")
            print(f"{data.name:20} {table:20} {frame.height:7}")


def compare(folder: Path) -> int:
    """Print how what is read now differs from what was kept; how many tables differ."""
    differing = 0
    kept = sorted(path.parent for path in folder.glob(f"*/{CLEAN}.parquet"))
    if not kept:
        raise SystemExit(f"nothing was kept in {folder}")
    for texts in kept:
        for table, frame in read(pl.read_parquet(texts / f"{CLEAN}.parquet")).items():
            difference = first_difference(pl.read_parquet(texts / f"{table}.parquet"), frame)
            if difference:
                differing += 1
                print(f"{texts.name} {table}: {difference}")
    print(f"{differing} tables differ" if differing else f"all tables of {len(kept)} sets of documents are the same")
    return differing


def read(clean: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """All tables of a shard without the version of the code."""
    return {table: frame.drop(VERSION, strict=False) for table, frame in extract(clean).items()}


def first_difference(before: pl.DataFrame, now: pl.DataFrame) -> str | None:
    """In words, where two frames differ first; None where they are the same to the order of the rows."""
    if before.equals(now):
        return None
    if before.schema != now.schema:
        return f"columns {before.schema} became {now.schema}"
    for number, (one, other) in enumerate(zip(before.iter_rows(named=True), now.iter_rows(named=True), strict=False)):
        changed = [name for name in one if one[name] != other[name]]
        if changed:
            told = ", ".join(f"{name} {one[name]!r} became {other[name]!r}" for name in changed)
            return f"{before.height} rows became {now.height}; row {number}: {told}"
    return f"{before.height} rows became {now.height}, the same up to the end of the shorter"


def main() -> None:
    """Keep or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    keeping = commands.add_parser("keep")
    keeping.add_argument("folder", type=Path)
    keeping.add_argument("data", type=Path, nargs="+")
    comparing = commands.add_parser("compare")
    comparing.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "keep":
        keep(arguments.folder, arguments.data)
    else:
        sys.exit(compare(arguments.folder) > 0)


if __name__ == "__main__":
    main()
