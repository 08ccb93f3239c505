"""A fact of any kind as a card: a headline, what is known of it, and where its words stand.

Belongs here: choosing and naming what a card shows. Does not belong here: how it looks (`templates/`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipelines.atlas import addresses
from pipelines.atlas.amounts import as_written, period, plain
from pipelines.atlas.breakdowns import told
from pipelines.atlas.labels import Label, group_of, label
from pipelines.atlas.reader import KEYS, PLACE_COLUMNS, Row, Snapshot
from pipelines.highlight import GAP, markup_of
from schemas.columns import Column
from schemas.tables import TABLES

# What the headline of a card says already, and what has a place of its own on it.
NOT_LISTED = {
    "doc_id", "quote", "raw_start", "raw_end", "sentence", "value", "value_high", "unit", "obs_value_high",
    "unit_measure", "ref_area_name", "indicator_name",
}  # fmt: skip
# Words before and after a quote in a table.
AROUND = 40
# A value that is as a reader expects says nothing.
ORDINARY = {
    "bound": "exact",
    "obs_status": "A",
    "section": "body",
    "breakdown": "{}",
    "measure": "level",
    "nature": "actual",
}


@dataclass(frozen=True, slots=True)
class Detail:
    """One line of a card.

    Attributes:
        name: what it is.
        value: the words of the table, or the label of a closed list's word.
        href: address of what it names; None for nothing.
    """

    name: Label
    value: Label
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One fact.

    Attributes:
        fact_id: its id, which is its anchor.
        kind: its table.
        headline: what it says, in a line.
        amount: the number that it states; empty for a fact that is none.
        start: where its quote starts in the raw text.
        end: where it ends, exclusive.
        quote: its words.
        sentence: the sentence in three parts: before the quote, the quote, after; the quote alone where the sentence
            does not hold it.
        details: what is known of it.
        flags: what a reader should be warned of.
    """

    fact_id: str
    kind: str
    headline: str
    amount: str
    start: int
    end: int
    quote: str
    sentence: tuple[str, str, str]
    details: tuple[Detail, ...]
    flags: tuple[Label, ...]


def card(kind: str, row: Row, snapshot: Snapshot) -> Card:
    """The card of a fact."""
    headline, amount = _headline(kind, row)
    return Card(
        fact_id=row[KEYS[kind]],
        kind=kind,
        headline=headline,
        amount=amount,
        start=row["raw_start"],
        end=row["raw_end"],
        quote=row["quote"],
        sentence=sentence(row),
        details=tuple(_details(kind, row, snapshot)),
        flags=tuple(flags(kind, row)),
    )


def sentence(row: Row) -> tuple[str, str, str]:
    """The sentence of a fact around its quote; the quote alone where cleaning has changed the words.

    The words of a page may have tags between them, which the sentence does not have: 总值<b>26亿元.
    """
    for quote in (row["quote"], words_of(row["quote"])):
        before, found, after = (row["sentence"] or "").partition(quote)
        if found:
            return before, found, after
    return "", words_of(row["quote"]) or row["quote"], ""


def words_of(quote: str) -> str:
    r"""A quote of a page without its tags and entities.

    >>> words_of("总值</td><td>26亿元&nbsp;，增长5&#37;")
    '总值 26亿元\xa0，增长5%'
    """
    if "<" not in quote and "&" not in quote:
        return quote
    shown, position = "", 0
    for tag in markup_of(quote, "text/html"):
        # Cells and lines stand apart; a tag within a line does not part its words.
        gap = " " if tag.instead in (GAP, "\n") else tag.instead
        shown, position = shown + quote[position : tag.start] + gap, tag.end
    return shown + quote[position:]


def shortened(parts: tuple[str, str, str]) -> tuple[str, str, str]:
    """A sentence that is cut where it is long, for a line of a table; the page of the document has all of it."""
    before, quote, after = parts
    before = before if len(before) <= AROUND else f"…{before[-AROUND:]}"
    return before, quote, after if len(after) <= AROUND else f"{after[:AROUND]}…"


def flags(kind: str, row: Row) -> Iterator[Label]:
    """What one should know before using a fact."""
    if kind == "observations" and row["obs_status"] == "Q":
        yield label("ObsStatus", "Q")
    if row.get("nature", "actual") != "actual":
        yield label("Nature", row["nature"])
    if kind == "observations" and row["measure"] != "level":
        yield label("Measure", row["measure"])
    if row["section"] != "body":
        yield label("Section", row["section"])
    if row["correction"]:
        yield Label("经人工更正", "corrected")


def _headline(kind: str, row: Row) -> tuple[str, str]:
    """What a fact says in a line, and the number in it."""
    match kind:
        case "observations":
            where = row["ref_area_name"] or row["ref_area_text"] or "地区未说明"
            part = told(row["breakdown"])
            what = f"{row['indicator_name']}（{part}）" if part else row["indicator_name"]
            return f"{where} {what} {period(row['time_period'])}", as_written(row)
        case "rankings":
            edition = f"（{row['edition']}）" if row["edition"] else ""
            return f"{row['entity_name']} {row['list_name']}{edition}", standing(row)
        case "person_roles":
            return f"{row['person']} {row['position']}", ""
        case "plan_items":
            return " ".join(part for part in (row["number"], row["title"]) if part), ""
        case _:
            return row["name"], ""


def standing(row: Row) -> str:
    """The place that a ranking tells: 第3位, 前100, 连续20年."""
    parts = [
        f"第{row['rank']}位" if row["rank"] else "",
        f"前{row['within_top']}" if row["within_top"] else "",
        f"连续{row['streak_years']}年" if row["streak_years"] else "",
    ]
    return "，".join(part for part in parts if part)


def _details(kind: str, row: Row, snapshot: Snapshot) -> Iterator[Detail]:
    if kind == "observations":
        yield Detail(
            label("Column", "indicator_name"),
            Label(row["indicator_name"], snapshot.indicators.get(row["indicator"], {}).get("name_en", "")),
            addresses.indicator(row["indicator"], row["indicator_name"]),
        )
    for column in TABLES[kind].columns:
        value = row[column.name]
        hidden = column.name in NOT_LISTED or column.name == KEYS[kind] or value == ORDINARY.get(column.name)
        if not hidden and value not in (None, "", []):
            yield Detail(label("Column", column.name), *_shown(kind, column, row, snapshot))


def _shown(kind: str, column: Column, row: Row, snapshot: Snapshot) -> tuple[Label, str | None]:
    """The value of a column as words, and the address of what it names."""
    value: Any = row[column.name]
    if group := group_of(column):
        return label(group, value), None
    if column.name in (PLACE_COLUMNS.get(kind), "ref_area"):
        place = snapshot.places.get(value)
        return Label(f"{place['name']} {value}" if place else value, ""), addresses.place(value) if place else None
    match column.name:
        case "breakdown":
            return Label(told(value), ""), None
        case "time_period" | "role_date" | "event_date":
            return Label(period(value), value if "/" in value else ""), None
        case "obs_value":
            unit = snapshot.unit_measures.get(row["unit_measure"], {})
            return Label(f"{plain(value)} {unit.get('name_zh', row['unit_measure'])}", row["unit_measure"]), None
        case "parent_id":
            # The item above may have been refused.
            return Label("上级条目", "item above"), f"#{value}" if value in snapshot.plan_item_ids else None
    return Label(_text(value), ""), None


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))
    return plain(value) if isinstance(value, Decimal) else str(value)
