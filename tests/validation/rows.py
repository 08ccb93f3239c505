"""A small world for tests: one document, a registry of a few rows, and one valid row of every published table."""

from datetime import date, datetime
from typing import Any

import polars as pl

from pipelines.validation import Context
from pipelines.validation.structure import cast
from schemas.tables import TABLES

DOC = "a" * 64
# A byte order mark, characters outside the basic plane and a combining accent: positions count code points.
TEXT = (
    "\ufeff昆山市😀2023年地区生产总值达5140.06亿元。e\u0301 城乡居民收入比缩小至1.751 蝉联百强县第1位 "
    "市长吴某在春会上发布“一核”计划"
)
QUOTE = "地区生产总值达5140.06亿元"
RANKING_QUOTE = "蝉联百强县第1位"

Row = dict[str, Any]


def _named(key: str, quote: str, **values: Any) -> Row:
    """A valid row of a table of named facts."""
    start = TEXT.index(quote)
    return {
        key: "5" * 16,
        "doc_id": DOC,
        "section": "body",
        **values,
        "quote": quote,
        "raw_start": start,
        "raw_end": start + len(quote),
        "sentence": None,
        "rule": "test",
        "code_version": "test",
        "correction": None,
    }


VALID: dict[str, Row] = {
    "places": {
        "code": "320583",
        "name": "昆山市",
        "short_name": "昆山",
        "level": "county",
        "parent_code": "320500",
        "aliases": [],
        "ambiguous": False,
        "pinyin": "kunshan",
        "valid_from": "1989-09-28",
        "valid_to": None,
    },
    "unit_measures": {"unit_measure": "CNY", "dimension": "money", "name_zh": "人民币元", "name_en": "Chinese yuan"},
    "units": {
        "text": "亿元",
        "unit_measure": "CNY",
        "factor": "100000000",
        "dimension": "money",
        "canonical": "亿元",
        "also": [],
    },
    "indicators": {
        "code": "GDP",
        "name_zh": "地区生产总值",
        "name_en": "Gross domestic product",
        "aliases": ["GDP"],
        "definition": "…",
        "chapter": "综合",
        "dimension": "money",
        "unit_measure": "CNY",
        "behaviour": "flow",
        "decimals": 4,
        "hard_min": "1",
        "hard_max": "300000000000000",
        "soft_province_min": "1000000000",
        "soft_province_max": "20000000000000",
        "soft_prefecture_min": "100000000",
        "soft_prefecture_max": "6000000000000",
        "soft_county_min": "10000000",
        "soft_county_max": "1000000000000",
        "unit_slip_province": False,
        "unit_slip_prefecture": False,
        "unit_slip_county": False,
        "growth_soft_min": "-30",
        "growth_soft_max": "60",
        "world_bank": "NY.GDP.MKTP.CN",
        "sdmx": None,
    },
    "cross_checks": {
        "name": "documents_agree",
        "kind": "agreement",
        "whole": None,
        "parts": ["*"],
        "note_above": "0",
        "doubt_above": "0.5",
        "deviation": "share of the larger value",
        "description": "Documents agree.",
    },
    "documents": {
        "doc_id": DOC,
        "file_name": "a.txt",
        "source_path": "news/a.txt",
        "paths": ["news/a.txt"],
        "copy_of": None,
        "batch": None,
        "media_type": "text/plain",
        "encoding": "utf-8",
        "byte_count": 300,
        "char_count": len(TEXT),
        "title": "昆山市",
        "published_at": datetime(2024, 3, 1),
        "published_precision": "day",
        "published_basis": "stated",
        "publisher": None,
        "author": None,
        "url": None,
        "doc_type": "news",
        "ref_area": "320583",
        "status": "current",
        "ingested_at": datetime(2024, 4, 1, 12),
    },
    "document_texts": {"doc_id": DOC, "raw_text": TEXT, "reader": "text 1"},
    "observations": {
        "observation_id": "0123456789abcdef",
        "doc_id": DOC,
        "section": "body",
        "ref_area": "320583",
        "ref_area_name": "昆山市",
        "ref_area_text": None,
        "place_basis": "named",
        "indicator": "GDP",
        "indicator_name": "地区生产总值",
        "breakdown": "{}",
        "measure": "level",
        "value": "5140.06",
        "value_high": None,
        "unit": "亿元",
        "obs_value": "514006000000",
        "obs_value_high": None,
        "unit_measure": "CNY",
        "bound": "exact",
        "nature": "actual",
        "time_period": "2023",
        "period_basis": "explicit",
        "obs_status": "A",
        "doubts": None,
        "quote": QUOTE,
        "raw_start": TEXT.index(QUOTE),
        "raw_end": TEXT.index(QUOTE) + len(QUOTE),
        "sentence": "2023年地区生产总值达5140.06亿元",
        "rule": "indicator-before-number",
        "code_version": "test",
        "correction": None,
    },
    "rankings": {
        "ranking_id": "00112233445566778899",
        "doc_id": DOC,
        "section": "related",
        "list_name": "百强县",
        "edition": "2023",
        "publisher": None,
        "entity_name": "昆山市",
        "entity_code": "320583",
        "rank": 1,
        "within_top": None,
        "streak_years": None,
        "nature": "actual",
        "quote": RANKING_QUOTE,
        "raw_start": TEXT.index(RANKING_QUOTE),
        "raw_end": TEXT.index(RANKING_QUOTE) + len(RANKING_QUOTE),
        "sentence": None,
        "rule": "rank-after-list",
        "code_version": "test",
        "correction": None,
    },
    "person_roles": _named(
        "person_role_id",
        "市长吴某",
        person="吴某",
        position="昆山市市长",
        organization=None,
        ref_area="320583",
        role_date="2024-03-01",
        role_in_event="spoke",
        event="春会",
    ),
    "organizations": _named(
        "organization_id",
        "昆山市",
        name="昆山市",
        relation="other",
        place="昆山市",
        place_code="320583",
        event=None,
    ),
    "events": _named(
        "event_id",
        "春会",
        name="春会",
        event_date="2024-03-01",
        date_precision="day",
        place="昆山市",
        place_code="320583",
        type="meeting",
        theme=None,
        organiser=None,
    ),
    "outcomes": _named("outcome_id", "“一核”计划", name="“一核”计划", type="other", parties=["昆山市"], event="春会"),
    "plan_items": _named(
        "item_id",
        "“一核”计划",
        plan="“一核”计划",
        level="task",
        number="1",
        title="一核",
        parent=None,
        parent_id=None,
        deadline="2025",
    ),
    "programmes": _named(
        "programme_id",
        "“一核”",
        name="一核",
        owner="昆山市",
        owner_code="320583",
        domain="industry",
        members=["核"],
        member_count=1,
    ),
    "number_ledger": {
        "doc_id": DOC,
        "raw_start": TEXT.index("5140.06"),
        "raw_end": TEXT.index("5140.06") + 7,
        "text": "5140.06",
        "section": "body",
        "disposition": "observation",
        "fact_id": "0123456789abcdef",
    },
    "quality.rejected": {
        "rejection_id": "b" * 64,
        "stage": "validation",
        "table_name": "observations",
        "rule": "hard_range",
        "reason": "too much",
        "record": "{}",
        "doc_id": DOC,
        "raw_start": 1,
        "raw_end": 2,
        "suggestion": None,
        "first_seen": datetime(2024, 4, 1),
        "last_seen": datetime(2024, 4, 2),
    },
    "quality.corrections": {
        "correction_id": "lost-colon",
        "table_name": "observations",
        "action": "fix",
        "document": "a.txt",
        "quote": "1.751",
        "fact_id": "0123456789abcdef",
        "changes": '{"value": "1.75"}',
        "reason": "…",
        "corrected_by": "someone",
        "corrected_on": date(2024, 4, 1),
        "status": "applied",
    },
    "quality.differences": {"table_name": "rankings", "added": 1, "removed": 0, "changed": 0, "unchanged": 0},
    "quality.findings": {
        "finding_id": "0123456789abcdef",
        "check_name": "documents_agree",
        "effect": "doubt",
        "ref_area": "320583",
        "time_period": "2023",
        "observation_ids": ["0123456789abcdef"],
        "deviation": "0.6",
        "reason": "…",
    },
    "quality.conflicts": {
        "ref_area": "320583",
        "ref_area_name": "昆山市",
        "indicator": "GDP",
        "indicator_name": "地区生产总值",
        "breakdown": "{}",
        "measure": "level",
        "nature": "actual",
        "time_period": "2023",
        "observation_id": "0123456789abcdef",
        "doc_id": DOC,
        "obs_value": "514006000000",
        "unit_measure": "CNY",
        "bound": "exact",
        "other_observation_id": "1123456789abcdef",
        "other_doc_id": DOC,
        "other_obs_value": "206600000000",
        "other_unit_measure": "CNY",
        "other_bound": "exact",
        "verdict": "contradiction",
        "difference": "0.6",
    },
    "quality.check_results": {
        "table_name": "observations",
        "check_name": "key",
        "severity": "error",
        "passed": True,
        "row_count": 1,
        "failed_count": 0,
        "description": "…",
    },
}


def frame(table: str, *rows: Row) -> pl.DataFrame:
    """Rows as a frame of the table before validation: numbers are text, everything else has its type."""
    schema = {
        column.name: pl.String() if isinstance(column.type.polars, pl.Decimal) else column.type.polars
        for column in TABLES[table].columns
    }
    return pl.DataFrame(list(rows), schema=schema)


def typed(table: str, *rows: Row) -> pl.DataFrame:
    """Rows as a frame of the table with its types."""
    result, broken = cast(TABLES[table], frame(table, *rows))
    assert broken.is_empty()
    return result


def row(table: str, **changes: Any) -> Row:
    """The valid row of a table with some values changed."""
    assert changes.keys() <= VALID[table].keys()
    return {**VALID[table], **changes}


def observation(quote: str = QUOTE, **changes: Any) -> Row:
    """The valid observation with some values changed, for words that stand in the text."""
    start = TEXT.index(quote)
    return row("observations", **{"quote": quote, "raw_start": start, "raw_end": start + len(quote), **changes})


def _place(code: str, name: str, level: str, parent: str | None) -> Row:
    return row("places", code=code, name=name, short_name=name, level=level, parent_code=parent)


def _measure(code: str, dimension: str) -> Row:
    return {"unit_measure": code, "dimension": dimension, "name_zh": code, "name_en": code}


def _unit(text: str, measure: str, factor: str, dimension: str, *also: str) -> Row:
    return row(
        "units", text=text, unit_measure=measure, factor=factor, dimension=dimension, canonical=text, also=list(also)
    )


def _indicator(code: str, name: str, measure: str, dimension: str, **changes: Any) -> Row:
    unknown = {key: None for key in VALID["indicators"] if key.startswith(("hard", "soft", "growth", "world"))}
    return row(
        "indicators",
        **{**unknown, "code": code, "name_zh": name, "unit_measure": measure, "dimension": dimension, **changes},
    )


REFERENCE: dict[str, pl.DataFrame] = {
    "places": typed(
        "places",
        _place("000000", "全国", "country", None),
        _place("320000", "江苏省", "province", "000000"),
        _place("320500", "苏州市", "prefecture", "320000"),
        VALID["places"],
        _place("320583100", "玉山镇", "town", "320583"),
    ),
    "unit_measures": typed(
        "unit_measures",
        VALID["unit_measures"],
        *(
            _measure(code, dimension)
            for code, dimension in {
                "USD": "money",
                "COUNT": "count",
                "HOUSEHOLD": "household",
                "KM2": "area",
                "PERCENT": "percent",
                "PERMILLE": "permille",
                "PERCENT_POINT": "percent_point",
                "MULTIPLE": "multiple",
                "RATIO": "ratio",
            }.items()
        ),
    ),
    "units": typed(
        "units",
        VALID["units"],
        _unit("元", "CNY", "1", "money"),
        _unit("亿美元", "USD", "100000000", "money"),
        _unit("家", "COUNT", "1", "count"),
        _unit("户", "HOUSEHOLD", "1", "household", "COUNT"),
        _unit("公顷", "KM2", "0.01", "area"),
        _unit("平方米", "KM2", "0.000001", "area"),
        _unit("%", "PERCENT", "1", "percent"),
        _unit("‰", "PERMILLE", "1", "permille"),
        _unit("个百分点", "PERCENT_POINT", "1", "percent_point"),
        _unit("倍", "MULTIPLE", "1", "multiple"),
    ),
    "cross_checks": typed("cross_checks", VALID["cross_checks"]),
    "indicators": typed(
        "indicators",
        VALID["indicators"],
        _indicator("FIRMS", "企业数", "COUNT", "count", behaviour="stock", decimals=0, hard_min="0"),
        _indicator("AREA", "面积", "KM2", "area", behaviour="stock", decimals=None),
        _indicator(
            "INCOME",
            "居民收入",
            "CNY",
            "money",
            soft_county_min="5000",
            soft_county_max="200000",
            unit_slip_county=True,
        ),
        _indicator(
            "URBAN_SHARE", "城镇化率", "PERCENT", "percent", behaviour="rate", decimals=2, hard_min="0", hard_max="100"
        ),
        _indicator(
            "INCOME_RATIO",
            "城乡居民收入比",
            "RATIO",
            "ratio",
            behaviour="ratio",
            decimals=2,
            hard_min="0.5",
            hard_max="10",
            soft_county_min="1",
            soft_county_max="4",
        ),
    ),
}

# quality.conflicts refers to observations as facts refer to the registry.
REFERRED = {
    "observations": typed("observations", VALID["observations"], observation(observation_id="1123456789abcdef")),
}
CONTEXT = Context(
    pl.DataFrame({"doc_id": [DOC], "raw_text": [TEXT]}),
    pl.DataFrame({"doc_id": [DOC], "published_at": [datetime(2024, 3, 1)]}),
    REFERENCE | REFERRED,
)
