"""Units of measure: the text forms that documents use, their base unit and their exact factor.

Here are the rules of ``units.csv``, ``unit_measures.csv`` and ``scale_words.csv`` and the forms that the
loader makes from them (万元, 亿千瓦时, 元每平方米). Finding units in a text is ``pipelines.extraction``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Context, Decimal, Inexact, localcontext
from fractions import Fraction
from pathlib import Path

from schemas.registry_table import RegistryError, Row, read_rows

# Enough digits for any document; an inexact product raises instead of rounding.
EXACT = Context(prec=60, traps=[Inexact])


@dataclass(frozen=True, slots=True)
class UnitMeasure:
    """A base unit in which values are published.

    Attributes:
        code: SDMX-like code: CNY, PERSON, KM2, CNY_PER_M2.
        dimension: What is measured: money, count, area. Values of one dimension need not be convertible
            (CNY and USD are both money).
        unit: The text form that has factor 1; empty where nobody writes the base unit.
        name_zh: Chinese name.
        name_en: English name.
        reference: Another base unit that this one can be compared in, or None.
        ratio: How much of ``reference`` one of this unit is (1 MU = 1/1500 KM2): a fraction, because
            not every one is a decimal number.
    """

    code: str
    dimension: str
    unit: str
    name_zh: str
    name_en: str
    reference: str | None
    ratio: Fraction | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as a text writes it.

    Attributes:
        text: The form in the text: 万元, ％, 平方千米.
        unit_measure: Code of the base unit.
        factor: ``obs_value = value * factor``, exact.
        dimension: Dimension of the base unit.
        canonical: The form that is published in ``unit``: 亿元, %, 平方公里.
        scale: The power of ten of the scale word in ``text`` (10000 for 万人), 1 without one.
        simple: ``canonical`` without its scale word: 人 for 万人.
        also: Other base units that the same words can state with the same factor: 户 counts households,
            and market entities as well.
    """

    text: str
    unit_measure: str
    factor: Decimal
    dimension: str
    canonical: str
    scale: Decimal
    simple: str
    also: tuple[str, ...]


REACHES = ("large", "common", "traditional", "rare")
# Which scale words a unit joins with, by the word in its `scaled` cell.
JOINS = {
    "": (),
    "large": ("large",),
    "common": ("large", "common"),
    "traditional": ("large", "common", "traditional"),
    "all": REACHES,
}


@dataclass(frozen=True, slots=True)
class ScaleWord:
    """A word for a power of ten that joins with units.

    Attributes:
        text: 万, 千万, 萬.
        factor: The power of ten.
        canonical: The form that is published: 万 for 萬.
        reach: ``large`` joins rates as well (万元/亩), ``common`` every other scaled unit (百亿元), ``traditional``
            (萬戶) and ``rare`` (百亿亿次/秒) only those that ask for them.
    """

    text: str
    factor: Decimal
    canonical: str
    reach: str


def load_unit_measures(folder: Path) -> dict[str, UnitMeasure]:
    """Read ``unit_measures.csv`` and prove it sound."""
    columns = ("unit_measure", "dimension", "unit", "name_zh", "name_en", "reference", "ratio")
    measures: dict[str, UnitMeasure] = {}
    rows: list[Row] = list(read_rows(folder, "unit_measures.csv", columns))
    for row in rows:
        code = row.required("unit_measure")
        if code in measures:
            raise row.error("unit-measure-unique", f"{code} is there twice", "keep one of the rows")
        reference, ratio_text = row.text("reference"), row.text("ratio")
        if bool(reference) != bool(ratio_text):
            raise row.error("reference-with-ratio", "reference and ratio come together", "fill in both or neither")
        measures[code] = UnitMeasure(
            code,
            row.required("dimension"),
            row.text("unit"),
            row.required("name_zh"),
            row.required("name_en"),
            reference or None,
            _ratio(row, ratio_text) if ratio_text else None,
        )
    for row in rows:
        measure = measures[row.text("unit_measure")]
        if measure.reference is None:
            continue
        target = measures.get(measure.reference)
        if target is None or target.reference is not None:
            raise row.error(
                "reference-direct",
                f"reference {measure.reference} must be a base unit that has no reference itself",
                "point at the unit that stands for the dimension",
            )
    return measures


def _ratio(row: Row, text: str) -> Fraction:
    try:
        ratio = Fraction(text)
    except (ValueError, ZeroDivisionError):
        ratio = Fraction(0)
    if ratio <= 0:
        raise row.error("ratio", f"ratio {text!r} is not a positive fraction", "write for example 1/1500")
    return ratio


def load_scale_words(folder: Path) -> dict[str, ScaleWord]:
    """Read ``scale_words.csv`` and prove it sound."""
    words: dict[str, ScaleWord] = {}
    for row in read_rows(folder, "scale_words.csv", ("text", "factor", "canonical", "reach")):
        text, factor = row.required("text"), row.decimal("factor")
        if text in words:
            raise row.error("scale-unique", f"{text} is there twice", "keep one of the rows")
        if factor is None or factor <= 1 or Decimal(10) ** factor.adjusted() != factor:
            raise row.error("scale-power-of-ten", f"{text} must have a power of ten above 1", "mend the factor")
        canonical = row.required("canonical")
        if canonical != text and (canonical not in words or words[canonical].factor != factor):
            raise row.error(
                "scale-canonical", f"{canonical} must be an earlier row with the same factor", "move or mend it"
            )
        words[text] = ScaleWord(text, factor, canonical, row.one_of("reach", REACHES))
    return words


def load_units(folder: Path, measures: Mapping[str, UnitMeasure], scales: Mapping[str, ScaleWord]) -> dict[str, Unit]:
    """Read ``units.csv``, make the compound forms, and prove the whole sound.

    Returns:
        Every text form of a unit, longest forms included, by its text.
    """
    units: dict[str, Unit] = {}
    rows: list[tuple[Row, Unit]] = []
    columns = ("text", "unit_measure", "factor", "canonical", "scaled", "also")
    for row in read_rows(folder, "units.csv", columns):
        unit = _simple_unit(row, measures)
        if unit.text in units:
            raise row.error("unit-text-unique", f"the unit {unit.text} is there twice", "keep one of the rows")
        units[unit.text] = unit
        rows.append((row, unit))
    for row, unit in rows:
        canonical = units.get(unit.canonical)
        if canonical is None or (canonical.unit_measure, canonical.factor, canonical.canonical) != (
            unit.unit_measure,
            unit.factor,
            unit.canonical,
        ):
            raise row.error(
                "unit-canonical",
                f"canonical {unit.canonical} must be a row of its own with the same base unit and factor",
                "add that row or mend this one",
            )
    for measure in measures.values():
        base = units.get(measure.unit)
        if measure.unit and (base is None or base.unit_measure != measure.code or base.factor != 1):
            raise RegistryError(
                "unit-measure-base",
                "unit_measures.csv",
                None,
                f"{measure.unit} must be a unit of {measure.code} with factor 1",
                "mend unit_measures.csv or units.csv",
            )
    _add_compounds(units, rows, scales, measures)
    return units


def _simple_unit(row: Row, measures: Mapping[str, UnitMeasure]) -> Unit:
    """Read one row of ``units.csv``."""
    text, code, factor = row.required("text"), row.required("unit_measure"), row.decimal("factor")
    also = row.parts("also")
    for measure in (code, *also):
        if measure not in measures:
            raise row.error("unit-measure-known", f"{measure} is not in unit_measures.csv", "add it there or mend it")
    if factor is None or factor <= 0:
        raise row.error("unit-factor", f"the factor of {text} must be a positive decimal number", "mend the factor")
    if code in also:
        raise row.error("unit-also", f"also repeats {code}", "name only other base units")
    row.one_of("scaled", tuple(JOINS))
    canonical = row.required("canonical")
    return Unit(text, code, factor, measures[code].dimension, canonical, Decimal(1), canonical, also)


def _add_compounds(
    units: dict[str, Unit],
    rows: list[tuple[Row, Unit]],
    scales: Mapping[str, ScaleWord],
    measures: Mapping[str, UnitMeasure],
) -> None:
    """Add 万元, 亿美元, 万元每亩 … to the units; a form that is also written out must mean the same."""
    made: list[tuple[Row, Unit]] = []
    with localcontext(EXACT):
        for row, unit in rows:
            # 元每平方米 and 元／平方米 are 元/平方米
            forms = [unit.text.replace("/", sign) for sign in "/每／"] if "/" in unit.text[1:] else [unit.text]
            words = [word for word in scales.values() if word.reach in JOINS[row.text("scaled")]]
            for form in forms:
                units.setdefault(form, replace(unit, text=form))
                for word in words:
                    compound = Unit(
                        word.text + form,
                        unit.unit_measure,
                        unit.factor * word.factor,
                        unit.dimension,
                        word.canonical + unit.canonical,
                        word.factor,
                        unit.simple,
                        unit.also,
                    )
                    made.append((row, compound))
    for row, compound in made:
        present = units.setdefault(compound.text, compound)
        # 千米 is 1000 M as 千 and 米, and 1 KM as it is written out: the row wins, the quantity is the same
        if _quantity(present, measures) != _quantity(compound, measures):
            raise row.error(
                "unit-compound",
                f"the compound {compound.text} is also written out, with another meaning",
                "empty the scaled cell or mend the other row",
            )
    for row, compound in made:
        published = units.get(compound.canonical)
        if units[compound.text] is compound and (published is None or published.canonical != compound.canonical):
            raise row.error(
                "unit-reach",
                f"{compound.text} is published as {compound.canonical}, which is no published form of a unit",
                f"let {compound.text} join with as many scale words as {compound.simple}, and no more",
            )


def _quantity(unit: Unit, measures: Mapping[str, UnitMeasure]) -> tuple[str, Fraction]:
    """Return what one of a unit is, in the base unit that others are compared in."""
    measure = measures[unit.unit_measure]
    return measure.reference or measure.code, Fraction(unit.factor) * (measure.ratio or 1)
