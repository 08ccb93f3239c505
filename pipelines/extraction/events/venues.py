"""Where an event took place, what it was about and who held it.

Here: venue, theme and organiser in the words around an event. Not here: finding the event.
"""

import re

from pipelines.extraction.events.line import Finding, Line
from pipelines.extraction.lexicon import registry

QUOTED = r"[“\"](?P<quoted>[^”\"]{2,60})[”\"]"
THEMES = (
    re.compile(rf"以{QUOTED}为(?:年度)?(?:大会|论坛|活动)?主题"),
    re.compile(rf"主题(?:为|是|[：:])\s*{QUOTED}"),
    re.compile(r"主题(?:为|是|[：:])(?P<plain>[^，。；、“”\"]{2,30})"),
    re.compile(r"以(?P<plain>[^，。；“”\"]{2,30})为主题"),
    re.compile(rf"(?:围绕|聚焦|紧扣){QUOTED}(?:这一|的)?主题"),
    re.compile(r"(?:围绕|聚焦)(?P<plain>[^。；“”\"]{2,60}?)等?主题"),
)
HELD_BY = (
    re.compile(r"由(?P<who>[^，,。；;]{2,60}?)(?:共同|联合|牵头)*(?:主办|举办|发起主办)"),
    re.compile(r"主办(?:单位|方)(?:为|是|[：:])(?P<who>[^，,。；;]{2,60})"),
    re.compile(r"(?:^|[，,。；;])(?P<who>[^，,。；;在于以由的]{2,50}?)(?:共同|联合)*主办(?=的|[，,、。；;]|$)"),
)
AT = re.compile(
    r"(?:在|于)(?P<where>[^，,。；;在]{1,30}?)(?:正式|隆重|成功|圆满|顺利|如期|同期|同步|同时|联合|共同|盛大|组织|热烈|分别)*$"
)
BODY = re.compile(
    r"(?:[市县区省州旗镇]委|政府|委员会|管委会|人大|政协|[部局厅委办]|协会|学会|研究院|研究所|研究会|集团|公司|大学|学院|商会|联合会|中心|总工会"
    r"|银行|社|报)$"
)
NOT_A_PLACE = re.compile(r"\d|线上|视频|期间|会上|这里|此间|之际|基础|形式|全国$|国内|国际|上午|下午|[日年月时]$")


def theme_of(text: str) -> str | None:
    """The theme that a sentence states, None when it states none.

    Examples:
        >>> theme_of("本次论坛以“强县域、促共富”为主题"), theme_of("会议听取了汇报")
        ('强县域、促共富', None)
    """
    if "主题" not in text:
        return None
    for pattern in THEMES:
        if match := pattern.search(text):
            return next(words for words in match.groupdict().values() if words)
    return None


def organiser_of(text: str) -> str | None:
    """Who a sentence says held the event, None when it does not say.

    Examples:
        >>> organiser_of("论坛由省社科院、市人民政府共同主办，县人民政府承办。")
        '省社科院、市人民政府'
    """
    if "主办" not in text and "举办" not in text:
        return None
    return next((match["who"] for pattern in HELD_BY if (match := pattern.search(text))), None)


def venue(finding: Finding, words: tuple[int, int]) -> None:
    """Give an event the place named in a stretch of its sentence: 在苏州昆山, 在我市, 在市文化中心."""
    line = finding.line
    text = line.text[words[0] : words[1]]
    match = AT.search(text)
    if match is None or NOT_A_PLACE.search(match["where"]):
        return
    start, end = (words[0] + offset for offset in match.span("where"))
    named = line.mentions(start, end)
    if named:
        finding.place_code = named[-1].code or None
    if named and named[-1].end == end:
        finding.venue = named[-1].name if len(named) == 1 else "、".join(mention.name for mention in named)
    elif (own := registry().places.get(line.sentence.setting.place or "")) and own.short_name == match["where"]:
        finding.venue, finding.place_code = own.name, own.code
    elif len(match["where"]) > 1:
        finding.venue = match["where"]


def convener(finding: Finding, end: int) -> None:
    """Give an event the body or place that convened it: 昆山市委召开…."""
    line = finding.line
    start = line.start_of(end)
    for period in line.sentence.periods:
        if start <= period.start <= start + 4 and period.end < end:
            start = period.end
    words = re.sub(
        r"(?:成功|联合|共同|组织|再次|首次|专门|先后|隆重|主持|以[“\"].*|在.*|又|还|也)+$", "", line.text[start:end]
    )
    words = re.sub(r"^(?:上午|下午|晚上?|日前|近日|我们)+", "", words)
    named = line.mentions(start, start + len(line.text[start:end]))
    if named and finding.venue is None and named[0].start <= start + 1:
        finding.venue, finding.place_code = named[0].name, named[0].code or None
    if 2 <= len(words) <= 20 and finding.organiser is None and (BODY.search(words) or _is_place(line, words, start)):
        finding.organiser = words


def _is_place(line: Line, words: str, start: int) -> bool:
    return any(mention.start == start and mention.text == words for mention in line.sentence.mentions)
