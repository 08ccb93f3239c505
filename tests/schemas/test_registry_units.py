"""Units: exact factors, compound forms, and agreement with Pint."""

from decimal import Decimal
from fractions import Fraction

import pint
import pytest

from schemas.registry import Registry, load_registry

# What each base unit is to physics. A base unit that is not here is counted, priced or Chinese custom.
BASE_UNITS = {
    "KM2": "kilometer**2",
    "M2": "meter**2",
    "M": "meter",
    "MM": "millimeter",
    "KM": "kilometer",
    "TONNE": "metric_ton",
    "M3": "meter**3",
    "KW": "kilowatt",
    "KVA": "kilovolt_ampere",
    "KWH": "kilowatt_hour",
    "JOULE": "joule",
    "YEAR": "year",
    "MONTH": "month",
    "DAY": "day",
    "HOUR": "hour",
    "MINUTE": "minute",
    "SECOND": "second",
    "VOLT": "volt",
    "HERTZ": "hertz",
    "PASCAL": "pascal",
    "GB": "gigabyte",
    "MBPS": "megabit/second",
    "UG_PER_M3": "microgram/meter**3",
    "MG_PER_L": "milligram/liter",
    "MG_PER_KG": "milligram/kilogram",
    "M_PER_S": "meter/second",
    "KM_PER_H": "kilometer/hour",
    "M3_PER_S": "meter**3/second",
    "M3_PER_DAY": "meter**3/day",
    "M3_PER_YEAR": "meter**3/year",
    "TONNE_PER_DAY": "metric_ton/day",
    "TONNE_PER_YEAR": "metric_ton/year",
    "KWH_PER_YEAR": "kilowatt_hour/year",
    "KG_PER_HA": "kilogram/hectare",
    "PERCENT": "percent",
    "PERMILLE": "permille",
}
# Base units with a ratio to another that physics knows as well.
COMPARABLE = ["PERMILLE", "JOULE", "MONTH", "HOUR", "MINUTE", "SECOND", "KM_PER_H", "M3_PER_S", "M2", "M", "MM"]
# Pint's word for the published form of a unit. 斤, 担 and 里 are Chinese custom, fixed by law at these values.
PHYSICAL = {
    "平方公里": "kilometer**2",
    "公顷": "hectare",
    "平方米": "meter**2",
    "公里": "kilometer",
    "皮长公里": "kilometer",
    "里": "500 * meter",
    "海里": "nautical_mile",
    "米": "meter",
    "厘米": "centimeter",
    "毫米": "millimeter",
    "微米": "micrometer",
    "纳米": "nanometer",
    "英寸": "inch",
    "吨": "metric_ton",
    "公斤": "kilogram",
    "斤": "500 * gram",
    "担": "50 * kilogram",
    "克": "gram",
    "毫克": "milligram",
    "克拉": "carat",
    "立方米": "meter**3",
    "升": "liter",
    "毫升": "milliliter",
    "千升": "kiloliter",
    "千瓦": "kilowatt",
    "瓦": "watt",
    "兆瓦": "megawatt",
    "吉瓦": "gigawatt",
    "马力": "metric_horsepower",
    "千伏安": "kilovolt_ampere",
    "兆伏安": "megavolt_ampere",
    "千瓦时": "kilowatt_hour",
    "度": "kilowatt_hour",
    "兆瓦时": "megawatt_hour",
    "吉瓦时": "gigawatt_hour",
    "太瓦时": "terawatt_hour",
    "焦耳": "joule",
    "千焦": "kilojoule",
    "兆焦": "megajoule",
    "吉焦": "gigajoule",
    "千卡": "kilocalorie",
    "年": "year",
    "周年": "year",
    "岁": "year",
    "个月": "month",
    "个季度": "3 * month",
    "天": "day",
    "周": "week",
    "小时": "hour",
    "机时": "hour",
    "分钟": "minute",
    "秒": "second",
    "毫秒": "millisecond",
    "微秒": "microsecond",
    "伏": "volt",
    "千伏": "kilovolt",
    "赫兹": "hertz",
    "兆赫": "megahertz",
    "吉赫": "gigahertz",
    "帕": "pascal",
    "兆帕": "megapascal",
    "GB": "gigabyte",
    "MB": "megabyte",
    "TB": "terabyte",
    "PB": "petabyte",
    "EB": "exabyte",
    "ZB": "zettabyte",
    "Mbps": "megabit/second",
    "Gbps": "gigabit/second",
    "Tbps": "terabit/second",
    "微克/立方米": "microgram/meter**3",
    "毫克/立方米": "milligram/meter**3",
    "毫克/升": "milligram/liter",
    "毫克/千克": "milligram/kilogram",
    "克/千克": "gram/kilogram",
    "米/秒": "meter/second",
    "公里/小时": "kilometer/hour",
    "立方米/秒": "meter**3/second",
    "立方米/日": "meter**3/day",
    "立方米/年": "meter**3/year",
    "立方米/小时": "meter**3/hour",
    "吨/日": "metric_ton/day",
    "吨/年": "metric_ton/year",
    "吨/小时": "metric_ton/hour",
    "千瓦时/年": "kilowatt_hour/year",
    "公斤/公顷": "kilogram/hectare",
    "吨/公顷": "metric_ton/hectare",
    "%": "percent",
    "成": "10 * percent",
    "‰": "permille",
    "‱": "0.1 * permille",
    "/10万": "0.01 * permille",
}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


@pytest.fixture(scope="module")
def physics() -> pint.UnitRegistry:
    return pint.UnitRegistry(non_int_type=Decimal)


def _simple(registry: Registry) -> dict[str, Decimal]:
    """Published form -> factor of each unit with a physical base, without scale words."""
    return {
        unit.canonical: unit.factor
        for unit in registry.units.values()
        if unit.scale == 1 and unit.unit_measure in BASE_UNITS
    }


def test_every_physical_unit_is_compared_with_pint(registry: Registry) -> None:
    assert set(_simple(registry)) == set(PHYSICAL)


@pytest.mark.parametrize("canonical", PHYSICAL)
def test_factor_agrees_with_pint(registry: Registry, physics: pint.UnitRegistry, canonical: str) -> None:
    unit = registry.units[canonical]
    expected = physics.parse_expression(PHYSICAL[canonical]).to(BASE_UNITS[unit.unit_measure]).magnitude
    assert abs(unit.factor - expected) <= abs(expected) * Decimal("1e-24")


@pytest.mark.parametrize("code", COMPARABLE)
def test_ratio_between_base_units_agrees_with_pint(registry: Registry, physics: pint.UnitRegistry, code: str) -> None:
    measure = registry.unit_measures[code]
    assert measure.reference is not None
    assert measure.ratio is not None
    expected = physics.parse_expression(BASE_UNITS[code]).to(BASE_UNITS[measure.reference]).magnitude
    assert abs(measure.ratio - Fraction(expected)) < measure.ratio / 10**15


def test_every_ratio_between_physical_base_units_is_compared(registry: Registry) -> None:
    physical = {
        measure.code
        for measure in registry.unit_measures.values()
        if measure.code in BASE_UNITS and measure.reference in BASE_UNITS
    }
    assert physical == set(COMPARABLE)


@pytest.mark.parametrize(
    ("text", "unit_measure", "factor", "canonical"),
    [
        ("万元", "CNY", "1e4", "万元"),
        ("万亿元", "CNY", "1e12", "万亿元"),
        ("亿元人民币", "CNY", "1e8", "亿元"),
        ("亿美元", "USD", "1e8", "亿美元"),
        ("千亿美元", "USD", "1e11", "千亿美元"),
        ("億元", "CNY", "1e8", "亿元"),
        ("萬人", "PERSON", "1e4", "万人"),
        ("万户", "HOUSEHOLD", "1e4", "万户"),
        ("万人次", "COUNT", "1e4", "万人次"),
        ("万亩", "MU", "1e4", "万亩"),
        ("万公顷", "KM2", "1e2", "万公顷"),
        ("亿斤", "TONNE", "5e4", "亿斤"),
        ("万吨标准煤", "TCE", "1e4", "万吨标准煤"),
        ("亿千瓦时", "KWH", "1e8", "亿千瓦时"),
        ("万千瓦", "KW", "1e4", "万千瓦"),
        ("万平方米", "M2", "1e4", "万平方米"),
        ("万标箱", "TEU", "1e4", "万标准箱"),
        ("百亿亿次/秒", "OPS", "1e18", "百亿亿次/秒"),
        ("万元/亩", "CNY_PER_MU", "1e4", "万元/亩"),
        ("亿元/平方公里", "CNY_PER_M2", "1e2", "亿元/平方公里"),
        ("元每平方米", "CNY_PER_M2", "1", "元/平方米"),
        ("微克每立方米", "UG_PER_M3", "1", "微克/立方米"),
        ("平方千米", "KM2", "1", "平方公里"),
        ("％", "PERCENT", "1", "%"),
        ("百分点", "PERCENT_POINT", "1", "个百分点"),
        ("万台(套)", "COUNT", "1e4", "万台（套）"),
        ("元/年", "CNY", "1", "元"),
        ("张床位", "COUNT", "1", "张"),
    ],
)
def test_forms_in_texts(registry: Registry, text: str, unit_measure: str, factor: str, canonical: str) -> None:
    unit = registry.units[text]
    assert (unit.unit_measure, unit.factor, unit.canonical) == (unit_measure, Decimal(factor), canonical)


@pytest.mark.parametrize("text", ["万%", "亿个百分点", "万℃", "百分", "千成", "万番", "万", ""])
def test_forms_that_are_no_units(registry: Registry, text: str) -> None:
    assert text not in registry.units


def test_a_form_that_is_written_out_wins_over_a_compound_of_the_same_quantity(registry: Registry) -> None:
    written, compound = registry.units["千米"], registry.units["米"]
    assert (written.unit_measure, written.factor, written.canonical) == ("KM", 1, "公里")
    metre = registry.unit_measures[compound.unit_measure]
    assert (metre.reference, metre.ratio) == ("KM", Fraction(1, 1000))


def test_a_scale_word_is_kept_apart(registry: Registry) -> None:
    unit = registry.units["千万美元"]
    assert (unit.scale, unit.simple, unit.factor) == (Decimal(10**7), "美元", Decimal(10**7))
    assert registry.units["公里"].scale == registry.units["千米"].scale == 1


def test_one_word_can_state_several_base_units(registry: Registry) -> None:
    assert (registry.units["万户"].unit_measure, registry.units["万户"].also) == ("HOUSEHOLD", ("COUNT",))
    assert registry.units["万元"].also == ("CNY_PER_MU",)
    assert registry.units["万吨"].also == ()


def test_factors_are_exact(registry: Registry) -> None:
    for unit in registry.units.values():
        assert unit.factor == Fraction(unit.factor)
        if unit.scale != 1:
            simple = registry.units[unit.simple]
            assert Fraction(unit.factor) == Fraction(simple.factor) * Fraction(unit.scale)


def test_the_published_form_of_a_form_means_the_same(registry: Registry) -> None:
    for unit in registry.units.values():
        published = registry.units[unit.canonical]
        assert (published.unit_measure, published.factor, published.canonical) == (
            unit.unit_measure,
            unit.factor,
            unit.canonical,
        )


@pytest.mark.parametrize(
    ("code", "reference", "ratio"),
    [
        ("MU", "KM2", Fraction(1, 1500)),
        ("PERMILLE", "PERCENT", Fraction(1, 10)),
        ("MINUTE", "DAY", Fraction(1, 1440)),
        ("CNY", None, None),
        ("USD", None, None),
    ],
)
def test_base_units_that_can_be_compared(
    registry: Registry, code: str, reference: str | None, ratio: Fraction | None
) -> None:
    measure = registry.unit_measures[code]
    assert (measure.reference, measure.ratio) == (reference, ratio)
