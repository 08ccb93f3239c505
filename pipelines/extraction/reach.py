"""How far in its sentence a place reaches: which of its subjects can govern a number.

Here: the head of a clause and of a sentence (2022年,其中昆山市…), and the places that only begin the name of something
else (武汉协和医院, 深圳推介会, 沈阳机床等32家名企). Not here: which places are subjects at all (`subjects`), and groups
of places (`place_groups`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.extraction.gazetteer import contains
from pipelines.extraction.indicators import names_indicator
from pipelines.extraction.lexicon import alternation, registry
from pipelines.extraction.patterns import guarded
from pipelines.extraction.places import LIST_MARKS, ZONE_ACTS, Mention
from pipelines.extraction.sentences import Clause
from pipelines.extraction.subjects import is_measured

# what lies in a county and has figures of its own
UNITS = frozenset(("zone", "town", "locality"))
# a figure right behind a place
FIGURE_OF = re.compile(
    r"(?:现有|实现|完成|拥有|(?:19|20)\d{2}年)?[，]?[\u4e00-\u9fffA-Z]{2,14}?(?:达到?|为|超过?|突破)?\d"
)
DIGIT_BEHIND = re.compile(r"[^，；。：\d]{0,12}\d")
# 周庄镇|镇域面积38平方公里
EXTENT = re.compile(
    r"[，,]?(?:总|[镇村乡街区辖国土行政域幅员规划]{1,5})?面积[为达约有]{0,2}\d|[，,]?(?:下?辖|总人口|户籍人口|全镇)"
)
LISTED = re.compile(r"^\s*(?:[、和及]|以及)\s*$")
TIME = (
    r"(?:截至|截止|到|至|在)?(?:(?:19|20)\d{2}年)?"
    r"(?:\d{1,2}[-—~至]\d{1,2}月份?|\d{1,2}月份?(?:\d{1,2}日|[末底初])?|前\d{1,2}个月|[上下]半年|前?[一二三四]季度|全年|年?[末底初]|期末)?"
    r"(?:[，,]?(?:去年|今年|当年|目前|近年来|同期|同年|期间|“[一二三四五十]+”))?"
)
# possessive: what has been taken for an opening is not tried again in another way
OPENING = re.compile(
    r"(?:[\s　、和与及“‘\"《（(—\-•·|,，]|其中|而且?|但|同时|此外|另外|在|从|以|像|例如|比如|如|作为|包括|分别|依次"
    r"|其次|再次|紧随其后的?|20\d{2}(?:年度?)?"
    r"|特别|尤其|有|为|是|即|仅|单|[一二三四五六七八九十\d]{1,2}[.．是]|据|数据显示|地区|各地|县域|第[一二三四五六七八九十]+|排名|"
    + TIME
    + r")*+"
)
LEAD_IN = re.compile(
    # 今年|前三季度，
    rf"[\s　]*(?:{TIME}[，,]?){{0,2}}"
    r"(?:[\u4e00-\u9fff\d]{1,8}(?:方面|领域|上|中|看|来说|而言|角度|里|内|下)|同时|其中|此外|另外|目前|据?(?:介绍|了解|统计|悉|初步统计)"
    r"|(?:作为|根?据|随着|围绕|按照|以)[^，,；;。]{1,24})?[\s　，,：:]*"
)
# 县长在致辞中说，|四地…
SAID = re.compile(
    r"[^，,。；;：:]{2,24}(?:说|表示|指出|介绍|认为|透露|强调|显示|提出|明确|(?<=报告)称|[报声宣]称)[，,：:]"
)
LONGEST_OPENING = 60
LIKE_THIS = ("这样的", "那样的", "一样的", "这类")
# 排名第一的|义乌市, 增速最快的是|泗洪县
MODIFIER = re.compile(r"[\u4e00-\u9fff\d]{2,16}的(?:[县城]市)?[是为有]?$")
ACTS = re.compile(
    r"[市县区]?(?:[，,：:、—\-（(\d]"
    r"|[实完共有已将是为位地素坐被获成先现总全辖以连再持依聚抢围紧深加坚扎推通在从把积着还也的近今去当拥达累年新两举召])"
)
# 玉环市排名第二位,人均可支配收入是68138元
RANKED = re.compile(r"[市县区]?(?:排名?|位列|位居|名列|居|紧随|次之|为例|作为)")
LISTED_THING = re.compile(
    r"[^，,；;。：:、\d的等]{1,14}(?P<more>(?:、[^，,；;。：:、\d]{1,18}){0,9}?)(?:等(?!级)|(?=\d+[个家座项种][\u4e00-\u9fff]))"
)
ACCIDENT = re.compile(r"[“\"‘]\d{1,2}[·.．]\d{1,2}[”\"’]")
COUNTED_BODY = "上市|高速|中小|规上|外资|等级"
THING_BEFORE = re.compile(r"[^，,；;。：:、\d等]{1,18}、$")
VERB = r"有(?!限)|[设建引投是为的全各新共在实完召举承与同及]|达到"


@lru_cache(maxsize=1)
def _people_behind() -> re.Pattern[str]:
    """People who come from a place and what they do elsewhere (温州|商人, 广东省|援疆)."""
    return guarded(alternation("place_people"))


@lru_cache(maxsize=1)
def _name_behind() -> re.Pattern[str]:
    """The rest of the name of a thing that begins with a place (武汉|协和医院, 深圳|（前海）合作大会, 兰州|拉面)."""
    bracket = r"(?:[（(][^（）()，。]{1,8}[)）])?"
    return re.compile(
        bracket
        + rf"(?:(?!{VERB}|{COUNTED_BODY})[\u4e00-\u9fffA-Za-z·]){{0,8}}?"
        + alternation("place_body", "place_event", "place_people", "place_ware")
        + r"(?![数里床存贷\d])"
    )


@dataclass(slots=True)
class Spot:
    """Where a number stands.

    Attributes:
        mentions: The places that its sentence names.
        clauses: The clauses of its sentence.
        clause: Index of its own clause.
        continues: Whether it only goes on about what the clause before is about (2150亿元,比上年|增长9.8%).
        home: Code of the place in force, None where there is none.
    """

    mentions: Sequence[Mention]
    clauses: Sequence[Clause]
    clause: int
    continues: bool
    home: str | None


def governing(text: str, named: Sequence[Mention], spot: Spot) -> list[Mention]:
    """The subjects that can govern a number.

    In a text about a place, another place governs the numbers of later clauses only from the head of the sentence
    (2022年,如皋市…), or where they go on about what it began; 高速公路连通咸阳,全市…5G基站 is not about 咸阳.

    Args:
        text: The sentence.
        named: Its subjects (`subjects`).
        spot: Where the number stands.
    """
    if spot.home is None:
        return list(named)
    found: list[Mention] = []
    for run in _runs(text, named):
        # 广西、广东游客: what makes the last of a list a name makes the others names as well
        if _governs(run[0], text, named, spot, spot.home) and not (
            len(run) > 1 and _is_aside(run[-1], text, named, spot)
        ):
            found += run
    return found


def _runs(text: str, named: Sequence[Mention]) -> list[list[Mention]]:
    """The subjects in lists, each with nothing but list marks between its members."""
    runs: list[list[Mention]] = []
    for mention in named:
        if runs and LISTED.match(text[runs[-1][-1].end : mention.start]):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def _is_aside(mention: Mention, text: str, named: Sequence[Mention], spot: Spot) -> bool:
    """Whether a place in a text about another is only a part of a name."""
    foreign = mention.level == "group" or bool(mention.code and spot.home and not contains(spot.home, mention.code))
    if mention.own or mention.code == spot.home:
        return False
    if ACCIDENT.match(text, mention.end) or is_listed_thing(text, mention, named):
        return True
    # 宁波|舟山港, 西安|咸阳国际机场: a name of two places is of neither
    twofold = text[mention.end : mention.end + 2] in registry().place_names
    if not (foreign or twofold) or not is_name(text, mention):
        return False
    # 宁波|港口货物吞吐量 is an indicator of the city, 北京、天津|游客 are guests of another
    return not names_indicator(text, mention.end) or _people_behind().match(text, mention.end) is not None


def _governs(mention: Mention, text: str, named: Sequence[Mention], spot: Spot, home: str) -> bool:
    index = next((n for n, other in enumerate(spot.clauses) if other.start <= mention.start < other.end), spot.clause)
    clause = spot.clauses[spot.clause]
    if mention.code and contains(mention.code, home):
        return _outer_governs(mention, text, named, spot, index)
    if mention.own or mention.code == home:
        return True
    if spot.clause - index <= 1 and text.startswith(LIKE_THIS, mention.end) and text[mention.start - 1] in "像如":
        # 像|固始|这样的人口大县，经济总量还不到400亿元
        return True
    if _is_aside(mention, text, named, spot):
        return False
    foreign = mention.level == "group" or (bool(mention.code) and not contains(home, mention.code))
    if clause.depth and clause.start == mention.end + 1:
        # 即便是排名第10位的余姚市（63381元/年）
        return True
    within = index == spot.clause or index == clause.anchor
    done_there = text[mention.start - 1 : mention.start] == "在" and text[mention.end : mention.end + 1] not in "，,的"
    if done_there and (foreign or not within):
        # 在深圳上市的企业达到6家, 在遵义建设辣椒基地: where something is done is not yet what is told of
        return False
    head = leads(text, mention, spot.mentions, spot.clauses[index].start)
    if within:
        return head or not foreign or names_indicator(text, mention.end)
    if head and not foreign and mention.level in UNITS and unit_acts(text, mention):
        # 城南工业园现有企业53家，年产值28亿元；…: until another subject stands at the head of a clause
        return True
    if not head or any(other.strong for other in spot.clauses[index + 1 : spot.clause + 1]):
        # 2020年，安吉县实现财政总收入100亿元；旅游总收入392亿元
        first = index == 0 or is_lead_in(text[: spot.clauses[index].start])
        return head and first and opens(text, mention)
    if is_name(text, mention):
        return False
    told = opens(text, mention) or re.search(r"\d", text[mention.end : spot.clauses[index].end]) is not None
    if spot.continues and spot.clause - index <= 2 and told:
        return True
    if (
        (foreign or mention.level == "county")
        and FIGURE_OF.match(text, mention.end)
        and not _taken_over(text, mention, named, spot, index)
    ):
        # 桐乡市常住人口104.5万人，2024年地区生产总值1370亿元: until another subject stands at the head of a clause
        return True
    behind = spot.clause - index == 1
    if behind and (RANKED.match(text, mention.end) or clause.start == mention.end + 1):
        return True
    start = spot.clauses[index].start
    earlier = [other for other in spot.mentions if other.start < start and not other.own and other.level != "country"]
    if earlier or not is_lead_in(text[:start]):
        return False
    # 浙江省对口支援…,顺德区…,援建12个: another place at the head of a clause takes over
    return not _taken_over(text, mention, named, spot, index) and opens(text, mention)


def _taken_over(text: str, mention: Mention, named: Sequence[Mention], spot: Spot, index: int) -> bool:
    """Whether another subject stands at the head of a clause between that of a place and that of the number."""
    return any(
        leads(text, other, spot.mentions, part.start)
        for part in spot.clauses[index + 1 : spot.clause]
        for other in named
        if part.start <= other.start < part.end and other.start > mention.start
    )


def unit_acts(text: str, mention: Mention) -> bool:
    """Whether a unit of a place is told of, and is no part of a name (白石镇污水处理厂).

    Args:
        text: The sentence.
        mention: The town, zone, village or house.
    """
    if is_name(text, mention) or text[mention.end : mention.end + 1] in LIST_MARKS:
        return False
    if ACTS.match(text, mention.end) or ZONE_ACTS.match(text, mention.end) or names_indicator(text, mention.end):
        return True
    if EXTENT.match(text, mention.end):
        return True
    return mention.level == "locality" and DIGIT_BEHIND.match(text, mention.end) is not None


def _outer_governs(mention: Mention, text: str, named: Sequence[Mention], spot: Spot, index: int) -> bool:
    """Whether what contains the place in force is told of: 全省粮食产量…, not 是全省光照时间最长的县,具备…."""
    here = index == spot.clause
    head = leads(text, mention, spot.mentions, spot.clauses[index].start)
    if mention.own:
        # 全省…综合排名第4；矿泉水产量突破200万吨: what another part of the sentence says of the province is over
        parted = any(other.strong for other in spot.clauses[index + 1 : spot.clause + 1])
        return here or (head and (not parted or names_indicator(text, mention.end)))
    # 也是河北省十个深度贫困县之一, 建成全国唯一示范省: no subject unless an indicator follows
    if not head or not is_measured(text, mention):
        return False
    # 南充市下辖9县，总面积1.25万平方公里，户籍人口706万: until another subject stands at the head of a clause
    first = index == 0 or is_lead_in(text[: spot.clauses[index].start])
    goes_on = (mention.text == mention.name or mention.level == "country") and first
    parted = any(other.strong for other in spot.clauses[index + 1 : spot.clause + 1])
    return here or spot.continues or (goes_on and not parted and not _taken_over(text, mention, named, spot, index))


def opens(text: str, mention: Mention) -> bool:
    """Whether a place at the head of a sentence acts itself (如皋市完成), not as a part of a name (厦门综合改革试点).

    Args:
        text: The sentence.
        mention: The place.
    """
    if mention.level == "zone":
        # 示范区、开放枢纽等平台: an item of a list acts not
        return text[mention.end : mention.end + 1] not in LIST_MARKS
    return not is_name(text, mention) and (
        mention.text == mention.name or ACTS.match(text, mention.end) is not None or names_indicator(text, mention.end)
    )


def is_lead_in(text: str) -> bool:
    """Whether words before a place only say when or in what respect: 2023年, 旅游方面, 县域中.

    Args:
        text: The words.
    """
    return LEAD_IN.fullmatch(SAID.sub("", text, count=1)) is not None


def leads(text: str, mention: Mention, mentions: Sequence[Mention], start: int) -> bool:
    """Whether a mention stands at the head of what follows an offset: 2022年,其中昆山市….

    Args:
        text: The sentence.
        mention: The place.
        mentions: The places of the sentence; a run of them is one head.
        start: The offset.
    """
    words = text[start : mention.start]
    for other in mentions:
        if start <= other.start and other.end <= mention.start:
            words = words.replace(other.text, "", 1)
    # a list of places with their values: 晋江市3207亿元、南安市1647亿元
    words = re.split(r"(?<=[元吨亩人个家%位户里方倍点米点])[、和，]", words)[-1]
    if len(words) > LONGEST_OPENING:
        return False
    return OPENING.fullmatch(words) is not None or MODIFIER.fullmatch(words) is not None


def is_name(text: str, mention: Mention) -> bool:
    """Whether a mention is only the beginning of the name of something else, such as a firm, a fair or a dish."""
    if (
        mention.level == "group"
        and mention.text[0] in "两三四五六七八九十123456789"
        and names_indicator(text, mention.end)
    ):
        # 五县市|金融机构存款余额: no name of an institution
        return False
    return ACCIDENT.match(text, mention.end) is not None or _name_behind().match(text, mention.end) is not None


def is_listed_thing(text: str, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """上海大众、沈阳机床等32家名企, 沈阳新材料、盘锦精细化工2个平台: places in the names of listed things.

    Args:
        text: The sentence.
        mention: The place.
        mentions: The places of the sentence: 千灯镇生猪、蔬菜等 lists things of one place.
    """
    match = LISTED_THING.match(text, mention.end)
    if match is None:
        return False
    start, end = match.span("more")
    if any(start < other.start < end and text[other.start - 1] == "、" for other in mentions):
        return True
    before = max((other.end for other in mentions if other.end < mention.start), default=None)
    return before is not None and THING_BEFORE.match(text, before, mention.start) is not None
