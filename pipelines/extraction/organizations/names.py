"""Names of organizations cut out of a sentence.

Here: lists behind a cue (考察了A、B和C), the left edge of a name that ends in a known suffix, and names that are too
general to be one. Not here: what they are named for (the package).
"""

import re
from functools import lru_cache

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.facts import Span
from pipelines.extraction.lexicon import word_set
from pipelines.extraction.organizations.words import (
    branch_words,
    cue_before,
    generic,
    industry_suffix,
    kind,
    one_of,
    speaks,
    suffix,
    tail,
    visited_suffix,
)
from pipelines.extraction.patterns import guarded

SEPARATOR = re.compile(r"[、，,]|以及|(?:和|与|及)(?![平谐顺田县美睦信])")
STOP = re.compile(r"[。；;！？!?\n：:]")
LEAD = re.compile(r".*(?:(?<!美)的|之一|——|—|老股东|新股东|投资方|其中|包括|分别是|分别为)")
# 由, 在 … may be part of a name (华为, 同济): only where one of them begins what is left
RUNNING_LEAD = re.compile(
    r".*(?:(?<!美)的|之一|——|—|老股东|新股东|其中|包括|(?<!自)(?<!理)由(?!贸)|(?<!关)(?<!体)系(?!统)|是|了|(?<!所)在(?!线)|对(?!外)|(?<!方)(?<!面)向(?!阳)"
    r"|给|(?<!华)(?<!有)为|从|(?<!直)到|赴|将|让|被|以及|支持|推动|促进|引进|入驻|依托|联合|携手|(?<!责)任(?!城|丘)|走访|考察|参观|获悉)"
)
JOIN = re.compile("[与和]")
DESCRIBED = re.compile(r"(?:商|企业|公司|厂商|龙头|机构|平台|品牌|巨头|院校|高校|单位|引进|投资)$")
# 8家全国重点实验室, 各类龙头企业集团, 在…中作基地
NO_BEGINNING = re.compile(
    r"(?:\d+|[一二两三四五六七八九十几数多]+)[多余]?(?:家|个|所|座|大|批)|各|在|为|对|把|将|从|首[个家座批所]|[省市县]级|这|该|其"
)
# 全市首个诺贝尔奖工作站: what it is among others is no part of the name
AMONG = re.compile(
    r"(?:全(?:国|省|市|县|区|球|州)|我(?:国|省|市|县|区)|国内|世界|亚洲|西部|东北|中部|国资|国企|央企|新|省级|市级|国家级)*"
    r"(?:(?:首|第一|唯一|最大)[个家座所批]|唯一|最大)(?:的)?|新央企|央企"
    r"|(?:世界|中国|民营|企业|全国)*\d+强(?:企业)?"
)
# 以A、B为龙头: what the place rests on
SERVES_AS = re.compile(r"为(?:龙头|代表|支柱|引领|支撑|主体|核心|依托|载体|主力|骨干)")
# 三环锻造3家上市公司
COUNTED = re.compile(
    r"(?:\d+[余多]?|[一二两三四五六七八九十])家|\d+[余多]?[个所座名项]|[二两三四五六七八九十]大集团|\d年|异地|独资公司|升级为"
)
# 组建合作社118个: a sort of them
COUNTED_BEHIND = re.compile(r"(?:[约近超达]|总数)*\d+[余多]?[家个所座]")
QUOTES = '“”"「」『』‘’ \u3000'
OPENING = frozenset('…，,。；;：:、！？!?\n（(“”"《》 \u3000')
LONGEST = 26
LONGEST_LIST = 400
SHORTEST_CORE = 2
SHORTEST_NAME = 3
ADVERB = re.compile("(?:[并又再还也则已曾即与和记]|以及)+")
# 人民政府与某大学: what a party of its own ends in
ENDS_PARTY = "府委局办会院校行企厂心园区县市省国方司社站队家商联团室组镇乡村店馆场部所台员"
SHORT_FIRM = (4, 8)
# 中小城市研究院: words that are general by themselves make the name of one body
SHORTEST_OF_BODY = 4


def is_name(name: str, sentence: Sentence, start: int) -> bool:
    """Whether words with a suffix name one organization, not a sort of them (重点企业, 现代农业产业园).

    Args:
        name: The words.
        sentence: The sentence, for the places in it.
        start: Where they stand.
    """
    if not 3 <= len(name) <= LONGEST or NO_BEGINNING.match(name) or cue_before().match(name):
        return False
    if speaks(name) or COUNTED.search(name):
        return False
    ends = [match for match in visited_suffix().finditer(name) if match.end() == len(name)]
    core = name[: ends[-1].start()] if ends else name
    if any(word.isspace() for word in core) and not re.search("[A-Za-z]", core):
        return False
    placed = any(
        start <= mention.start < start + len(name) and not mention.own and mention.code and mention.level != "country"
        for mention in sentence.mentions
    )
    if placed:
        return True
    if generic().fullmatch(core):
        body = bool(ends) and ends[-1][0] in kind("body")
        return body and len(core) >= SHORTEST_OF_BODY and not any(core.startswith(word) for word in kind("plural"))
    return len(re.sub(r"[^\u4e00-\u9fffA-Za-z]", "", core)) >= SHORTEST_CORE


def listed(
    sentence: Sentence, start: int, stop: int | None = None, *, short: bool = False, alone: bool = False
) -> list[Span]:
    """Names of a list, as long as its parts end in suffixes.

    Args:
        sentence: The sentence.
        start: Where the list begins.
        stop: Where it ends at the latest.
        short: Whether firms may be called by their short names (盛运重工), and any 中心 or 馆 is a name.
        alone: Whether a firm's short name needs no certain name beside it.
    """
    text = sentence.text
    mark = STOP.search(text, start)
    limit = min(mark.start() if mark else len(text), stop if stop is not None else len(text), start + LONGEST_LIST)
    begin, separator = start, ""
    found: list[tuple[Span, bool]] = []
    while begin < limit:
        match = SEPARATOR.search(text, begin, limit)
        end = match.start() if match else limit
        if begin == end and match is not None:
            begin = match.end()
            continue
        certain = _name_in(sentence, begin, end, visited_suffix() if short else suffix())
        if certain is None and match is not None and match[0] in "和与" and _goes_on(sentence, begin, match):
            # 重庆信息与智慧医学研究院 is one body: what stands behind its place is no name by itself
            match = SEPARATOR.search(text, match.end(), limit)
            end = match.start() if match else limit
            certain = _name_in(sentence, begin, end, visited_suffix() if short else suffix())
        span = certain or (_firm_in(sentence, begin, end) if short else None)
        if span is not None:
            found.append((span, certain is not None))
        comma = separator in ("，", ",") or (not separator and match is not None and match[0] in "，,")
        if match is None or (span is None and comma) or (span is not None and _ends_list(text, span[1], end)):
            break
        begin, separator = match.end(), match[0]
    # 盛运重工 is a firm beside 安徽鸿润集团, and a branch of industry beside 农业
    return [span for span, _ in found] if alone or any(certain for _, certain in found) else []


def _ends_list(text: str, position: int, end: int) -> bool:
    """等 and verbs behind a name close the list."""
    return position < end and text[position] not in "（("


def _name_in(sentence: Sentence, begin: int, end: int, endings: re.Pattern[str]) -> Span | None:
    """The name in one part of a list."""
    text = sentence.text
    part = text[begin:end]
    for match in reversed(list(endings.finditer(part))):
        if not tail().match(part, match.end()):
            continue
        if COUNTED_BEHIND.match(text, begin + match.end()):
            return None
        left = begin + _left(part[: match.end()], sentence, begin, LEAD)
        while left < begin + match.end() and text[left] in QUOTES:
            left += 1
        span = (left, begin + match.end())
        name = text[span[0] : span[1]]
        if name.count("”") > name.count("“"):
            name = name.replace("”", "")
        return span if is_name(name, sentence, left) else None
    return None


def _firm_in(sentence: Sentence, begin: int, end: int) -> Span | None:
    """盛运重工 between names that are certain: a firm called by its short name."""
    part = sentence.text[begin:end]
    match = industry_suffix().search(part)
    while match is not None and not tail().match(part, match.end()):
        match = industry_suffix().search(part, match.end())
    if (
        match is None
        or not SHORT_FIRM[0] <= match.end() <= SHORT_FIRM[1]
        or branch_words().fullmatch(part, 0, match.start())
    ):
        return None
    if speaks(part) or any(verb in part for verb in word_set("action_verb")):
        return None
    return begin, begin + match.end()


def _left(part: str, sentence: Sentence, base: int, leads: re.Pattern[str]) -> int:
    """Where a name begins in the words that end with it."""
    lead = leads.match(part)
    cut = lead.end() if lead and lead.end() < len(part) else 0
    if cut == 0 and part.startswith("以") and SERVES_AS.search(sentence.text, base + len(part), base + len(part) + 40):
        cut = 1
    among = AMONG.match(part, cut)
    cut = among.end() if among and among.end() < len(part) else cut
    for match in JOIN.finditer(part, cut):
        # 省科学院与某研究院: both are named; 葡萄与葡萄酒合作中心 is one
        if match.end() < len(part) and (
            _ends_name(sentence, base + cut, base + match.start()) or _ends_place(sentence, base + match.start())
        ):
            cut = match.end()
    for mention in sentence.mentions:
        position = mention.start - base
        if cut < position < len(part) and (
            DESCRIBED.search(part, cut, position) or part[cut:position] in word_set("action_verb")
        ):
            cut = position
    return cut


def _ends_name(sentence: Sentence, start: int, end: int) -> bool:
    words = sentence.text[start:end]
    if words.endswith(tuple(kind("suffix"))):
        return True
    industry = max((word for word in kind("industry_suffix") if words.endswith(word)), key=len, default="")
    # 浪潮信息 is a firm; 重庆信息 is how 重庆信息与智慧医学研究院 begins
    placed = any(mention.start == start and mention.end == end - len(industry) for mention in sentence.mentions)
    return bool(industry) and not placed


def _goes_on(sentence: Sentence, start: int, joint: re.Match[str]) -> bool:
    """Whether what 与 joins is one name: it begins in a place, and what is behind has none of its own."""
    begins = {mention.start: mention.end for mention in sentence.mentions if mention.code}
    return begins.get(start, joint.start()) < joint.start() and joint.end() not in begins


def _ends_place(sentence: Sentence, position: int) -> bool:
    return any(mention.end == position for mention in sentence.mentions)


def left_edge(sentence: Sentence, end: int) -> int:
    """Where a name begins that ends at a position of running text; brackets such as 乐聚（苏州） are inside."""
    text = sentence.text
    start = end
    while start > 0 and end - start < LONGEST + 10:
        character = text[start - 1]
        if character in "）)":
            opening = max(text.rfind("（", 0, start), text.rfind("(", 0, start))
            if opening < 0 or start - opening > 12:
                break
            start = opening
            continue
        if character in OPENING and not _inside_latin(text, start - 1):
            break
        start -= 1
    start += _left(text[start:end], sentence, start, RUNNING_LEAD)
    start += behind_lead(text[start:end])
    return start


def behind_lead(part: str) -> int:
    """Where a name begins behind words that lead to it: 2019年|落户|某产业园, 人民政府与|某大学.

    Args:
        part: The words that end with the name.
    """
    lead = _leads().match(part)
    cut = lead.end() if lead else 0
    adverb = ADVERB.match(part, cut)
    return adverb.end() if adverb and adverb.end() + SHORTEST_NAME <= len(part) else cut


@lru_cache(maxsize=1)
def _leads() -> re.Pattern[str]:
    verbs = {verb for verb in word_set("action_verb") if len(verb) > 1} - kind("verb_in_name")
    party = rf"(?:(?<=[{ENDS_PARTY}])|(?<=大学))[与和]"
    has = r"(?<=[设内还已只])有(?![限色机研])"
    words = one_of(kind("lead") | verbs)
    return re.compile(rf".*(?:{words}|(?<=\d)[年月日]|{has}|{party})(?=.{{{SHORTEST_NAME}}})")


def leads_in(name: str) -> bool:
    """Whether words hold one that leads to a name, so that they are none: 客户提供工厂."""
    return _lead_words().search(name) is not None


@lru_cache(maxsize=1)
def _lead_words() -> re.Pattern[str]:
    verbs = {verb for verb in word_set("action_verb") if len(verb) > 1} - kind("verb_in_name")
    return guarded(one_of(kind("lead") | verbs))


def _inside_latin(text: str, position: int) -> bool:
    return (
        text[position] == " "
        and 0 < position < len(text) - 1
        and text[position - 1].isascii()
        and text[position - 1].isalpha()
    )
