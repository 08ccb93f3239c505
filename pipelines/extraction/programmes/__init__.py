"""Programmes: named systems, schemes and layouts.

Here: their names, owners, domains and members, one row for each programme of a document. Names in a sentence are read
in `names`, lists of parts in `members`, owners and fields in `owners`. Not here: the tree of a plan (`plan_items`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.extraction.blocks import PROGRAMME, Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.facts import Row, fact_row
from pipelines.extraction.numerals import NUMERAL
from pipelines.extraction.patterns import guarded
from pipelines.extraction.programmes.members import members_of
from pipelines.extraction.programmes.name import Name
from pipelines.extraction.programmes.names import find_names
from pipelines.extraction.programmes.owners import domain_of, owner_of
from pipelines.extraction.programmes.vocabulary import LEVEL_OF_PART

STRAIGHT = re.compile(r'"([^"\n]{1,30})"')
INNER = re.compile(r"‘([^‘’\n]{1,30})’")
# 2026年底前推出20个事项 is work to be done, 本方案明确20项任务 what the plan is made of
SAYS = r"(?:共|分别?)?(?:提出|明确|确定|包括|涵盖|部署|细化|制定|推出|安排|围绕|从|聚焦)"
OF_A_PLAN = guarded(rf"本(?:方案|规划|计划|意见|措施|纲要)|(?:方案|规划|计划|意见|纲要|措施)》?{SAYS}")
LEAD = re.compile(r"以([\u4e00-\u9fff]{2,16}?)为(?:引领|支撑|龙头|主体|核心|中心|依托|纽带)")


@dataclass(slots=True)
class Programme:
    """A programme and what the document says of it.

    Attributes:
        sentence: Where it is named first.
        name: How it is named there.
        members: What it consists of.
        numbers: Where the numbers of its name stand, every time it is named.
    """

    sentence: Sentence
    name: Name
    members: tuple[str, ...]
    numbers: list[tuple[int, int]] = field(default_factory=list)


def read_programmes(document: Document, sentences: Sequence[Sentence], plan_items: Sequence[Row] = ()) -> list[Row]:
    """Rows of `programmes`.

    Args:
        document: The document.
        sentences: Its sentences.
        plan_items: The items of the plans in it, which a plan counts (25项主要任务).

    Returns:
        Rows as `fact_row` makes them, in the order of the text.
    """
    found: dict[str, Programme] = {}
    # a report counts projects of its own
    in_plan = document.doc_type == "plan" or (bool(plan_items) and document.doc_type in ("news", "other"))
    own_parts_until = _first_task(document, plan_items) if in_plan else 0
    for sentence, name in _names(document, sentences, own_parts_until):
        members = members_of(sentence.text, name) or _named_places(sentence, name)
        known = found.setdefault(name.text, Programme(sentence, name, members))
        known.numbers += _numbers(sentence, name)
        if len(members) > len(known.members):
            known.members = members
    counted = plan_items if in_plan else ()
    return [_row(document, programme, counted) for programme in found.values()]


def _first_task(document: Document, plan_items: Sequence[Row]) -> int:
    """Where the first task begins in the raw text: before it a plan speaks of itself, then of what is to be done."""
    return next((row["raw_start"] for row in plan_items if row["level"] == "task"), len(document.row["raw_text"]))


def _names(document: Document, sentences: Sequence[Sentence], own_parts_until: int) -> Iterator[tuple[Sentence, Name]]:
    for sentence in sentences:
        text = sentence.text
        if sentence.block.section != "body" or not sentence.cues & PROGRAMME:
            continue
        if '"' in text:
            text = STRAIGHT.sub(r"“\1”", text)
        if "‘" in text:
            text = _inner_quotes(text)
        of_itself = OF_A_PLAN.search(text) is not None or (
            own_parts_until > 0
            and ("《" in text or document.raw_span(sentence.start, sentence.start + 1)[0] < own_parts_until)
        )
        for name in find_names(text, of_itself):
            yield sentence, name


def _inner_quotes(text: str) -> str:
    """The text with the names that a quoted speaker quotes in quotation marks, and his own words in none."""
    inner = INNER.sub(r"“\1”", text.replace("“", "，").replace("”", "，"))
    return inner if "“" in inner else text


def _named_places(sentence: Sentence, name: Name) -> tuple[str, ...]:
    """以花桥商务城为引领,与陆家镇协同,形成…组团: a cluster consists of the places named before it."""
    if not name.text.endswith("组团"):
        return ()
    lead = LEAD.search(sentence.text, 0, name.start)
    if lead is None:
        return ()
    others = [m.text for m in sentence.mentions if lead.end() <= m.start and m.end <= name.start and m.code]
    return (lead[1], *dict.fromkeys(others))


def _numbers(sentence: Sentence, name: Name) -> Iterator[tuple[int, int]]:
    for match in NUMERAL.finditer(sentence.text, name.start, name.end):
        yield sentence.start + match.start(), sentence.start + match.end()


def _row(document: Document, programme: Programme, plan_items: Sequence[Row]) -> Row:
    sentence, name = programme.sentence, programme.name
    owner, code = owner_of(sentence, name)
    members = programme.members or _items_counted(name, plan_items)
    count = name.count or (len(members) if name.kind == "counted" and members else None)
    return fact_row(
        document,
        "programmes",
        (sentence.start + name.start, sentence.start + name.end),
        sentence.block.section,
        name.kind,
        sentence=document.written(*sentence.span),
        numbers=programme.numbers,
        name=name.text,
        owner=owner,
        owner_code=code,
        domain=domain_of(sentence.text, name, members),
        members=list(members),
        member_count=count,
    )


def _items_counted(name: Name, plan_items: Sequence[Row]) -> tuple[str, ...]:
    """The parts of a plan that are counted, where there are as many.

    二、实施五大工程 counts the items under it, 明确25项主要任务 all items of their level.
    """
    if name.count is None:
        return ()
    above = [row["item_id"] for row in plan_items if name.text in row["title"]]
    below = tuple(row["title"] for row in plan_items if row["parent_id"] in above)
    if len(below) == name.count:
        return below
    level = next((level for word, level in LEVEL_OF_PART if name.text.endswith(word)), None)
    titles = tuple(row["title"] for row in plan_items if row["level"] == level)
    return titles if len(titles) == name.count else ()
