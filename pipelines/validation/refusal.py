"""Turning broken rows into rows of `quality.rejected`: the reason in words, the record, the position.

Nothing here decides; it only tells. What a refused row looks like is declared in `schemas/tables/quality.py`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from string import Formatter

import polars as pl

from schemas.tables import REJECTED
from schemas.tables.quality import REJECTED_BY_STAGE

REJECTED_SCHEMA = pl.Schema({name: REJECTED.column(name).type.polars for name in REJECTED_BY_STAGE})


@dataclass(frozen=True)
class Words:
    """What is said about a row that breaks a rule.

    Attributes:
        reason: Why: a template in which `{column}` stands for the row's value, or a function that builds an expression.
        suggestion: Builds the expression for what the record should probably say, if that can be argued.
    """

    reason: str | Callable[[], pl.Expr]
    suggestion: Callable[[], pl.Expr] | None = None

    def expressions(self) -> tuple[pl.Expr, pl.Expr]:
        """Reason and suggestion as expressions over the row."""
        reason = in_words(self.reason) if isinstance(self.reason, str) else self.reason()
        return reason, self.suggestion() if self.suggestion else pl.lit(None, dtype=pl.String)


def refuse(
    stage: str,
    table: str,
    frame: pl.DataFrame,
    broken: pl.DataFrame,
    words: Mapping[str, Words],
    record: Iterable[str],
) -> pl.DataFrame:
    """Describe the broken rows of a frame.

    Args:
        stage: The stage that refuses.
        table: The table that the rows would have gone to.
        frame: The rows, as they came to the rule.
        broken: Which row breaks which constraint, as `structure.BROKEN`.
        words: What to say, by constraint.
        record: The columns that make up the record.

    Returns:
        A row for each entry of `broken`: `index`, and the columns that a stage fills in.
    """
    parts = [REJECTED_SCHEMA.to_frame().insert_column(0, pl.Series("index", [], dtype=pl.UInt32))]
    names = list(record)
    for (constraint,), rows in broken.group_by("constraint", maintain_order=True):
        reason, suggestion = words[str(constraint)].expressions()
        found = frame[rows["index"]].select(
            index=rows["index"],
            stage=pl.lit(stage),
            table_name=pl.lit(table),
            rule=pl.lit(constraint),
            reason=reason,
            record=pl.struct(names).struct.json_encode(),
            **{name: _given(frame, name) for name in ("doc_id", "raw_start", "raw_end")},
            suggestion=suggestion,
        )
        parts.append(found)
    return pl.concat(parts)


def _given(frame: pl.DataFrame, name: str) -> pl.Expr:
    return (pl.col(name) if name in frame.columns else pl.lit(None)).cast(REJECTED_SCHEMA[name], strict=False)


def in_words(template: str) -> pl.Expr:
    """A template with `{column}` as an expression that puts the row's values in."""
    parts: list[pl.Expr] = []
    for literal, column, _, _ in Formatter().parse(template):
        parts.append(pl.lit(literal))
        if column is not None:
            parts.append(value_in_words(column))
    return pl.concat_str(parts)


def value_in_words(column: str) -> pl.Expr:
    """A value as a reader would write it: no trailing zeros, and words for null and for an empty text."""
    text = pl.col(column).cast(pl.String).replace("", "an empty text")
    plain = pl.when(text.str.contains(r"^-?[0-9]+\.[0-9]+$")).then(text.str.replace(r"\.?0+$", "")).otherwise(text)
    return plain.fill_null("nothing")
