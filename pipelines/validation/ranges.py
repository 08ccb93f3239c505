"""What is possible and what is plausible: expressions over the ranges of the registry and the day of the document.

Belongs here: the expressions, and what a value that breaks one probably should be. Does not belong here: which of them
refuse and which doubt (`rules.py`), or the ranges themselves (`schemas/registry/indicators.csv`).
"""

import polars as pl

from pipelines.validation.reference import power_of_ten
from pipelines.validation.refusal import in_words, value_in_words
from schemas.registry_indicators import SLIP, SOFT_LEVELS


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


def within_hard_range() -> pl.Expr:
    """Whether a level is possible at all."""
    # A part of the whole may lie below a minimum of the whole, except below one that no number can be under.
    low = (pl.col("obs_value") >= pl.col("_indicator_hard_min")) | (~_whole() & (pl.col("_indicator_hard_min") > 0))
    high = _upper_end() <= pl.col("_indicator_hard_max")
    return ~_states_level() | (low.fill_null(True) & high.fill_null(True))


def _soft(end: str) -> pl.Expr:
    """The end of the plausible range at the level of the row's place; a town is at most what a county is."""
    ends = [pl.when(pl.col("_level") == level).then(pl.col(f"_indicator_soft_{level}_{end}")) for level in SOFT_LEVELS]
    if end == "max":
        ends.append(pl.when(pl.col("_level") == "town").then(pl.col("_indicator_soft_county_max")))
    return pl.coalesce(ends)


def _provable() -> pl.Expr:
    """Whether the plausible values of the row's level and the same taken for another unit have none in common."""
    return pl.coalesce(
        pl.when(pl.col("_level") == level).then(pl.col(f"_indicator_unit_slip_{level}")) for level in SOFT_LEVELS
    )


def _shifted(times: int) -> pl.Expr:
    """The row's value as it were in a unit 10,000 times smaller (-1) or larger (1), where that is plausible."""
    # A cast to float is exact enough to see on which side of a range a number lies.
    value = pl.col("obs_value").cast(pl.Float64) * float(SLIP) ** times
    plausible = (value >= _soft("min").cast(pl.Float64)) & (value <= _soft("max").cast(pl.Float64))
    beside = pl.col("obs_value") > _soft("max") if times < 0 else pl.col("obs_value") < _soft("min")
    slipped = _provable() & plausible & beside & _states_level() & _whole() & ~within_soft_range()
    return pl.when(slipped).then(value)


def without_unit_slip() -> pl.Expr:
    """False where a value is implausible as it stands and plausible in the neighbouring unit, and never both."""
    return (_shifted(-1).is_null() & _shifted(1).is_null()).fill_null(True)


def slip_suggestion() -> pl.Expr:
    """The value as it probably was meant, in the base unit: 52000 CNY for 5.2亿元 of income a head."""

    def told(times: int, words: str) -> pl.Expr:
        shifted = _shifted(times).cast(pl.Decimal(38, 6)).cast(pl.String).str.replace(r"\.?0+$", "")
        return pl.format("{} {}, if the unit is 10,000 times {}", shifted, pl.col("unit_measure"), pl.lit(words))

    return pl.coalesce(told(-1, "smaller"), told(1, "larger"))


def _first_day() -> pl.Expr:
    return pl.col("time_period").str.split("/").list.first()


def _last_day() -> pl.Expr:
    return pl.col("time_period").str.split("/").list.last()


def _published(as_fine_as: pl.Expr) -> pl.Expr:
    """The day of publication, as finely as a part of a period is written: 2024-03 beside 2024-01."""
    return pl.col("_published_at").dt.strftime("%Y-%m-%d").str.slice(0, as_fine_as.str.len_chars())


def not_in_the_future() -> pl.Expr:
    """False for an actual value of a period that begins after its document was published."""
    return (pl.col("nature") != "actual") | (_first_day() <= _published(_first_day()))


def not_in_the_past() -> pl.Expr:
    """False for a target whose period was over before its document was published."""
    return (pl.col("nature") != "target") | (_last_day() >= _published(_last_day()))


def within_soft_range() -> pl.Expr:
    """Whether a level is plausible for a place of its level."""
    flow = pl.col("_indicator_behaviour") == "flow"
    # A part, or a flow over some months, may be smaller than the year's whole; a flow over several years may be larger.
    low = (pl.col("obs_value") >= _soft("min")) | ~_whole() | (flow & ~_years(False).fill_null(False))
    high = (_upper_end() <= _soft("max")) | (flow & _years(True).fill_null(False))
    return ~_states_level() | (low.fill_null(True) & high.fill_null(True))


def within_growth_range() -> pl.Expr:
    """Whether the growth of a whole over a year is plausible."""
    inside = pl.col("obs_value").is_between("_indicator_growth_soft_min", "_indicator_growth_soft_max")
    applies = (pl.col("measure") == "growth") & (pl.col("unit_measure") == "PERCENT") & _whole()
    return ~applies | _years(True).fill_null(False) | inside


def has_usual_decimals() -> pl.Expr:
    """Whether a level has no more decimals than offices print."""
    return ~_states_level() | _has_decimals(pl.col("obs_value"))


def _has_decimals(number: pl.Expr) -> pl.Expr:
    """Whether a number has no more decimals than its indicator is published with."""
    # The largest numbers have none that anyone would print, and their product could overflow.
    small = pl.when(number.abs() < 10**18).then(number)
    return small * power_of_ten(pl.col("_indicator_decimals")) % 1 == 0


def is_ratio() -> pl.Expr:
    """Whether the number is a bare ratio, 1.75."""
    return pl.col("unit_measure") == "RATIO"


def ratio_without_colon() -> pl.Expr:
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


def ratio_reason() -> pl.Expr:
    """What is wrong with a ratio that has too many decimals."""
    told = in_words(
        "{indicator_name} is never published with more than {_indicator_decimals} decimals, but the text says {value}"
    )
    lost = pl.concat_str(pl.lit("; probably "), ratio_without_colon(), pl.lit(":1 with the colon lost"))
    return pl.concat_str(told, lost.fill_null(""))
