"""Organizations: firms, parks, institutes and bodies that a document names, and why.

Here: their names, places and relation. Not here: offices of persons (`person_roles`).
"""

from collections.abc import Iterable, Iterator, Sequence

from pipelines.extraction.blocks import BODY, FIRM, Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.facts import Row, fact_row
from pipelines.extraction.lexicon import registry
from pipelines.extraction.occasions import occasion
from pipelines.extraction.organizations.counted import counted
from pipelines.extraction.organizations.elsewhere import elsewhere
from pipelines.extraction.organizations.statements import Named, named
from pipelines.extraction.organizations.tables import listed_in_tables
from pipelines.extraction.places import Mention
from schemas.registry import Place

# Told for its own sake, not for an event.
LASTING = frozenset(("located", "parent"))
# The congress that hears a report is not where the report's institutes were founded.
NO_OCCASION = frozenset(("work_report", "plan", "communique", "profile"))


def read_organizations(document: Document, sentences: Sequence[Sentence], events: Sequence[Row]) -> list[Row]:
    """Rows of `organizations`.

    Args:
        document: The document.
        sentences: Its sentences.
        events: The rows of `events`.

    Returns:
        Rows as `fact_row` makes them, in the order of the text.
    """
    rows = list(_rows(document, sentences, events))
    told = {row["name"] for row in rows}
    return rows + [row for row in _table_rows(document) if row["name"] not in told]


def _table_rows(document: Document) -> Iterator[Row]:
    """Firms of tables are where the document is."""
    place = registry().places.get(document.ref_area or "")
    for block, span in listed_in_tables(document):
        yield fact_row(
            document,
            "organizations",
            span,
            block.section,
            "table-of-firms",
            sentence=document.text[block.start : block.end],
            name=document.text[slice(*span)],
            relation="located",
            place=place.name if place else None,
            place_code=place.code if place else None,
            event=None,
        )


def _rows(document: Document, sentences: Sequence[Sentence], events: Sequence[Row]) -> Iterator[Row]:
    told: set[tuple[str, str]] = set()
    for sentence in sentences:
        found: dict[tuple[str, bool], Named] = {}
        for one in (*counted(sentence), *named(sentence)):
            found.setdefault((one.name, one.rule == "one-of"), one)
        for one in elsewhere(sentence) if sentence.cues & (BODY | FIRM) else ():
            if not _is_told(one, told, found.values()):
                found[one.name, False] = one
        if not found:
            continue
        anchors = _anchors(sentence, found.values())
        for one in sorted(found.values(), key=lambda one: one.span):
            if (one.name, one.relation) in told:
                continue
            told.add((one.name, one.relation))
            yield _row(document, sentence, one, events, anchors[one.cue])


def _is_told(one: Named, told: set[tuple[str, str]], found: Iterable[Named]) -> bool:
    """Whether a name without a cue is told of already, here or before, under it or a longer or shorter one."""
    return any(one.span[0] < other.span[1] and other.span[0] < one.span[1] for other in found) or any(
        one.name in name or name in one.name for name, _ in told
    )


def _anchors(sentence: Sentence, found: Iterable[Named]) -> dict[int, int]:
    """By cue the first name of its list that tells a place: all names of a list were visited on one tour."""
    anchors: dict[int, int] = {}
    placed: set[int] = set()
    for one in sorted(found, key=lambda one: one.span):
        inside = any(one.span[0] <= mention.start < one.span[1] for mention in sentence.mentions)
        if one.cue not in anchors or (inside and one.cue not in placed):
            anchors[one.cue] = one.span[0]
        if inside:
            placed.add(one.cue)
    return anchors


def _row(document: Document, sentence: Sentence, one: Named, events: Sequence[Row], anchor: int) -> Row:
    start = sentence.start + one.span[0]
    event = None
    if one.relation not in LASTING and document.doc_type not in NO_OCCASION:
        event = occasion(document, sentence, anchor, events, one.relation)
    place = _place(sentence, one)
    return fact_row(
        document,
        "organizations",
        (start, sentence.start + one.span[1]),
        sentence.block.section,
        one.rule,
        sentence=document.written(*sentence.span),
        name=one.name,
        relation=one.relation,
        place=place.name if place else None,
        place_code=(place.code or None) if place else None,
        event=event["name"] if event else None,
    )


def _place(sentence: Sentence, one: Named) -> Mention | Place | None:
    """Where it is: behind its cue (在昆山揭牌), in its name, before it, or what the sentence is about."""
    fit = [mention for mention in sentence.mentions if mention.level not in ("country", "group") and mention.code]
    behind = [mention for mention in fit if one.told[0] <= mention.start < one.told[1]]
    inside = [mention for mention in fit if one.span[0] <= mention.start < one.span[1]]
    if one.rule == "counted-list":
        # 宁德时代: a firm's name is not where it is, a case's is
        first = inside if one.relation == "case" else []
        behind, inside = first or behind, []
    if behind or inside or one.relation in ("case", "honoured"):
        return next(iter(behind or inside), None)
    before = [mention for mention in fit if mention.end <= one.begins]
    if before and one.relation != "other" and one.rule != "serves-as":
        return before[-1]
    return registry().places.get(sentence.setting.place or "") if one.relation == "located" else None
