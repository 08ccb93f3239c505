"""What something is by its size: 马坑铁矿是华东第一大铁矿, 我市是全国第二大稀土基地.

Here: 第N大 with its class and its scope. Not here: ranks of an indicator (`of_indicators`) and on lists (`on_lists`).
"""

import re
from collections.abc import Iterator

from pipelines.extraction.patterns import guarded
from pipelines.extraction.place_meant import default_place
from pipelines.extraction.rankings.view import Position, View
from pipelines.extraction.rankings.whose import full_scope
from pipelines.extraction.rankings.words import NUMERAL, SCOPE_WORDS, integer
from pipelines.extraction.setting import Where

LARGEST = guarded(
    rf"(?P<scope>{SCOPE_WORDS}|中国|我国)(?:的)?第(?P<rank>{NUMERAL})大"
    r"(?P<class>(?!(?:任务|战略|动力|目标|板块|民族|语言|(?:支柱|主导)?产业(?:[，,。；]|$)))[\u4e00-\u9fff]{2,12}?)(?=[，,。；;、！!）)]|$)"
)
# 马坑铁矿|是, 已成为: what stands between who is told of and the scope
IS_OR_BECAME = re.compile(
    r"(?P<who>[\u4e00-\u9fffA-Za-z0-9“”]{0,16}?)(?:现?已|目前|也|已经)?(?:是|为|系|成为|发展成为|跃居|跃升为)$"
)
# 这里是, 其中为: words that name nobody
NOBODY = re.compile(r"(?:这里|其中|其|它|目前|如今|也|已|该矿|现)?")
SAME = {"中国": "全国", "我国": "全国"}


def largest(view: View) -> Iterator[Position]:
    """Positions of things and places by their size.

    Args:
        view: The sentence.
    """
    for match in LARGEST.finditer(view.text) if "大" in view.text else ():
        start = max(view.clause_start(match.start()), view.text.rfind("、", 0, match.start()) + 1)
        told = IS_OR_BECAME.search(view.text[start : match.start()])
        rank = integer(match["rank"])
        if told is None or rank is None:
            continue
        entity = _entity(view, told["who"], start + told.start("who"))
        if entity.name is None:
            continue
        scope = full_scope(view, SAME.get(match["scope"], match["scope"]), entity)
        span = (start, match.end())
        yield view.position(
            f"{match['class']}（{scope}）", entity, rank, None, span, match.span("rank"), "largest-of-its-kind"
        )


def _entity(view: View, who: str, start: int) -> Where:
    """Who is told of: a place that the words name, the thing that they name, or the place in force."""
    named = [one for one in view.subjects if start <= one.start and one.end <= start + len(who)]
    if named and named[0].start == start:
        rest = view.text[named[0].end : start + len(who)]
        return view.where(named[0]) if not rest else Where(None, who, None, "named", start)
    if NOBODY.fullmatch(who):
        return default_place(view.sentence.setting)
    return Where(None, who.strip("“”"), None, "named", start)
