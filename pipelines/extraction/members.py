"""Which of several places a number is of, told by position or by a word: 三县分别为, 前者, 至少还有2个县.

Here: members of a list that was named before, the one or the other of two, and places beside those named. Not here:
the subject of a sentence (`where`) and the words of groups (`place_groups`).
"""

import re
from collections.abc import Sequence

from pipelines.extraction.binding import Draft
from pipelines.extraction.pairing import PAIR_BREAK, behind_lists, handed_out
from pipelines.extraction.place_groups import HOW_MANY, size_of
from pipelines.extraction.places import Mention
from pipelines.extraction.sentences import Clause
from pipelines.extraction.setting import Setting, Where

# 至少还有|2个县域|处于800+梯队: other places than those named before
OTHERS = re.compile(
    r"(?:还|另|也)(?:至少|仅|只)?有(?P<others>(?:\d+|[两三四五六七八九十]+)个?(?:县域|县级市|县[（(]市|县市|城市|[县市区旗](?![级域市区长委场政直])))"
)
LEAST_PAIR = 2


def others(draft: Draft, text: str, mentions: Sequence[Mention]) -> Where | None:
    """昆山、太仓两地都超过15家,至少还有4个县市超过10家: places beside those named, None where there are none."""
    if "有" not in text:
        return None
    at = draft.quantity.number_start
    last = max((mention.end for mention in mentions if mention.end <= at), default=-1)
    told = OTHERS.search(text, last, draft.quantity.end + 1) if last >= 0 else None
    if told is None or "；" in text[told.end() : at] or any(m.own for m in mentions if m.end <= at):
        return None
    # their number is of a whole that is not told
    words = None if told.start("others") <= at < told.end() else told["others"]
    return Where(None, None, words, "unknown" if words is None else "named")


def former_or_latter(text: str, mentions: Sequence[Mention], clause: Clause | None) -> Mention | None:
    """义乌与昆山并称“双子星”,前者拥有…,后者…: the place of the two named before that is meant."""
    if clause is None or "者" not in text:
        return None
    word = text[clause.start : clause.end].lstrip(" 　、“")[:2]
    if word not in ("前者", "后者"):
        return None
    first = text.find("前者")
    before = [mention for mention in mentions if mention.end <= (first if first >= 0 else clause.start)]
    named = [mention for mention in before if mention.code and not mention.own]
    if len(named) < LEAST_PAIR or named[-1].code == named[-2].code:
        return None
    return named[-2] if word == "前者" else named[-1]


def member(text: str, mentions: Sequence[Mention], at: int, setting: Setting) -> Mention | None:
    """三县…增速分别为8.3%、5.6%和7.4%: the place of a number by its position in the list that the count stands for."""
    handed = handed_out(text, at)
    if handed is None or not setting.listed:
        return None
    if mentions and mentions[-1].level == "group":
        words, end = mentions[-1].text, mentions[-1].end
    elif not mentions and (headed := HOW_MANY.match(text)) is not None:
        # ▲筠连、珙县、屏山 as a heading, 三县|收入分别为…
        words, end = headed.group(), headed.end()
    else:
        return None
    end = behind_lists(text, end, handed.start)
    if end > handed.start or PAIR_BREAK.search(text, end, handed.start):
        return None
    members = setting.listed.get(handed.length) if size_of(words) == handed.length else None
    return None if members is None else members[handed.position]
