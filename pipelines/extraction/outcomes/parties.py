"""Who signed, founded or published: the parties of an outcome, as written.

Here: reading the subject in front of the verb as a list. Not here: the outcome itself (`things`).
"""

import re
from functools import lru_cache
from itertools import pairwise

from pipelines.extraction.events.line import Line
from pipelines.extraction.outcomes.things import Thing
from pipelines.extraction.outcomes.words import any_of

SHORTEST, LONGEST = 2, 30
JOINT = re.compile(r"、|与(?!会)|和(?!平|谐|县|田)|同(?!济|仁|心)|及|以及")
REPRESENTATIVE = re.compile(r"(?:长|书记|主任|经理|主席|委员)[\u4e00-\u9fff]{2,3}$")
HOW = (
    r"(?:共同|联合|正式|分别|现场|成功|集中|首次|又|还|也|已|双方|三方|携手|随后|今天|昨天|当天|并|发起|举行|隆重|牵头|随即|先后"
    r"|上午|下午)"
)
MANNER = re.compile(rf"(?:{HOW}+|{HOW}*[在就][^、在就]{{1,30}})$")
OPENING = re.compile(
    r"^(?:据悉|会上|现场|活动中|期间|其中|同时|随后|由|[上下]午|当天|仪式上|\s"
    r"|[一-龥]{0,6}(?:大会|会议|论坛|仪式|活动|座谈会)(?:期间|上|中|现场))+"
)
DOES = re.compile(r"缔结|建立|达成|签|开展|举行|表示|推动|围绕|通过")
BODY = re.compile(
    r"(?:[市县区省州旗镇]委|政府|委员会|管委会|[部局厅委办]|协会|学会|研究院|研究所|研究会|集团|公司|大学|学院|商会|联合会|中心|银行|日报|晚报|》|[市县区省镇乡村]"
    r"|[省市县区][)）]|海关|医院|学校|基金|园|厂|站|社|报|团|队|行|港)$"
)
TRAILING = re.compile(
    r"(?:等(?:[\d一二三四五六七八九十两]+[个家])?[\u4e00-\u9fff]{0,6}"
    r"|[三两四五六](?:地|市|县|区|省|镇|国|校)|[双各三]方)$"
)


@lru_cache(maxsize=1)
def _generic() -> re.Pattern[str]:
    return re.compile(f"^{any_of('generic_party')}+$")


def parties_of(line: Line, thing: Thing) -> list[str]:
    """The parties named in front of the verb; empty where the sentence names none.

    Args:
        line: The sentence.
        thing: The outcome.
    """
    if thing.manner in ("perform", "entered", "appear"):
        return []
    start, end = line.start_of(thing.verb), thing.verb
    for period in line.sentence.periods:
        if period.start <= start + 1 and start < period.end <= end:
            start = period.end
    words = line.masked[start:end]
    if opening := OPENING.match(words):
        start += opening.end()
        words = words[opening.end() :]
    words = MANNER.sub("", words)
    words = TRAILING.sub("", words)
    found: list[str] = []
    position = 0
    for match in [*JOINT.finditer(words), None]:
        until = match.start() if match else len(words)
        begin, end = start + position, start + until
        position = match.end() if match else until
        found += _names(line, begin, end)
    named = [name for name in found if _is_party(line, name)]
    return named if len(named) == len(found) else []


def _names(line: Line, start: int, end: int) -> list[str]:
    """The names in one item; places side by side are one each (汉中巴中两市)."""
    named = line.mentions(start, end)
    whole = len(named) > 1 and named[0].start == start and named[-1].end == end
    if whole and all(one.end == other.start for one, other in pairwise(named)):
        return [mention.text for mention in named]
    name = line.text[start:end].strip(" ，,")
    return [name] if name else []


def _is_party(line: Line, name: str) -> bool:
    """Whether words name a place or a body, not what somebody did."""
    if not SHORTEST <= len(name) <= LONGEST or _generic().match(name):
        return False
    if DOES.search(name) or REPRESENTATIVE.search(name):
        return False
    return BODY.search(name) is not None or any(name.startswith(mention.text) for mention in line.sentence.mentions)
