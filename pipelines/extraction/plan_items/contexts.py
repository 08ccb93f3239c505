"""Which blocks of a document are a plan, and what the plan is called.

Here: plans as documents, plans told by the news, and the sections of reports and speeches that plan. Not here: the
entries (`numbering`) and their words (`titles`).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipelines.extraction.blocks import Block
from pipelines.extraction.document import Document
from pipelines.extraction.lexicon import alternation
from pipelines.extraction.patterns import guarded
from pipelines.extraction.plan_items.numbering import read_number

FIRST_PART = 2000
HEADING_LENGTH = 40
GLOSSARY = re.compile(r"(?:名词|用语|词语|术语)(?:解释|注释|说明|释义)$")
# 到2027年，力争生产总值迈上350亿元台阶。为此，重点打好五大攻坚战
GOALS_BEFORE = re.compile(r"到20\d{2}年|力争|下一步|今后|接下来|为此")
LEAST_HEADS = 3
# 2022年工作总结和2023年工作打算, 关于…预算草案的报告
OTHER_REPORT = re.compile(r"\d{4}年[^，。；]*(?:报告|打算|安排|计划|思路|计划执行情况)[）)]?$")
# 重点工作：, a chapter's heading without a number
UNNUMBERED = re.compile(r"[^，。；、！？,;!?]{3,16}[：:]?")
# a rank above that of every numbered heading
BELOW_NONE = -1
REPORTS = ("work_report", "speech")
TELL_PLANS = ("news", "other")


@dataclass(frozen=True, slots=True)
class Context:
    """A stretch of blocks that plans.

    Attributes:
        plan: Title of the plan.
        blocks: Its blocks.
        kind: plan (the document is the plan), part (it tells or holds one) or speech (only parallel heads plan).
    """

    plan: str
    blocks: tuple[Block, ...]
    kind: str


@lru_cache(maxsize=1)
def _plan_in_quotes() -> re.Pattern[str]:
    return re.compile(rf"《([^《》\n]{{3,60}}?{alternation('plan_noun')}(?:[（(][^（()）\n]{{1,24}}[）)])?)》")


@lru_cache(maxsize=1)
def _told() -> re.Pattern[str]:
    return guarded(alternation("plan_told"))


@lru_cache(maxsize=1)
def _plan_title() -> re.Pattern[str]:
    return guarded(rf"{alternation('plan_noun')}(?:\s*[（(][^（()）\n]{{1,30}}[）)])?[!！”》]*$")


@lru_cache(maxsize=1)
def _planning_section() -> re.Pattern[str]:
    return guarded(alternation("plan_section"))


def find_contexts(document: Document) -> list[Context]:
    """The stretches of a document that plan, in the order of the text.

    Args:
        document: The document.
    """
    # The numbers of a table's rows are no tasks.
    tables = [(rows[0].cells[0].start, rows[-1].cells[-1].end) for rows, _ in document.line_tables()]
    body = [
        block
        for block in document.blocks
        if block.section == "body" and not any(start <= block.start < end for start, end in tables)
    ]
    body = _before_glossary(document.text, body)
    if not body:
        return []
    told = told_plan(document, body)
    own = _own_title(document, body)
    if document.doc_type == "plan" or own:
        return [Context(told[0] if told and not own else own or document.row["title"] or "", tuple(body), "plan")]
    title = document.row["title"] or document.text[body[0].start : body[0].end]
    if document.doc_type in REPORTS or OTHER_REPORT.search(title):
        found = _sections(document, body, title)
        if not found and told and document.row["title"] is None:
            return [_told_context(told, body)]
        if not found and (called := _called_for(document.text, body)):
            return [Context(title, called, "part")]
        return found or ([Context(title, tuple(body), "speech")] if document.doc_type == "speech" else [])
    if told and document.doc_type in TELL_PLANS:
        return [_told_context(told, body)]
    return []


def _before_glossary(text: str, blocks: list[Block]) -> list[Block]:
    """Blocks before the notes that explain words of the text, which are numbered as tasks are."""
    for index, block in enumerate(blocks):
        if block.end - block.start <= HEADING_LENGTH and GLOSSARY.search(text, block.start, block.end):
            return blocks[:index]
    return blocks


def _told_context(told: tuple[str, int], body: list[Block]) -> Context:
    return Context(told[0], tuple(block for block in body if block.end > told[1]), "part")


def _own_title(document: Document, body: list[Block]) -> str | None:
    """The title of a document that is a plan itself: 某县乡村振兴规划（2021—2025年）."""
    opening = document.text[body[0].start : body[0].end]
    title = document.row["title"]
    # 第一章 发展基础: a line of the contents that was taken for the title
    first = opening if title is None or read_number(title, 0, len(title)) else title
    if len(first) > 60 or document.doc_type in REPORTS:
        return None
    if quoted := _plan_in_quotes().search(first):
        return quoted[1] if re.search(r"》的?(?:通知|公告|意见)?$", first) else None
    if _plan_title().search(first) and "。" not in first:
        return re.sub(r"^.*?印发(?=.)|的通知$", "", first).strip("“”《》!！")
    return None


def told_plan(document: Document, body: list[Block]) -> tuple[str, int] | None:
    """The plan that the beginning of a text tells of, with the position behind its title.

    Args:
        document: The document.
        body: Its body.
    """
    start, end = body[0].start, min(body[-1].end, body[0].start + FIRST_PART)
    if "《" not in document.text[start:end]:
        return None
    for match in _plan_in_quotes().finditer(document.text, start, end):
        around = (
            document.text[max(start, match.start() - 14) : match.start()]
            + document.text[match.end() : match.end() + 14]
        )
        if _told().search(around):
            return match[1], match.end()
    return None


def _called_for(text: str, body: list[Block]) -> tuple[Block, ...]:
    """The numbered heads of a speech that follow a paragraph of goals: （一）打好…攻坚战, behind 到2027年，力争…."""
    numbers = [read_number(text, block.start, block.end) for block in body]
    for index, entry in enumerate(numbers[1:-1], 1):
        if (
            entry is None
            or entry.own != "1"
            or GOALS_BEFORE.search(text, body[index - 1].start, body[index - 1].end) is None
        ):
            continue
        following = [one for one in numbers[index:] if one is not None and one.style == entry.style]
        if len(following) >= LEAST_HEADS:
            return tuple(body[index:])
    return ()


def _sections(document: Document, body: list[Block], title: str) -> list[Context]:
    """Sections of a report or speech whose heading plans: 二、2025年重点工作."""
    found: list[Context] = []
    inside: list[Block] = []
    rank: int | None = None
    for block in body:
        words = document.text[block.start : block.end]
        entry = read_number(document.text, block.start, block.end) if len(words) <= HEADING_LENGTH else None
        if entry is None and UNNUMBERED.fullmatch(words):
            # 重点工作： above （一）, in a report whose chapters bear no numbers
            if inside and rank == BELOW_NONE:
                found.append(Context(title, tuple(inside), "part"))
                inside, rank = [], None
            if not inside and _planning_section().search(words):
                inside, rank = [block], BELOW_NONE
            continue
        if entry is not None and (rank is None or entry.rank <= rank):
            if inside:
                found.append(Context(title, tuple(inside), "part"))
            inside, rank = [], None
            if entry.rank <= 5 and _planning_section().search(words):
                inside, rank = [block], entry.rank
            continue
        if inside:
            inside.append(block)
    if inside:
        found.append(Context(title, tuple(inside), "part"))
    return found
