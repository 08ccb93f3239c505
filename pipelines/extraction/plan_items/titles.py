"""What an entry of a plan is: its short title, its level and its deadline.

Here: cutting a title out of a paragraph, and the words that make a level (`schemas/registry/plan_levels.csv`). Not
here: numbers and parents (`numbering`).
"""

import re
from functools import lru_cache

from pipelines.extraction.lexicon import registry
from pipelines.extraction.patterns import guarded

LONGEST_TITLE = 48
SHORT_SENTENCE = 30
SENTENCE = re.compile(r"[^。！!\n]+[。！!]?")
SENTENCE_END = re.compile(r"[。；;！!\n]|[：:](?!\d)")
CLAUSE_END = re.compile(r"[，,]")
RESPONSIBLE = re.compile(r"\s*[（(\[【](?:责任|牵头|配合|完成|主办|主责|各).*$")
CLOSING = re.compile(r"[\s。；;，,：:、]+$")
SHORTEST_CLAUSE = 4
YEAR = r"((?:19|20)\d{2})"
DEADLINE = guarded(
    rf"(?<![截])(?<!截止)(?:[到至]|力争|争取|确保){YEAR}年(?!以来|[至到—–-])"
    rf"|(?<!截至){YEAR}年(?:\d{{1,2}}月)?(?:底|末|年底)?(?:前|之前|以前)"
)
RANGE_END = re.compile(rf"{YEAR}年?\s*(?:[-~～—–―－]+|至)\s*{YEAR}年?")
GOAL_CLAUSE = re.compile(r"^(?:率先|努力|全面|基本|初步|奋力)*(?:成为|建成|建设成为|打造成为|实现|形成|跻身|打造)")


def short_title(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the title of an entry stands: its first sentence, or the first clause of a long one.

    Args:
        text: Clean text.
        start: Where the words behind the number start.
        end: Where the block ends.

    Examples:
        >>> line = "培育特色产业，推进一村一品，建设基地12个。"
        >>> line[slice(*short_title(line, 0, len(line)))]
        '培育特色产业'
        >>> line = "完善制度，提升效能。开展督查。"
        >>> line[slice(*short_title(line, 0, len(line)))]
        '完善制度，提升效能'
    """
    while start < end and text[start] in " \u3000：:、":
        start += 1
    match = SENTENCE_END.search(text, start, end)
    stop = match.start() if match else end
    if annex := RESPONSIBLE.search(text, start, stop):
        stop = annex.start()
    whole_block = match is not None and match.end() >= end
    short = stop - start <= SHORT_SENTENCE and len(CLAUSE_END.findall(text, start, stop)) <= 1
    if stop - start > LONGEST_TITLE or (whole_block and not short):
        stop = _first_clause(text, start, stop)
    if tail := CLOSING.search(text, start, stop):
        stop = tail.start()
    return start, stop


def _first_clause(text: str, start: int, stop: int) -> int:
    for match in CLAUSE_END.finditer(text, start, stop):
        clause = text[start : match.start()]
        if len(clause) >= SHORTEST_CLAUSE and clause.count("“") == clause.count("”") and "《" not in clause[-30:]:
            return match.start()
    return stop


@lru_cache(maxsize=1)
def _levels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["level"], re.compile(row["pattern"])) for row in registry().table("plan_levels"))


def level_of(title: str) -> str:
    """The level that a title makes: demonstration, action_plan, other, task by default; aside where it is no item.

    Examples:
        >>> [level_of(title) for title in ("争当绿色发展的县域示范", "人才行动计划", "总体要求", "消费提振行动")]
        ['demonstration', 'action_plan', 'aside', 'task']
    """
    plain = title.strip("《》“”")
    return next((level for level, pattern in _levels() if pattern.search(plain)), "task")


def deadline_of(text: str, spans: list[tuple[int, int]], not_before: int | None) -> str | None:
    """The year by which an entry is to be done.

    Args:
        text: Clean text.
        spans: Where the words of the entry stand.
        not_before: The document's year; what is over is no deadline.

    Examples:
        >>> deadline_of("力争到2027年产值翻番", [(0, 12)], 2024), deadline_of("截至2023年底前", [(0, 9)], 2024)
        ('2027', None)
    """
    for start, end in spans:
        for match in DEADLINE.finditer(text, start, end):
            year = match[1] or match[2]
            if not_before is None or int(year) >= not_before:
                return str(year)
    return None


def end_of_range(title: str) -> str | None:
    """The last year of a title that states its years: 行动计划（2022—2025年）."""
    match = RANGE_END.search(title)
    return match[2] if match else None


def goal_title(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a goal year says what is to be: the last clause that says 成为 or 建成, else the first.

    Args:
        text: Clean text.
        start: Where the words behind the year start.
        end: Where the sentence ends.

    Examples:
        >>> goal = "产业体系更加完善，生态环境持续改善，建成全省样板。"
        >>> goal[slice(*goal_title(goal, 0, len(goal)))]
        '建成全省样板'
    """
    clauses: list[tuple[int, int]] = []
    position = start
    for match in re.compile(r"[，,；;。]").finditer(text, start, end):
        clauses.append((position, match.start()))
        position = match.end()
    if position < end:
        clauses.append((position, end))
    clauses = [clause for clause in clauses if text[slice(*clause)].strip()]
    if not clauses:
        return start, end
    return next((clause for clause in reversed(clauses) if GOAL_CLAUSE.match(text[slice(*clause)])), clauses[0])
