"""For every constraint and rule that is declared anywhere, a row that breaks it.

Constraints of one column get theirs from the declaration; a row rule, foreign key or rule of validation needs a plant
here, and the test fails for one that has none.
"""

from decimal import Decimal
from typing import Any

from pipelines.validation.rules import RULES
from schemas.columns import Constraint
from schemas.tables import TABLES
from tests.validation.rows import QUOTE, RANKING_QUOTE, Row, observation, row

RATIO = {
    "quote": "城乡居民收入比缩小至1.751",
    "indicator": "INCOME_RATIO",
    "indicator_name": "城乡居民收入比",
    "measure": "ratio",
    "value": "1.751",
    "obs_value": "1.751",
    "unit": None,
    "unit_measure": "RATIO",
}
PERCENT = {"value": "7", "obs_value": "7", "unit": "%", "unit_measure": "PERCENT"}
MONEY_RANGE = {"bound": "range", "value_high": "6000", "obs_value_high": "600000000000"}

# What to change in the valid row so that exactly this rule is broken.
BY_HAND: dict[tuple[str, str], dict[str, Any]] = {
    ("places", "country_has_no_parent"): {"parent_code": None},
    ("places", "parent_code.foreign_key"): {"parent_code": "329999"},
    ("units", "factor_positive"): {"factor": "0"},
    ("units", "unit_measure.foreign_key"): {"unit_measure": "GBP"},
    ("units", "canonical.foreign_key"): {"canonical": "億元"},
    ("indicators", "unit_measure.foreign_key"): {"unit_measure": "GBP"},
    ("indicators", "hard_max_above_hard_min"): {"hard_max": "0"},
    ("indicators", "soft_province_max_above_soft_province_min"): {"soft_province_max": "0"},
    ("indicators", "soft_prefecture_max_above_soft_prefecture_min"): {"soft_prefecture_max": "0"},
    ("indicators", "soft_county_max_above_soft_county_min"): {"soft_county_max": "0"},
    ("indicators", "growth_soft_max_above_growth_soft_min"): {"growth_soft_max": "-30"},
    ("cross_checks", "doubt_above_note"): {"note_above": "0.5"},
    ("cross_checks", "whole.foreign_key"): {"whole": "GNP"},
    ("documents", "not_a_copy_of_itself"): {"copy_of": row("documents")["doc_id"]},
    ("documents", "published_precision_with_date"): {"published_precision": None},
    ("documents", "published_basis_with_date"): {"published_basis": "unknown"},
    ("documents", "ref_area.foreign_key"): {"ref_area": "329999"},
    ("document_texts", "doc_id.foreign_key"): {"doc_id": "c" * 64},
    ("observations", "quote_fills_span"): {"raw_end": 40},
    ("observations", "value_high_with_range"): {"bound": "range"},
    ("observations", "value_high_above_value"): {
        "bound": "range",
        "value_high": "5140.06",
        "obs_value_high": "514006000000",
    },
    ("observations", "obs_value_high_with_value_high"): {**MONEY_RANGE, "obs_value_high": None},
    ("observations", "growth_unit"): {"measure": "growth"},
    ("observations", "share_unit"): {"measure": "share"},
    ("observations", "multiple_unit"): {"measure": "multiple"},
    ("observations", "ratio_unit"): {"measure": "ratio"},
    ("observations", "ref_area_with_name"): {"ref_area_name": None},
    ("observations", "period_basis_with_period"): {"time_period": None},
    ("observations", "time_period_in_order"): {"time_period": "2025/2021"},
    ("observations", "obs_status_with_nature"): {"nature": "target"},
    ("observations", "doubts_with_status"): {"doubts": "soft_range"},
    # In the text, but for another document.
    ("observations", "doc_id.foreign_key"): {"doc_id": "c" * 64},
    ("observations", "ref_area.foreign_key"): {"ref_area": "329999"},
    ("observations", "indicator.foreign_key"): {"indicator": "GNP"},
    ("observations", "unit.foreign_key"): {"unit": "億元"},
    ("observations", "unit_measure.foreign_key"): {"unit": None, "unit_measure": "GBP", "obs_value": "5140.06"},
    ("observations", "quote_is_text"): {"raw_start": 1, "raw_end": 1 + len(QUOTE)},
    ("observations", "unit_stated"): {"unit": None, "value": "514006000000"},
    ("observations", "unit_states_unit_measure"): {"unit_measure": "USD"},
    ("observations", "base_value"): {"obs_value": "514006000001"},
    ("observations", "base_value_high"): {**MONEY_RANGE, "obs_value_high": "600000000001"},
    ("observations", "level_dimension"): {"unit": "家", "unit_measure": "COUNT", "obs_value": "5140.06"},
    ("observations", "change_dimension"): {**PERCENT, "measure": "change"},
    ("observations", "indicator_name"): {"indicator_name": "国内生产总值"},
    ("observations", "ref_area_name"): {"ref_area_name": "昆山县"},
    ("observations", "hard_range"): {"value": "3000000.01", "obs_value": "300000001000000"},
    ("observations", "ratio_precision"): RATIO,
    ("observations", "unit_slip"): {
        "indicator": "INCOME",
        "indicator_name": "居民收入",
        "value": "5.2",
        "obs_value": "520000000",
    },
    ("observations", "actual_in_the_future"): {"time_period": "2025"},
    ("observations", "target_in_the_past"): {"nature": "target", "obs_status": "F"},
    ("observations", "usual_precision"): {
        "unit": "元",
        "value": "514006000000.00001",
        "obs_value": "514006000000.00001",
    },
    ("observations", "soft_range"): {"value": "10001", "obs_value": "1000100000000"},
    ("observations", "growth_soft_range"): {**PERCENT, "measure": "growth", "value": "61", "obs_value": "61"},
    ("rankings", "quote_fills_span"): {"raw_end": 100},
    ("rankings", "quote_is_text"): {"raw_start": 1, "raw_end": 1 + len(RANKING_QUOTE)},
    ("rankings", "says_a_standing"): {"rank": None},
    ("rankings", "rank_within_top"): {"rank": 101, "within_top": 100},
    ("rankings", "doc_id.foreign_key"): {"doc_id": "c" * 64},
    ("rankings", "entity_code.foreign_key"): {"entity_code": "329999"},
    **{
        (table, rule): changes
        for table in ("person_roles", "organizations", "events", "outcomes", "plan_items", "programmes")
        for rule, changes in {
            "quote_fills_span": {"raw_end": 100},
            "quote_is_text": {"quote": "春" * len(row(table)["quote"])},
            "doc_id.foreign_key": {"doc_id": "c" * 64},
        }.items()
    },
    ("person_roles", "person_not_empty"): {"person": " "},
    ("person_roles", "position_not_empty"): {"position": ""},
    ("person_roles", "ref_area.foreign_key"): {"ref_area": "329999"},
    ("organizations", "name_not_empty"): {"name": ""},
    ("organizations", "place_code.foreign_key"): {"place_code": "329999"},
    ("events", "name_not_empty"): {"name": ""},
    ("events", "date_precision_with_date"): {"date_precision": "month"},
    ("events", "place_code.foreign_key"): {"place_code": "329999"},
    ("outcomes", "name_not_empty"): {"name": ""},
    ("plan_items", "title_not_empty"): {"title": ""},
    ("plan_items", "not_its_own_parent"): {"parent_id": row("plan_items")["item_id"]},
    ("programmes", "name_not_empty"): {"name": ""},
    ("programmes", "owner_code.foreign_key"): {"owner_code": "329999"},
    ("programmes", "no_more_members_than_counted"): {"members": ["核", "带"]},
    ("number_ledger", "text_fills_span"): {"text": "5140"},
    ("number_ledger", "fact_is_named"): {"fact_id": None},
    ("number_ledger", "quote_is_text"): {"text": "5140.07"},
    ("number_ledger", "doc_id.foreign_key"): {"doc_id": "c" * 64},
    ("quality.rejected", "seen_in_order"): {"first_seen": row("quality.rejected")["last_seen"].replace(year=2030)},
    ("quality.findings", "names_observations"): {"observation_ids": []},
    ("quality.findings", "check_name.foreign_key"): {"check_name": "documents_disagree"},
    ("quality.findings", "ref_area.foreign_key"): {"ref_area": "329999"},
    ("quality.conflicts", "two_statements"): {"other_observation_id": row("quality.conflicts")["observation_id"]},
    ("quality.conflicts", "observation_id.foreign_key"): {"observation_id": "f" * 16},
    ("quality.conflicts", "other_observation_id.foreign_key"): {"other_observation_id": "f" * 16},
    ("quality.check_results", "passed_without_failures"): {"failed_count": 1},
}


def planted(table: str, constraint: Constraint) -> list[Row]:
    """Rows of which the last breaks the constraint, made from its declaration or found among those made by hand."""
    good = row(table)
    column = constraint.columns[0] if constraint.columns else ""
    described = next((c for c in TABLES[table].columns if c.name == column), None)
    match constraint.kind:
        case "type":
            return [{**good, column: "thirteen"}]
        case "not_null":
            return [{**good, column: None}]
        case "domain":
            return [{**good, column: "somewhere"}]
        case "pattern":
            return [{**good, column: "/?!"}]
        case "minimum":
            assert described is not None
            return [{**good, column: _beside(described.minimum, -1)}]
        case "maximum":
            assert described is not None
            return [{**good, column: _beside(described.maximum, 1)}]
        case "primary_key":
            return [good, good]
        case "unique":
            other = {name: f"{good[name]}2" for name in TABLES[table].primary_key}
            return [good, {**good, **other}]
        case "rule":
            return [by_hand(table, constraint.name)]


def _beside(limit: Decimal | int | None, step: int) -> Any:
    assert limit is not None
    # Small numbers stand in integer columns, large ones in decimal columns, which take text.
    return int(limit) + step if abs(limit) < 10**9 else str(limit + step)


def by_hand(table: str, name: str) -> Row:
    """The row that was made by hand to break a rule.

    Raises:
        KeyError: Somebody declared a rule without a row that breaks it: add it to `BY_HAND`.
    """
    changes = BY_HAND[table, name]
    if table == "observations" and "quote" in changes:
        return observation(**changes)
    return row(table, **changes)


def rules(effect: str) -> list[tuple[str, str]]:
    """Table and name of every rule of validation with an effect, foreign keys with the refusing ones."""
    names = [(table, rule.name) for table, of_table in RULES.items() for rule in of_table if rule.effect == effect]
    if effect == "refuse":
        names += [(name, key.name) for name, table in TABLES.items() for key in table.foreign_keys]
    return names
