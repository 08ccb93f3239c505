"""What a person did where the text shows the office.

Here: the first telling verb behind the names (出席, 致辞, 率队), or before them (参加会议的有). Not here: the names and
offices (`statements`). The verbs are rows of `role_verbs.csv`.
"""

import re
from functools import lru_cache

from pipelines.extraction.lexicon import registry

# 在会上表示, 在致辞中说: what is said there is a speech; 表示欢迎 is said to guests
AT_MEETING = re.compile(r"(?:会|会议|仪式|论坛|活动|大会|“第一会”)上|(?:致辞|讲话|发言|报告)[时中]")
AND_SPOKE = re.compile(r"[^，,。；;]{0,16}并(?:讲话|致辞|致词|发言|作|宣布|主持|推介|演讲|分享)")
WELCOME = re.compile(r"表示(?:热烈|诚挚|衷心|最?)*(?:的)?(?:欢迎|感谢|祝贺)")
INTERVIEW = re.compile(r"(?:接受|受)[^，,。；]{0,12}?采访|记者|专访")
SENTENCE_END = re.compile(r"[。！？\n]")
PARTY = "一行"
REACH = 70
REACH_BACK = 24


@lru_cache(maxsize=1)
def _verbs() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = registry().table("role_verbs")
    ordered = sorted((row["text"] for row in rows), key=lambda word: (-len(word), word))
    # 考察组 is who came, not what was done
    pattern = re.compile(f"(?:{'|'.join(re.escape(word) for word in ordered)})(?![组团队])")
    return pattern, {row["text"]: row["role"] for row in rows}


def deed(text: str, start: int, end: int, *, look_back: bool = True) -> str:
    """What the persons of a list did.

    Args:
        text: The sentence.
        start: Where the first office of the list begins.
        end: Where its last name ends.
        look_back: Whether the verb may stand before the list.

    Returns:
        A value of `role_in_event`.

    Examples:
        >>> deed("县委书记张三致辞。", 0, 6), deed("参加会议的有县委书记张三。", 6, 12)
        ('spoke', 'attended')
    """
    pattern, roles = _verbs()
    stop = SENTENCE_END.search(text, end)
    limit = min(stop.start() if stop else len(text), end + REACH)
    match = pattern.search(text, end, limit)
    if match is not None and match[0] == PARTY:
        # 会见了董事长沈某一行: the verb is before or behind the party
        match = pattern.search(text, match.end(), limit) or match
    if match is not None and not (match[0] == PARTY and look_back and start > 0):
        return _in_context(roles[match[0]], text, start, match.start(), limit)
    head = text[max(0, start - REACH_BACK) : start] if look_back else ""
    before = list(pattern.finditer(head))
    if before:
        return roles[before[-1][0]]
    return roles[PARTY] if match is not None else "other"


def _in_context(role: str, text: str, start: int, verb: int, limit: int) -> str:
    if role == "attended" and AND_SPOKE.match(text, verb):
        return "spoke"
    if role == "quoted":
        if INTERVIEW.search(text, max(0, start - REACH_BACK), limit):
            return role
        if WELCOME.match(text, verb) or AT_MEETING.search(text, max(0, start - REACH_BACK), limit):
            return "spoke"
    return role
