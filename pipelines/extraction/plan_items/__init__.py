"""Plan items: the tree of a plan.

Here: goal years, demonstrations, tasks and action plans with number, parent and deadline. Which blocks plan is in
`contexts`, the numbering in `numbering`, the entries in `outline` and `unnumbered`, their words
in `titles`.
Not here: figures of a plan (`observations`) and named schemes (`programmes`).
"""

from collections.abc import Sequence

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.facts import Row, fact_row
from pipelines.extraction.plan_items.contexts import Context, find_contexts
from pipelines.extraction.plan_items.items import Item
from pipelines.extraction.plan_items.outline import read_outline

LONGEST_SENTENCE = 400


def read_plan_items(document: Document, sentences: Sequence[Sentence]) -> list[Row]:
    """Rows of `plan_items`.

    Args:
        document: The document.
        sentences: Its sentences.

    Returns:
        Rows as `fact_row` makes them, in the order of the text.
    """
    rows: list[Row] = []
    for context in find_contexts(document):
        items = read_outline(document.text, context, document.year)
        rows += _rows(document, context, items)
    return rows


def _rows(document: Document, context: Context, items: Sequence[Item]) -> list[Row]:
    ids: dict[int, str] = {}
    rows = []
    for item in items:
        entry, parent = item.entry, item.entry.parent
        while parent is not None and id(parent) not in ids:
            # 主要任务 is no item: what stands below it stands below what it stands below
            parent = parent.parent
        row = fact_row(
            document,
            "plan_items",
            (entry.start, item.title[1]),
            "body",
            item.rule,
            sentence=document.text[entry.start : min(entry.end, entry.start + LONGEST_SENTENCE)],
            numbers=[entry.number_span] if entry.number_span else [],
            plan=context.plan.strip("《》“” "),
            level=item.level,
            number=entry.number or None,
            title=_title(document.text[slice(*item.title)]),
            parent=(parent.number or None) if parent else None,
            parent_id=ids.get(id(parent)),
            deadline=item.deadline,
        )
        ids[id(entry)] = row["item_id"]
        rows.append(row)
    return rows


def _title(words: str) -> str:
    """A title without the marks around a whole document name: 《人才行动计划》."""
    if words.startswith("《") and words.find("》") == len(words) - 1:
        return words[1:-1]
    return words
