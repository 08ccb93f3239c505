"""The rules of validation that need the registry or the text: units, exact conversion, ranges, names, quotes.

A rule is a value with a name, a sentence and an expression over the columns of the row and those that
`reference.with_reference` joins; a new rule is a new value in `RULES`. What a table can say about itself is in
`schemas/tables`; rules that compare rows with each other do not belong here.

A rule either refuses a row or doubts it: a doubted row is published with `obs_status` Q and the rule's name in
`doubts`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import polars as pl

from pipelines.validation.reference import power_of_ten
from pipelines.validation.refusal import Words, in_words, value_in_words
from schemas.registry_indicators import SOFT_LEVELS
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


def _states_level() -> pl.Expr:
    """Whether the number is the indicator itself in its own base unit, so that its ranges apply."""
    own = pl.col("unit_measure") == pl.col("_indicator_unit_measure")
    return own & pl.col("measure").is_in(["level", "share", "ratio"])


def _whole() -> pl.Expr:
    return pl.col("breakdown") == "{}"


def _years(several: bool) -> pl.Expr:
    """Whether the period spans several years, or is one year."""
    return pl.col("time_period").str.contains("^[0-9]{4}/[0-9]{4}$" if several else "^[0-9]{4}$")


def _upper_end() -> pl.Expr:
    return pl.max_horizontal("obs_value", "obs_value_high")


def _within_hard_range() -> pl.Expr:
    # A part of the whole may lie below a minimum of the whole, except below one that no number can be under.
    low = (pl.col("obs_value") >= pl.col("_indicator_hard_min")) | (~_whole() & (pl.col("_indicator_hard_min") > 0))
    high = _upper_end() <= pl.col("_indicator_hard_max")
    return ~_states_level() | (low.fill_null(True) & high.fill_null(True))


def _soft(end: str) -> pl.Expr:
    """The end of the plausible range at the level of the row's place."""
    return pl.coalesce(
        pl.when(pl.col("_level") == level).then(pl.col(f"_indicator_soft_{level}_{end}")) for level in SOFT_LEVELS
    )


def _within_soft_range() -> pl.Expr:
    flow = pl.col("_indicator_behaviour") == "flow"
    # A part, or a flow over some months, may be smaller than the year's whole; a flow over several years may be larger.
    low = (pl.col("obs_value") >= _soft("min")) | ~_whole() | (flow & ~_years(False).fill_null(False))
    high = (_upper_end() <= _soft("max")) | (flow & _years(True).fill_null(False))
    return ~_states_level() | (low.fill_null(True) & high.fill_null(True))


def _within_growth_range() -> pl.Expr:
    inside = pl.col("obs_value").is_between("_indicator_growth_soft_min", "_indicator_growth_soft_max")
    applies = (pl.col("measure") == "growth") & (pl.col("unit_measure") == "PERCENT") & _whole()
    return ~applies | _years(True).fill_null(False) | inside


def _has_usual_decimals() -> pl.Expr:
    return ~_states_level() | _has_decimals(pl.col("obs_value"))


def _has_decimals(number: pl.Expr) -> pl.Expr:
    """Whether a number has no more decimals than its indicator is published with."""
    # The largest numbers have none that anyone would print, and their product could overflow.
    small = pl.when(number.abs() < 10**18).then(number)
    return small * power_of_ten(pl.col("_indicator_decimals")) % 1 == 0


def _is_ratio() -> pl.Expr:
    return pl.col("unit_measure") == "RATIO"


def _ratio_without_colon() -> pl.Expr:
    """1.75 for 1.751: the reading in which the last 1 is what is left of ":1", where that reading is plausible."""
    text = value_in_words("value")
    shorter = text.str.head(-1).str.strip_chars_end(".")
    number = shorter.cast(pl.Decimal(38, 6), strict=False)
    plausible = (
        _has_decimals(number)
        & (number >= pl.max_horizontal("_indicator_hard_min", _soft("min"))).fill_null(True)
        & (number <= pl.min_horizontal("_indicator_hard_max", _soft("max"))).fill_null(True)
    )
    return pl.when(text.str.contains(r"\.[0-9]+1$") & plausible).then(shorter)


def _ratio_reason() -> pl.Expr:
    told = in_words(
        "{indicator_name} is never published with more than {_indicator_decimals} decimals, but the text says {value}"
    )
    lost = pl.concat_str(pl.lit("; probably "), _ratio_without_colon(), pl.lit(":1 with the colon lost"))
    return pl.concat_str(told, lost.fill_null(""))


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
            _within_hard_range,
        ),
        Rule(
            "ratio_precision",
            "refuse",
            "a ratio has no more decimals than its indicator is ever published with",
            _ratio_reason,
            lambda: ~_is_ratio() | _has_usual_decimals(),
            _ratio_without_colon,
        ),
        Rule(
            "usual_precision",
            "doubt",
            "a level has no more decimals than offices print for its indicator",
            "{indicator_name} is usually published with at most {_indicator_decimals} decimals",
            lambda: _is_ratio() | _has_usual_decimals(),
        ),
        Rule(
            "soft_range",
            "doubt",
            "a level is plausible for a place of its level: within the soft range of its indicator",
            "{obs_value} {unit_measure} is implausible for {indicator_name} of a {_level}",
            _within_soft_range,
        ),
        Rule(
            "growth_soft_range",
            "doubt",
            "a growth over a year is plausible: within the soft growth range of its indicator",
            "a growth of {obs_value}% is implausible for {indicator_name}",
            _within_growth_range,
        ),
    ),
    **{table.name: (_quote_is_text("quote"),) for table in FACT_TABLES if table.name != "observations"},
    "number_ledger": (_quote_is_text("text"),),
}
