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
MANNER = re.compile(
    r"(?:共同|联合|正式|分别|现场|成功|集中|首次|又|还|也|已|双方|三方|携手|随后|今天|昨天|当天|并|在[^、]{1,16}|就[^、]{2,30}|发起|举行"
    r"|隆重|牵头|随即|先后|上午|下午)+$"
)
OPENING = re.compile(
    r"^(?:据悉|会上|现场|活动中|期间|其中|同时|随后|由|[上下]午|当天|仪式上|[一-龥]{0,6}(?:大会|会议|论坛|仪式|活动|座谈会)(?:期间|上|中|现场)|\s)+"
)
SHARED_END = re.compile(
    r"(?:等)?(?:[\d一二三四五六七八九十两]+[个家])?(?:单位|部门|城市|地区|企业|机构|高校|地|市|县|区|方)?$"
)
TRAILING = re.compile(
    r"(?:等(?:[\d一二三四五六七八九十两]+[个家])?[\u4e00-\u9fff]{0,6}|[三两四五六](?:地|市|县|区|省|镇|国|校)|[双各三]方)$"
)
SIGNED_BY_ALL = re.compile(r"[，,](?:各方|双方|三方|四方|三地|两地|两市|三市|双方将)*$")


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
    named = [name for name in found if _is_party(line, name, start)]
    return named if len(named) == len(found) else []


def _names(line: Line, start: int, end: int) -> list[str]:
    """The names in one item; places side by side are one each (汉中巴中两市)."""
    named = line.mentions(start, end)
    if len(named) > 1 and named[0].start == start and named[-1].end == end:
        if all(one.end == other.start for one, other in pairwise(named)):
            return [mention.text for mention in named]
    name = line.text[start:end].strip(" ，,")
    return [name] if name else []


DOES = re.compile(r"缔结|建立|达成|签|开展|举行|表示|推动|围绕|通过")
BODY = re.compile(
    r"(?:[市县区省州旗镇]委|政府|委员会|管委会|[部局厅委办]|协会|学会|研究院|研究所|研究会|集团|公司|大学|学院|商会|联合会|中心|银行|日报|晚报|》|[市县区省镇乡村]|[省市县区][)）]|海关|医院|学校|基金|园|厂|站|社|报|团|队|行|港)$"
)


def _is_party(line: Line, name: str, start: int) -> bool:
    """Whether words name a place or a body, not what somebody did."""
    if (
        not SHORTEST <= len(name) <= LONGEST
        or _generic().match(name)
        or DOES.search(name)
        or REPRESENTATIVE.search(name)
    ):
        return False
    if BODY.search(name):
        return True
    return any(mention.text == name or name.startswith(mention.text) for mention in line.sentence.mentions)
