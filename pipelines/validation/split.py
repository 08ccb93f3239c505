"""Splitting a table into valid and refused rows, beat by beat.

1. cast: every column gets its type, without rounding
2. structure: the constraints of the table, by Pandera
3. rules: foreign keys, then the registry and the text

A row that one beat refuses does not reach the next, so that each reason is about the row and not about an earlier
fault; within a beat every broken rule is told.
"""

import polars as pl

from pipelines.validation.context import Context
from pipelines.validation.reference import with_reference
from pipelines.validation.refusal import Words, refuse
from pipelines.validation.rules import RULES, Rule
from pipelines.validation.structure import broken_rows, cast, failing
from schemas.columns import ForeignKey, Table
from schemas.tables import FACT_TABLES, TABLES
from schemas.tables.provenance import ADDED_BY_VALIDATION

STAGE = "validation"


def validate(table: str, frame: pl.DataFrame, context: Context) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split the rows of a published table.

    Args:
        table: Full name of the table: `observations`, `rankings`, …
        frame: Its rows, with exactly its columns in any order; `doubts` and `correction` may be missing. Numbers may be
            text, which is how a number with too many decimals is refused instead of rounded.
        context: Texts and registry.

    Returns:
        The valid rows, ready to publish, and the refused ones with the columns
        `schemas.tables.quality.REJECTED_BY_STAGE`, both in the order of the frame.

    Raises:
        pipelines.validation.structure.TableShapeError: The frame does not have the table's columns.
    """
    valid, rejected = split(table, frame, context)
    return valid, rejected.drop("index")


def split(table: str, frame: pl.DataFrame, context: Context) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Like `validate`, with a first column `index` that says which row of the frame was refused."""
    described = TABLES[table]
    added = [name for name in ADDED_BY_VALIDATION if name in described.column_names and name not in frame.columns]
    frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in added)
    words = {constraint.name: Words(constraint.reason) for constraint in described.constraints()}
    columns = described.column_names

    fitting, unfit = cast(described, frame)
    rejected = [refuse(STAGE, table, frame, unfit, words, columns)]

    unsound = _outside(broken_rows(described, fitting), unfit)
    rejected.append(refuse(STAGE, table, fitting, unsound, words, columns))

    # Only sound rows go on: a rule need not be prepared for a span that ends before it starts.
    sound = _good(fitting, pl.concat([unfit, unsound]))
    rules = RULES.get(table, ())
    rows = with_surroundings(described, fitting.filter(sound), context)
    refusing = references(described, context) | {rule.name: rule.holds() for rule in rules if rule.effect == "refuse"}
    words = {key.name: _not_found(key) for key in described.foreign_keys}
    words |= {rule.name: rule.words for rule in rules}
    wrong = failing(refusing, rows)
    refused = refuse(STAGE, table, rows, wrong, words, columns)
    rejected.append(refused.with_columns(index=sound.arg_true().gather(refused["index"])))

    valid = rows.filter(_good(rows, wrong))
    doubting = [rule for rule in rules if rule.effect == "doubt"]
    valid = (_with_doubts(valid, doubting) if doubting else valid).select(columns)
    return valid, pl.concat(rejected).sort("index", maintain_order=True)


def references(table: Table, context: Context) -> dict[str, pl.Expr]:
    """The foreign keys of a table as expressions, by name."""
    return {
        key.name: pl.col(key.column).is_in(context.keys(key.table, key.key).implode()) for key in table.foreign_keys
    }


def _not_found(key: ForeignKey) -> Words:
    return Words(f"{key.column} is {{{key.column}}}, which is not in {key.references}")


def with_surroundings(table: Table, frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Join what the rules look at: the registry and the day of the document for observations, the text for quotes."""
    if table.full_name == "observations":
        frame = with_reference(frame, context.reference)
        published = context.published.select("doc_id", _published_at="published_at")
        frame = frame.join(published, on="doc_id", how="left", maintain_order="left")
    if table in FACT_TABLES or table.full_name == "number_ledger":
        texts = context.texts.select("doc_id", _raw_text="raw_text")
        frame = frame.join(texts, on="doc_id", how="left", maintain_order="left")
    return frame


def _with_doubts(rows: pl.DataFrame, doubting: list[Rule]) -> pl.DataFrame:
    """Write the names of the rules that doubt a row into it, and mark it as suspect; its value stays."""
    names = [pl.when(~rule.holds().fill_null(True)).then(pl.lit(rule.name)) for rule in doubting]
    found = pl.concat_str(names, separator="|", ignore_nulls=True)
    rows = rows.with_columns(doubts=pl.when(found != "").then(found))
    status = pl.when(pl.col("doubts").is_not_null()).then(pl.lit("Q")).otherwise("obs_status")
    return rows.with_columns(obs_status=status)


def _outside(broken: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """What is broken in rows that no earlier beat has refused."""
    return broken.join(before, on="index", how="anti", maintain_order="left") if before.height else broken


def _good(frame: pl.DataFrame, broken: pl.DataFrame) -> pl.Series:
    """Which rows of a frame break nothing."""
    good = pl.Series([True], dtype=pl.Boolean).new_from_index(0, frame.height)
    return good.scatter(broken["index"].unique(), False)
