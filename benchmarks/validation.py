"""How long the validation of a million observations takes.

    python -m benchmarks.validation [--rows 1000000] [--runs 3]

Prints one JSON object: what was measured, on what machine.
"""

import argparse
import json
import time

import polars as pl

from benchmarks.machine import facts_of_machine
from pipelines.validation import Context, validate
from pipelines.validation.reference import reference_tables

TEXT = "2023年，昆山市实现地区生产总值5140.6亿元，增长5.2%，一般公共预算收入430.1亿元，城乡居民收入比1.75:1。"
# Words of the text, indicator, measure, value, unit, base value and base unit: rows that all keep every rule.
SAID = (
    ("地区生产总值5140.6亿元", "GDP", "level", "5140.6", "亿元", "514060000000", "CNY"),
    ("增长5.2%", "GDP", "growth", "5.2", "%", "5.2", "PERCENT"),
    ("一般公共预算收入430.1亿元", "GENERAL_BUDGET_REVENUE", "level", "430.1", "亿元", "43010000000", "CNY"),
    ("城乡居民收入比1.75:1", "INCOME_RATIO", "ratio", "1.75", None, "1.75", "RATIO"),
)
DOCUMENTS = 1000


def observations(rows: int) -> tuple[pl.DataFrame, Context]:
    """So many valid observations of 1,000 documents, as extraction hands them over, and their surroundings."""
    reference = reference_tables()
    names = dict(reference["indicators"].select("code", "name_zh").iter_rows())
    said = pl.DataFrame(
        [
            {
                "quote": words,
                "raw_start": TEXT.index(words),
                "raw_end": TEXT.index(words) + len(words),
                "indicator": code,
                "indicator_name": names[code],
                "measure": measure,
                "value": value,
                "unit": unit,
                "obs_value": base,
                "unit_measure": unit_measure,
            }
            for words, code, measure, value, unit, base, unit_measure in SAID
        ]
    )
    number = pl.int_range(rows, dtype=pl.Int64)
    doc_ids = pl.Series("doc_id", [f"{index:064x}" for index in range(DOCUMENTS)])
    frame = (
        pl.select(number=number)
        .with_columns(turn=pl.col("number") % len(SAID))
        .join(said.with_row_index("turn").with_columns(pl.col("turn").cast(pl.Int64)), on="turn")
        .with_columns(
            observation_id=pl.format("{}{}", pl.lit("a"), pl.col("number").cast(pl.String).str.zfill(15)),
            doc_id=doc_ids.gather(pl.int_range(rows) % DOCUMENTS),
        )
        .drop("number", "turn")
        .with_columns(
            section=pl.lit("body"),
            ref_area=pl.lit("320583"),
            ref_area_name=pl.lit("昆山市"),
            ref_area_text=pl.lit(None, dtype=pl.String),
            place_basis=pl.lit("named"),
            breakdown=pl.lit("{}"),
            value_high=pl.lit(None, dtype=pl.String),
            obs_value_high=pl.lit(None, dtype=pl.String),
            bound=pl.lit("exact"),
            nature=pl.lit("actual"),
            time_period=pl.lit("2023"),
            period_basis=pl.lit("explicit"),
            obs_status=pl.lit("A"),
            sentence=pl.lit(TEXT),
            rule=pl.lit("benchmark"),
            code_version=pl.lit("benchmark"),
        )
    )
    texts = pl.DataFrame({"doc_id": doc_ids}).with_columns(raw_text=pl.lit(TEXT), published_at=pl.datetime(2024, 3, 1))
    return frame, Context.of(texts)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    frame, context = observations(arguments.rows)
    seconds = []
    for _ in range(arguments.runs):
        started = time.perf_counter()
        valid, rejected = validate("observations", frame, context)
        seconds.append(round(time.perf_counter() - started, 3))
        assert valid.height == arguments.rows, rejected.head()
    print(
        json.dumps(
            {
                "what": "validate observations",
                "rows": arguments.rows,
                "columns": frame.width,
                "seconds": seconds,
                **facts_of_machine(),
            }
        )
    )


if __name__ == "__main__":
    main()
