"""The rules of validation that need the registry or the document: units, exact conversion, ranges, periods, quotes.

A rule is a value with a name, a sentence and an expression over the columns of the row and those that
`split.with_surroundings` joins; a new rule is a new value in `RULES`. What a table can say about itself is in
`schemas/tables`; rules that compare rows with each other do not belong here.

A rule either refuses a row or doubts it: a doubted row is published with `obs_status` Q and the rule's name in
`doubts`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import polars as pl

from pipelines.validation.ranges import (
    has_usual_decimals,
    is_ratio,
    not_in_the_future,
    not_in_the_past,
    ratio_reason,
    ratio_without_colon,
    slip_suggestion,
    within_growth_range,
    within_hard_range,
    within_soft_range,
    without_unit_slip,
)
from pipelines.validation.refusal import Words
from schemas.tables import FACT_TABLES

# A ratio or an index stands without a unit: 1.75, 101.2.
WITHOUT_UNIT = ("ratio", "index", "score")
# 8‰ and 0.8% state the same kind of number.
SAME_DIMENSION = ("percent", "permille")
# Products below this fit into 38 digits, 12 of them decimals.
EXACT_LIMIT = 1e25


@dataclass(frozen=True)
class Rule:
    """One rule about rows of one table.

    Attributes:
        name: Name that a refused row or a doubt shows.
        effect: Whether a row that breaks it is refused, or published as suspect.
        description: The rule in words.
        reason: What is wrong with a row that breaks it: a template with `{column}`, or an expression.
        holds: Builds the expression: true or null where the row keeps the rule.
        suggestion: Builds the expression for what the row should probably say, if that can be argued.
    """

    name: str
    effect: Literal["refuse", "doubt"]
    description: str
    reason: str | Callable[[], pl.Expr]
    holds: Callable[[], pl.Expr]
    suggestion: Callable[[], pl.Expr] | None = None

    @property
    def words(self) -> Words:
        """What is said about a row that breaks it."""
        return Words(self.reason, self.suggestion)


def _quote_is_text(column: str) -> Rule:
    return Rule(
        "quote_is_text",
        "refuse",
        f"raw_text[raw_start:raw_end] is {column}",
        f"the raw text from {{raw_start}} to {{raw_end}} is not “{{{column}}}”",
        lambda: (
            pl.col("_raw_text").str.slice(pl.col("raw_start"), pl.col("raw_end") - pl.col("raw_start"))
            == pl.col(column)
        ),
    )


def _same(left: str, right: str) -> pl.Expr:
    one, other = pl.col(left), pl.col(right)
    return (one == other) | (one.is_in(SAME_DIMENSION) & other.is_in(SAME_DIMENSION))


def _converts(value: str, obs_value: str) -> pl.Expr:
    """Whether value * factor is obs_value, exactly."""
    # One product that overflows would stop the whole frame: such rows are set aside first, and do not hold.
    fits = _fits(value, "_multiply") & _fits(obs_value, "_divide")
    stated = pl.when(fits).then(pl.col(value)) * pl.col("_multiply")
    base = pl.when(fits).then(pl.col(obs_value)) * pl.col("_divide")
    return fits & (stated == base)


def _fits(number: str, by: str) -> pl.Expr:
    return pl.col(number).cast(pl.Float64).abs() * pl.col(by).cast(pl.Float64) < EXACT_LIMIT


RULES: dict[str, tuple[Rule, ...]] = {
    "observations": (
        _quote_is_text("quote"),
        Rule(
            "unit_stated",
            "refuse",
            "only a ratio, an index or a score stands without a unit",
            "a number in {unit_measure} needs a unit, but none is given",
            lambda: pl.col("unit").is_not_null() | pl.col("_dimension").is_in(WITHOUT_UNIT),
        ),
        Rule(
            "unit_states_unit_measure",
            "refuse",
            "unit is a form of unit_measure",
            "{unit} is a form of {_unit_measure}, not of {unit_measure}",
            lambda: (
                (pl.col("unit_measure") == pl.col("_unit_measure"))
                | pl.col("_also").list.contains(pl.col("unit_measure"))
            ),
        ),
        Rule(
            "base_value",
            "refuse",
            "obs_value is value times the factor of unit, exactly",
            "{value} {unit} is not {obs_value} {unit_measure}",
            lambda: _converts("value", "obs_value"),
        ),
        Rule(
            "base_value_high",
            "refuse",
            "obs_value_high is value_high times the factor of unit, exactly",
            "{value_high} {unit} is not {obs_value_high} {unit_measure}",
            lambda: pl.col("value_high").is_null() | _converts("value_high", "obs_value_high"),
        ),
        Rule(
            "level_dimension",
            "refuse",
            "a level is stated in a unit of the indicator's dimension",
            "{indicator_name} is measured in {_indicator_dimension}, but {unit_measure} measures {_dimension}",
            lambda: (pl.col("measure") != "level") | _same("_dimension", "_indicator_dimension"),
        ),
        Rule(
            "change_dimension",
            "refuse",
            "a change is stated in a unit of the indicator's dimension or in percentage points",
            "a change of {indicator_name} is measured in {_indicator_dimension} or percentage points, but "
            "{unit_measure} measures {_dimension}",
            lambda: (
                (pl.col("measure") != "change")
                | _same("_dimension", "_indicator_dimension")
                | (pl.col("unit_measure") == "PERCENT_POINT")
            ),
        ),
        Rule(
            "indicator_name",
            "refuse",
            "indicator_name is the standard name of the indicator",
            "the standard name of {indicator} is {_indicator_name_zh}, not {indicator_name}",
            lambda: pl.col("indicator_name") == pl.col("_indicator_name_zh"),
        ),
        Rule(
            "ref_area_name",
            "refuse",
            "ref_area_name is the official name of the place",
            "the official name of {ref_area} is {_place_name}, not {ref_area_name}",
            lambda: pl.col("ref_area_name") == pl.col("_place_name"),
        ),
        Rule(
            "hard_range",
            "refuse",
            "a level is possible: within hard_min and hard_max of its indicator",
            "{obs_value} {unit_measure} is impossible for {indicator_name}: it lies between {_indicator_hard_min} and "
            "{_indicator_hard_max}",
            within_hard_range,
        ),
        Rule(
            "unit_slip",
            "refuse",
            "a level is not implausible where the neighbouring unit would make it plausible (万元 for 亿元); only "
            "where the plausible values in both units have none in common",
            "{obs_value} {unit_measure} is implausible for {indicator_name} of a {_level}, and 10,000 times off from "
            "what is plausible",
            without_unit_slip,
            slip_suggestion,
        ),
        Rule(
            "actual_in_the_future",
            "refuse",
            "an actual value is not of a period that begins after its document was published",
            "{time_period} had not begun when the document was published on {_published_at}, but the number is told as "
            "actual",
            not_in_the_future,
        ),
        Rule(
            "ratio_precision",
            "refuse",
            "a ratio has no more decimals than its indicator is ever published with",
            ratio_reason,
            lambda: ~is_ratio() | has_usual_decimals(),
            ratio_without_colon,
        ),
        Rule(
            "usual_precision",
            "doubt",
            "a level has no more decimals than offices print for its indicator",
            "{indicator_name} is usually published with at most {_indicator_decimals} decimals",
            lambda: is_ratio() | has_usual_decimals(),
        ),
        Rule(
            "soft_range",
            "doubt",
            "a level is plausible for a place of its level: within the soft range of its indicator",
            "{obs_value} {unit_measure} is implausible for {indicator_name} of a {_level}",
            within_soft_range,
        ),
        Rule(
            "target_in_the_past",
            "doubt",
            "the period of a target is not over when its document is published",
            "{time_period} was over when the document was published on {_published_at}, but the number is told as "
            "target",
            not_in_the_past,
        ),
        Rule(
            "growth_soft_range",
            "doubt",
            "a growth over a year is plausible: within the soft growth range of its indicator",
            "a growth of {obs_value}% is implausible for {indicator_name}",
            within_growth_range,
        ),
    ),
    **{table.name: (_quote_is_text("quote"),) for table in FACT_TABLES if table.name != "observations"},
    "number_ledger": (_quote_is_text("text"),),
}
