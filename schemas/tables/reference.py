"""The tables of the registry: places, units, indicators and cross-checks, as users join them to facts.

The data comes from `schemas/registry/*.csv`; `schemas/registry.py` proves it sound.
"""

import polars as pl

from schemas.columns import BOOLEAN, FACTOR, INTEGER, NUMBER, TEXT, TEXT_LIST, Column, ForeignKey, RowRule, Table
from schemas.registry_cross_checks import KINDS
from schemas.registry_indicators import BEHAVIOURS, SOFT_LEVELS
from schemas.registry_places import LEVELS
from schemas.vocabulary import PLACE_CODE_PATTERN, UNIT_MEASURE_PATTERN

ISO_DATE_PATTERN = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


def _range_in_order(low: str, high: str) -> RowRule:
    return RowRule(
        f"{high}_above_{low}",
        f"{high} is above {low}",
        f"{high} {{{high}}} is not above {low} {{{low}}}",
        lambda: pl.col(low) < pl.col(high),
        f"{low} < {high}",
    )


PLACES = Table(
    name="places",
    description="Administrative places of China by GB/T 2260 code, country to counties, with towns by their "
    "statistical code.",
    primary_key=("code",),
    columns=(
        Column("code", TEXT, "Six digits; nine for a town. 000000 is the country.", False, pattern=PLACE_CODE_PATTERN),
        Column("name", TEXT, "Official full name. Not unique: join on code.", False),
        Column("short_name", TEXT, "The name as people write it: 昆山.", False),
        Column("level", TEXT, "Level in the administrative division.", False, domain=(*LEVELS, "town")),
        Column(
            "parent_code",
            TEXT,
            "Code of the place that it belongs to; NULL for the country.",
            pattern=PLACE_CODE_PATTERN,
        ),
        Column("aliases", TEXT_LIST, "Other names.", False),
        Column("ambiguous", BOOLEAN, "Whether the short name also means another place or is an ordinary word.", False),
        Column("pinyin", TEXT, "Short name in pinyin, without tones and spaces; NULL for towns."),
        Column(
            "valid_from",
            TEXT,
            "Since when the code is valid, as exactly as it is known (2021, 2021-04); NULL when older than the data.",
            pattern=ISO_DATE_PATTERN,
        ),
        Column(
            "valid_to",
            TEXT,
            "Until when the code was valid, for a town the last edition of the codes with it; NULL while it is valid.",
            pattern=ISO_DATE_PATTERN,
        ),
    ),
    foreign_keys=(ForeignKey("parent_code", "places.code"),),
    rules=(
        RowRule(
            "country_has_no_parent",
            "every place but the country has a parent",
            "the {level} {name} has the parent {parent_code}",
            lambda: (pl.col("level") == "country") == pl.col("parent_code").is_null(),
            "(level = 'country') = (parent_code IS NULL)",
        ),
    ),
)

UNIT_MEASURES = Table(
    name="unit_measures",
    description="Base units: every obs_value is in one of these. Values of one dimension are not always convertible "
    "(CNY, USD).",
    primary_key=("unit_measure",),
    columns=(
        Column("unit_measure", TEXT, "Code as in observations.unit_measure.", False, pattern=UNIT_MEASURE_PATTERN),
        Column("dimension", TEXT, "What it measures: money, count, area, …", False),
        Column("name_zh", TEXT, "Chinese name.", False),
        Column("name_en", TEXT, "English name.", False),
    ),
)

UNITS = Table(
    name="units",
    description="Every form in which documents write a unit, with its exact factor: obs_value = value * factor.",
    primary_key=("text",),
    columns=(
        Column("text", TEXT, "The form in the text: 万元, ％, 平方千米.", False),
        Column("unit_measure", TEXT, "Base unit that it is usually counted in.", False, pattern=UNIT_MEASURE_PATTERN),
        Column("factor", FACTOR, "obs_value = value * factor, exactly.", False, unit="base units"),
        Column("dimension", TEXT, "What it measures.", False),
        Column("canonical", TEXT, "The form that observations.unit has.", False),
        Column(
            "also", TEXT_LIST, "Other base units that the same words can state with the same factor (户: COUNT).", False
        ),
    ),
    foreign_keys=(ForeignKey("unit_measure", "unit_measures.unit_measure"), ForeignKey("canonical", "units.text")),
    rules=(
        RowRule(
            "factor_positive",
            "a factor is above zero",
            "the factor of {text} is {factor}",
            lambda: pl.col("factor") > 0,
            "factor > 0",
        ),
    ),
)

INDICATORS = Table(
    name="indicators",
    description="What a number can be about. Ranges are in the base unit: outside the hard range is refused, outside "
    "the soft range of the place's level is published as suspect (obs_status Q).",
    primary_key=("code",),
    unique=(("name_zh",),),
    columns=(
        Column("code", TEXT, "Stable code in English.", False, pattern=UNIT_MEASURE_PATTERN),
        Column("name_zh", TEXT, "Standard Chinese name, as in observations.indicator_name.", False),
        Column("name_en", TEXT, "English name.", False),
        Column("aliases", TEXT_LIST, "Other names in documents.", False),
        Column("definition", TEXT, "What it is, in words.", False),
        Column("chapter", TEXT, "Chapter of a statistical communiqué where it is found.", False),
        Column("dimension", TEXT, "What it measures; a level in a unit of another dimension is refused.", False),
        Column("unit_measure", TEXT, "Base unit of its levels and ranges.", False, pattern=UNIT_MEASURE_PATTERN),
        Column(
            "behaviour",
            TEXT,
            "How it behaves over time; only a flow adds up over periods.",
            False,
            domain=BEHAVIOURS,
        ),
        Column(
            "decimals",
            INTEGER,
            "Decimals in the base unit that offices print; NULL when it varies.",
            minimum=0,
            maximum=6,
        ),
        Column("hard_min", NUMBER, "Below this a level is impossible.", unit="as in column unit_measure"),
        Column("hard_max", NUMBER, "Above this a level is impossible.", unit="as in column unit_measure"),
        *(
            Column(
                f"soft_{level}_{end}",
                NUMBER,
                f"{'Smallest' if end == 'min' else 'Largest'} plausible level of the whole of a {level}.",
                unit="as in column unit_measure",
            )
            for level in SOFT_LEVELS
            for end in ("min", "max")
        ),
        *(
            Column(
                f"unit_slip_{level}",
                BOOLEAN,
                f"Whether the plausible values of a {level} tell 万元 from 亿元: no value is plausible in both.",
                False,
            )
            for level in SOFT_LEVELS
        ),
        Column("growth_soft_min", NUMBER, "Smallest plausible growth over a year.", unit="PERCENT"),
        Column("growth_soft_max", NUMBER, "Largest plausible growth over a year.", unit="PERCENT"),
        Column("world_bank", TEXT, "Code of the matching World Bank indicator."),
        Column("sdmx", TEXT, "Code of the matching SDMX concept."),
    ),
    foreign_keys=(ForeignKey("unit_measure", "unit_measures.unit_measure"),),
    rules=(
        _range_in_order("hard_min", "hard_max"),
        *(_range_in_order(f"soft_{level}_min", f"soft_{level}_max") for level in SOFT_LEVELS),
        _range_in_order("growth_soft_min", "growth_soft_max"),
    ),
)

CROSS_CHECKS = Table(
    name="cross_checks",
    description="What several numbers must say together. quality.findings has what does not.",
    primary_key=("name",),
    columns=(
        Column("name", TEXT, "Name of the check.", False),
        Column("kind", TEXT, "How it is computed.", False, domain=tuple(KINDS)),
        Column("whole", TEXT, "Code of the indicator that the parts are held against; NULL where there is none."),
        Column("parts", TEXT_LIST, "Codes of the other indicators; * for every one.", False),
        Column("note_above", NUMBER, "A deviation above this is listed as a note.", False, minimum=0),
        Column("doubt_above", NUMBER, "A deviation above this makes the numbers suspect.", False, minimum=0),
        Column("deviation", TEXT, "What deviations of this kind are measured in.", False),
        Column("description", TEXT, "What holds, in words.", False),
    ),
    foreign_keys=(ForeignKey("whole", "indicators.code"),),
    rules=(
        RowRule(
            "doubt_above_note",
            "doubt_above is above note_above",
            "doubt_above {doubt_above} is not above note_above {note_above}",
            lambda: pl.col("doubt_above") > pl.col("note_above"),
            "doubt_above > note_above",
        ),
    ),
)
