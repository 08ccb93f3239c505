"""Observations: drafts given their place, period and nature, and turned into rows.

Here: the last step from a bound number to a row of `observations`. Not here: binding and attribution themselves.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pipelines.extraction.binding import Draft, Scope
from pipelines.extraction.binding import bind as bind_quantities
from pipelines.extraction.blocks import Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.facts import as_json, as_text, stable_id
from pipelines.extraction.firms import firm_of
from pipelines.extraction.indicators import Resolved
from pipelines.extraction.lexicon import registry
from pipelines.extraction.nature import ARRANGED, nature_of
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.setting import Where
from pipelines.extraction.time_words import LAST_MONTH_BEFORE_END
from pipelines.extraction.when import period_of
from pipelines.extraction.where import places_of
from pipelines.extraction.year_spans import (
    base_of_all,
    base_year,
    in_real_terms,
    multiple_of,
    on_another_basis,
    other_base,
)

NAMELESS = re.compile(r"^[^\u4e00-\u9fffA-Za-z]*[\u4e00-\u9fff]?[^\u4e00-\u9fffA-Za-z]*数?$")
MOST_NAME = 40
WHOLE_YEAR = re.compile("全年|年[末底终]")
# 全年实施亿元以上项目32个, on a page without a date, may be planned as well
TO_BE_DONE = re.compile(r"全年[^，。；\d]{0,6}(?:实施|建设|新建|开展|推进|改造|盘活|开工|引进|培育|洽谈)")
# what a paragraph about one industry tells without naming it again
OF_INDUSTRIES = frozenset(
    (
        "INDUSTRY_OUTPUT",
        "INDUSTRY_VALUE_ADDED",
        "INDUSTRY_REVENUE",
        "INDUSTRY_SCALE",
        "ENTERPRISES",
        "LARGE_SCALE_ENTERPRISES",
        "SCALE_INDUSTRY_ENTERPRISES",
        "SCALE_INDUSTRY_OUTPUT",
        "EMPLOYED_PERSONS",
    )
)
LARGE_FIRMS = "规模以上工业企业"
LARGE = re.compile("规模以上|规上")
# 位于距省城50公里处 of no place that is named
FROM_SOMEWHERE = re.compile(r"^距.+距离$|^(?:到某地距离|平均海拔|最[高低]海拔|海拔)$")


def _over(time_period: str | None, sentence: Sentence, at: int) -> str | None:
    """全年新增就业9328人 and 年末…, told in May as done, are of the year before: that of the page is not over."""
    clock = sentence.setting.clock
    told = sentence.setting.told_year
    undated = clock.published is None and told is not None and time_period == str(int(told) + 1)
    undated = undated and not TO_BE_DONE.search(sentence.text, 0, at)
    late = not undated and (clock.published is None or clock.published.month > LAST_MONTH_BEFORE_END)
    if time_period != str(clock.year) or late or ARRANGED.search(sentence.text, 0, at):
        return time_period
    # 今年产量1.8万吨；预计|全年|可达9万吨: the first number is of 今年, which nothing says is over
    of = [
        period
        for period in sentence.periods
        # 年末存款余额412亿元，较|年初|新增35亿元: what it is held against dates nothing
        if period.time_period == time_period and period.start < at and period.role == "state"
    ]
    return str(int(time_period) - 1) if of and WHOLE_YEAR.match(of[-1].text) else time_period


def _over_before(time_period: str | None, sentence: Sentence, draft: Draft) -> str | None:
    """Like `_over`, for the year before as well: 全年接待862万人次，去年同期为612万人次, told in May."""
    year = sentence.setting.clock.year
    if not draft.year_before or year is None or time_period != str(year - 1):
        return _over(time_period, sentence, draft.quantity.start)
    this_year = str(year)
    return time_period if _over(this_year, sentence, draft.quantity.start) == this_year else str(year - 2)


def bind(sentence: Sentence, before: Resolved | None = None, earlier: Sequence[str] = ()) -> Scope:
    """The bound quantities of a sentence.

    Args:
        sentence: The sentence.
        before: What the sentence before it in the same block told of.
        earlier: The sentences before it, the nearest last.
    """
    scope = Scope(
        sentence.text, sentence.quantities, sentence.periods, sentence.mentions, before=before, earlier=earlier
    )
    if sentence.quantities:
        bind_quantities(scope)
    return scope


def read_observations(
    document: Document, sentence: Sentence, scope: Scope, code_version: str
) -> Iterator[dict[str, Any]]:
    """Rows of `observations` that one sentence states."""
    if not scope.drafts:
        return
    clauses, consumed = scope.clauses, frozenset(scope.consumed)
    for draft in scope.drafts:
        if (draft.resolved.code is None and NAMELESS.match(draft.resolved.name)) or len(
            draft.resolved.name
        ) > MOST_NAME:
            continue
        time_period, basis = period_of(draft, sentence.text, clauses, sentence.periods, sentence.setting, consumed)
        nature, status = nature_of(draft, sentence.text, sentence.periods, sentence.setting, time_period)
        if nature == "actual" and basis == "relative":
            time_period = _over_before(time_period, sentence, draft)
        if basis == "relative" and sentence.setting.clock.published is None:
            # 去年 on a page without a date: what year it means is concluded from the other years of the page
            basis = "inferred"
        in_force = time_period == sentence.setting.period
        stated = [period for period in sentence.periods if period.time_period == time_period]
        if nature == "target" and basis == "context" and not stated and time_period and "-" in time_period:
            # a plan told in a quarterly report is a plan for the year
            time_period = time_period[:4]
        if (
            nature == "target"
            and basis == "context"
            and time_period
            and sentence.setting.clock.year
            and not sentence.setting.target
            and int(time_period[:4]) < sentence.setting.clock.year
            and len(time_period) == 4
        ):
            time_period, basis = None, "unknown"
        if (
            nature == "actual"
            and basis in ("context", "inferred")
            and in_force
            and time_period
            and sentence.setting.target
            and int(time_period[:4]) >= (sentence.setting.clock.year or 0)
        ):
            # what is done already is told beside the plan: the year of the plan is not its year
            time_period, basis = None, "unknown"
        if sentence.setting.industry and draft.resolved.code in OF_INDUSTRIES and not draft.breakdown:
            # 全市规上企业432家 are all of them
            of_all = any(mention.own and mention.end <= draft.quantity.start for mention in sentence.mentions)
            draft.breakdown = {} if of_all else {"industry": sentence.setting.industry}
        of_month = time_period is not None and len(time_period) == len("2024-05")
        if (time_period is None or of_month or draft.measure == "multiple") and (
            base := base_year(draft, sentence.text)
        ):
            # 比2019年增长15%, up to a year that nobody tells, is no growth over one year
            draft.breakdown = {"vs": base, **draft.breakdown}
        if "vs" not in draft.breakdown and (other := other_base(draft, sentence.text)):
            draft.breakdown = {"vs": other, **draft.breakdown}
        if "vs" not in draft.breakdown and not draft.origin and (base := base_of_all(draft, sentence.text)):
            draft.breakdown = {"vs": base, **draft.breakdown}
        if in_real_terms(draft, scope.drafts, sentence.text):
            draft.breakdown = {**draft.breakdown, "price": "实际"}
        if other_basis := on_another_basis(draft, scope.drafts, sentence.text):
            draft.breakdown = {**draft.breakdown, "basis": other_basis}
        if of := multiple_of(draft, sentence.text):
            draft.breakdown = {"vs": of["year"], **draft.breakdown}
        firm = firm_of(sentence.text, draft.quantity.start, sentence.mentions) or sentence.setting.firm
        if firm:
            # 该公司去年实现产值8.6亿元 is no output of the place
            draft.breakdown = {**draft.breakdown, "enterprise": firm}
            if draft.resolved.name.startswith(LARGE_FIRMS) and not LARGE.search(sentence.text):
                # 该公司资产负债率49.5% is one firm's, and none of all that are above designated size
                draft.resolved = replace(draft.resolved, code=None, name=draft.resolved.name.removeprefix(LARGE_FIRMS))
        for where in places_of(draft, sentence.text, clauses, sentence.mentions, sentence.setting):
            if not (where.code or where.name or where.text) and FROM_SOMEWHERE.search(draft.resolved.name):
                # how far from where something lies is a position, as an address is
                scope.left_out[draft.quantity.number_start] = "identifier"
                continue
            start = sentence.start + draft.start
            end = sentence.start + draft.end
            yield observation_row(
                document,
                sentence.block.section,
                draft,
                where,
                time_period,
                basis,
                nature,
                status,
                start,
                end,
                document.written(*sentence.span),
                code_version,
            )


def observation_row(
    document: Document,
    section: str,
    draft: Draft,
    where: Where,
    time_period: str | None,
    basis: str,
    nature: str,
    status: str,
    start: int,
    end: int,
    sentence: str,
    code_version: str,
) -> dict[str, Any]:
    """A row of `observations`; `start` and `end` lie in the clean text."""
    raw_start, raw_end = document.raw_span(start, end)
    doc_id = document.row["doc_id"]
    breakdown = as_json(draft.breakdown)
    value = draft.value
    return {
        "observation_id": stable_id(
            doc_id,
            "observation",
            raw_start,
            raw_end,
            draft.quantity.number_start,
            where.code,
            where.name,
            where.text,
            draft.resolved.name,
            draft.measure,
            value,
            time_period,
            breakdown,
        ),
        "doc_id": doc_id,
        "section": section,
        "ref_area": where.code,
        "ref_area_name": where.name,
        "ref_area_text": where.text,
        "place_basis": where.basis,
        "indicator": draft.resolved.code,
        "indicator_name": draft.resolved.name,
        "breakdown": breakdown,
        "measure": draft.measure,
        "value": as_text(value),
        "value_high": as_text(draft.value_high),
        "unit": draft.unit or None,
        "obs_value": as_text(value * draft.factor),
        "obs_value_high": as_text(None if draft.value_high is None else draft.value_high * draft.factor),
        "unit_measure": _unit_measure(draft),
        "bound": draft.bound,
        "nature": nature,
        "time_period": time_period,
        "period_basis": basis if time_period else "unknown",
        "obs_status": status,
        "quote": document.row["raw_text"][raw_start:raw_end],
        "raw_start": raw_start,
        "raw_end": raw_end,
        "sentence": sentence,
        "rule": draft.rule,
        "code_version": code_version,
        "_numbers": (draft.quantity.number_start, claimed_end(draft.quantity)),
    }


def claimed_end(quantity: Quantity) -> int:
    """Where the numbers of a quantity end: 5%—5.5% has two."""
    return quantity.number_end if quantity.value_high is None else quantity.end


def _unit_measure(draft: Draft) -> str:
    """The base unit: the indicator's own where the unit can state it (户 counts market entities too)."""
    if draft.measure == "ratio" and draft.unit_measure != "PERCENT":
        return "RATIO"
    indicator = registry().indicators.get(draft.resolved.code or "")
    unit = registry().units.get(draft.unit)
    if indicator and unit and draft.measure in ("level", "change") and indicator.unit_measure in unit.also:
        return indicator.unit_measure
    return draft.unit_measure
