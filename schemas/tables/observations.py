"""The table of observations: numbers that describe a place.

Rules that need the registry or the text (units, ranges, quotes) are in `pipelines/validation/rules.py`; here is what
one row can say by itself.
"""

from typing import get_args

import polars as pl

from schemas.columns import NUMBER, TEXT, Column, ForeignKey, RowRule, Table
from schemas.meanings import meanings
from schemas.tables.provenance import DOC_ID, PROVENANCE, SECTION, TO_DOCUMENT, quote_fills_span
from schemas.vocabulary import (
    BREAKDOWN_PATTERN,
    FACT_ID_PATTERN,
    PERIOD_PATTERN,
    PLACE_CODE_PATTERN,
    UNIT_MEASURE_PATTERN,
    Bound,
    Measure,
    Nature,
    ObsStatus,
    PeriodBasis,
    PlaceBasis,
)

# Far above anything a place reports (the whole country's product is about 1.4e14 yuan), and small enough that value
# times factor stays exact in 38 digits.
VALUE_LIMIT = 10**18
OBS_VALUE_LIMIT = 10**24


def _measure_in(measure: str, *unit_measures: str) -> RowRule:
    words = " or ".join(unit_measures)
    quoted = ", ".join(f"'{code}'" for code in unit_measures)
    return RowRule(
        f"{measure}_unit",
        f"a {measure} is stated in {words}",
        f"a {measure} is stated in {words}, not in {{unit_measure}}",
        lambda: (pl.col("measure") != measure) | pl.col("unit_measure").is_in(list(unit_measures)),
        f"measure <> '{measure}' OR unit_measure IN ({quoted})",
    )


OBSERVATIONS = Table(
    name="observations",
    description="One row for each number that describes a place. Values of one indicator may come in several units, "
    "with bounds, as targets, for parts of the whole, and from several documents: filter on unit_measure, bound, "
    "nature, breakdown and obs_status before comparing or adding, or use marts.indicator_series.",
    primary_key=("observation_id",),
    enforce_key=False,
    columns=(
        Column("observation_id", TEXT, "Stable hash: same document and code, same id.", False, pattern=FACT_ID_PATTERN),
        DOC_ID,
        SECTION,
        Column(
            "ref_area",
            TEXT,
            "GB/T 2260 code of the place (6 digits; 9 or 12 for a town or village). NULL when the text names no place "
            "or an unnamed group.",
            pattern=PLACE_CODE_PATTERN,
        ),
        Column(
            "ref_area_name",
            TEXT,
            "Official full name of that place; also of a zone that has a name but no code (雄安新区).",
        ),
        Column("ref_area_text", TEXT, "The words of the text where no code applies: 3个县域, 百强县."),
        Column(
            "place_basis",
            TEXT,
            f"How the place is known: {meanings('place_basis')}",
            domain=get_args(PlaceBasis),
        ),
        Column(
            "indicator",
            TEXT,
            "Code in indicators. NULL when the registry has no such indicator; then only indicator_name says what it "
            "is.",
            pattern=UNIT_MEASURE_PATTERN,
        ),
        Column(
            "indicator_name", TEXT, "Standard Chinese name, or the words of the text where there is no code.", False
        ),
        Column(
            "breakdown",
            TEXT,
            'JSON object of texts: which part the number is for, as {"industry": "…"}; {} for the whole. A part is '
            "never comparable with the whole.",
            False,
            pattern=BREAKDOWN_PATTERN,
        ),
        Column(
            "measure",
            TEXT,
            f"What kind of number it is: {meanings('measure')}",
            False,
            domain=get_args(Measure),
        ),
        Column(
            "value",
            NUMBER,
            "The number in the unit as written: 8.5 for 8.5万元. For a range, its lower end.",
            False,
            minimum=-VALUE_LIMIT,
            maximum=VALUE_LIMIT,
            unit="as in column unit",
        ),
        Column(
            "value_high",
            NUMBER,
            "Upper end of a range; NULL otherwise.",
            minimum=-VALUE_LIMIT,
            maximum=VALUE_LIMIT,
            unit="as in column unit",
        ),
        Column(
            "unit",
            TEXT,
            "Unit as written, in its usual form: 万元, 亿美元, %. Mixed within an indicator: compare obs_value. NULL "
            "for a number that has none, such as a ratio.",
        ),
        Column(
            "obs_value",
            NUMBER,
            "The number in the base unit: 85000 for 8.5万元. Only rows of one unit_measure can be compared.",
            False,
            minimum=-OBS_VALUE_LIMIT,
            maximum=OBS_VALUE_LIMIT,
            unit="as in column unit_measure",
        ),
        Column(
            "obs_value_high",
            NUMBER,
            "Upper end of a range in the base unit; NULL otherwise.",
            minimum=-OBS_VALUE_LIMIT,
            maximum=OBS_VALUE_LIMIT,
            unit="as in column unit_measure",
        ),
        Column("unit_measure", TEXT, "Base unit: CNY, USD, PERSON, PERCENT, …", False, pattern=UNIT_MEASURE_PATTERN),
        Column(
            "bound",
            TEXT,
            f"{meanings('bound')} Only exact can be compared and added as it stands.",
            False,
            domain=get_args(Bound),
        ),
        Column(
            "nature",
            TEXT,
            f"{meanings('nature')} Never mix targets with actual values.",
            False,
            domain=get_args(Nature),
        ),
        Column(
            "time_period",
            TEXT,
            "ISO 8601: 2023, 2024-09, 2017-01/2017-03, 2022/2025 (years inclusive). A deadline 到2025年 is 2025. NULL "
            "when the text does not let one tell. Parts of a year do not compare with years.",
            pattern=PERIOD_PATTERN,
        ),
        Column(
            "period_basis",
            TEXT,
            f"How the period is known: {meanings('period_basis')}",
            False,
            domain=get_args(PeriodBasis),
        ),
        Column(
            "obs_status",
            TEXT,
            f"SDMX observation status: {meanings('obs_status')} Column doubts says what doubts it.",
            False,
            domain=get_args(ObsStatus),
        ),
        Column(
            "doubts", TEXT, "Names of the rules that doubt the row, separated by |; NULL for none. Set by validation."
        ),
        *PROVENANCE,
    ),
    foreign_keys=(
        TO_DOCUMENT,
        ForeignKey("ref_area", "places.code"),
        ForeignKey("indicator", "indicators.code"),
        ForeignKey("unit", "units.text"),
        ForeignKey("unit_measure", "unit_measures.unit_measure"),
    ),
    rules=(
        quote_fills_span("quote"),
        RowRule(
            "value_high_with_range",
            "value_high is given exactly when bound is range",
            "bound is {bound} but value_high is {value_high}",
            lambda: (pl.col("bound") == "range") == pl.col("value_high").is_not_null(),
            "(bound = 'range') = (value_high IS NOT NULL)",
        ),
        RowRule(
            "value_high_above_value",
            "value_high is above value",
            "the range ends at {value_high}, which is not above its start {value}",
            lambda: pl.col("value_high") > pl.col("value"),
            "value_high > value",
        ),
        RowRule(
            "obs_value_high_with_value_high",
            "obs_value_high is given exactly when value_high is",
            "value_high is {value_high} but obs_value_high is {obs_value_high}",
            lambda: pl.col("obs_value_high").is_null() == pl.col("value_high").is_null(),
            "(obs_value_high IS NULL) = (value_high IS NULL)",
        ),
        _measure_in("growth", "PERCENT", "PERMILLE"),
        _measure_in("share", "PERCENT", "PERMILLE"),
        # 翻两番 is two doublings, which is no plain multiple.
        _measure_in("multiple", "MULTIPLE", "DOUBLING"),
        # 2.08 of two incomes, and 60% of an average
        _measure_in("ratio", "RATIO", "PERCENT"),
        RowRule(
            "ref_area_with_name",
            "a place with a code has its name",
            "ref_area is {ref_area} but ref_area_name is {ref_area_name}",
            lambda: pl.col("ref_area").is_null() | pl.col("ref_area_name").is_not_null(),
            "ref_area IS NULL OR ref_area_name IS NOT NULL",
        ),
        RowRule(
            "period_basis_with_period",
            "period_basis is unknown exactly when there is no time_period",
            "time_period is {time_period} but period_basis is {period_basis}",
            lambda: pl.col("time_period").is_null() == (pl.col("period_basis") == "unknown"),
            "(time_period IS NULL) = (period_basis = 'unknown')",
        ),
        RowRule(
            "time_period_in_order",
            "a period ends after it starts",
            "the period {time_period} does not end after it starts",
            lambda: (
                pl.col("time_period").str.split("/").list.first()
                < pl.col("time_period").str.split("/").list.get(1, null_on_oob=True)
            ),
            "NOT contains(time_period, '/') OR split_part(time_period, '/', 1) < split_part(time_period, '/', 2)",
        ),
        RowRule(
            "obs_status_with_nature",
            "a target is F or Q, an estimate E, F or Q, an actual value never F",
            "a number that is {nature} cannot have obs_status {obs_status}",
            lambda: (
                pl.when(pl.col("nature") == "target")
                .then(pl.col("obs_status").is_in(["F", "Q"]))
                .when(pl.col("nature") == "estimate")
                .then(pl.col("obs_status").is_in(["E", "F", "Q"]))
                .otherwise(pl.col("obs_status") != "F")
            ),
            "CASE nature WHEN 'target' THEN obs_status IN ('F', 'Q') WHEN 'estimate' THEN obs_status IN ('E', 'F', "
            "'Q') ELSE obs_status <> 'F' END",
        ),
        RowRule(
            "doubts_with_status",
            "a row with doubts is marked Q",
            "the row is doubted by {doubts} but its obs_status is {obs_status}",
            lambda: pl.col("doubts").is_null() | (pl.col("obs_status") == "Q"),
            "doubts IS NULL OR obs_status = 'Q'",
        ),
    ),
)
