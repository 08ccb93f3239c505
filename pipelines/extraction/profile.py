"""What a document is about: its kind, its place, its year.

Here: conclusions from the whole document that its single sentences rest on. Not here: title, publisher and date of
publication, which the cleaner reads off the page.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.extraction.gazetteer import Gazetteer, contains
from pipelines.extraction.lexicon import registry
from pipelines.extraction.place_evidence import MEMBERS, congress_place, is_roundup, leader, members
from pipelines.extraction.places import ZONE_NAMED, Mention, find_mentions
from pipelines.extraction.sentences import split_sentences
from pipelines.extraction.subjects import bystanders, subjects

KINDS = (
    ("speech", re.compile(r"(?:讲话|致辞|发言|演讲)(?:稿|全文|摘要|要点|提纲|实录)?(?:[（(][^）)]{1,12}[）)])?$")),
    ("plan", re.compile(r"(?:方案|规划|计划|纲要|实施意见|若干措施)(?:[（(][^）)]{1,16}[）)])?[》”]?(?:的通知)?$")),
    (
        "work_report",
        re.compile(r"政府工作报告|工作报告$|人大常委会工作报告|(?:代表大会|全会|全体会议)上的(?:工作)?报告"),
    ),
    (
        "communique",
        re.compile(
            r"统计公报|经济运行|主要经济指标|国民经济(?!.*(?:规划|纲要))|统计分析|经济形势|走势|开局良好|稳步发展$"
        ),
    ),
    ("profile", re.compile(r"(?:简介|概况|概览|介绍|名片)$|[县市区州旗镇]情|基本情况|走进")),
    # 某某高新技术产业开发区: a title that is the name of a zone is a description of it.
    (
        "profile",
        re.compile(
            r"^(?!.*(?:调研|建设|打造|入驻|落户|考察|走进|签约|落地|视察|加快|推进|[，,：:！!？?]))[\u4e00-\u9fff（）()]{2,20}"
            r"(?:开发区|高新区|经开区|产业园区?|工业园区?|新区|保税区|园区)$"
        ),
    ),
    ("plan", re.compile(r"^(?!.*总结).*(?:方案|规划|行动计划|纲要|实施意见|总体方案|三年行动|计划)")),
)
# 特制定本实施意见: a page without a title says itself that it is a plan.
PLAN_SELF = re.compile(
    r"(?:制定|编制|提出)(?:了)?(?:如下|以下|本)(?:[\u4e00-\u9fff]{0,6}?)(?:意见|方案|规划|计划|措施|纲要)[。：:]"
)
PLAN_OPENING = 1000
# 县委召开经济运行分析会, 代表热议政府工作报告: news of a document and no document of its kind.
NEWS_OF = re.compile(r"会议|举行|召开|考察|签约|开幕|调研|座谈|分析会|发布会|热议|审议|讨论")
# 政府工作报告——在某市第十八届人民代表大会第五次会议上: where a report was given is no news of the meeting.
GIVEN_AT = re.compile(
    r"[—－-]+(?:\d{4}年\d{1,2}月\d{1,2}日)?在[^，,。：:]{4,40}(?:会议|大会|全会)上(?:的(?:工作)?报告)?[）)]?$"
)
MEDIA = re.compile(r"报|网|新闻|台$|发布|客户端|融媒|杂志|周刊|财经|记者")
# Headings of a description of a place or a zone.
PROFILE_HEADING = re.compile(
    r"^[【\[]?(?:[一二三四五六七八九十]、)?(?:[县市区旗州园镇]{1,2}(?:情|区)?概[况览]|历史沿革|建置沿革|位置(?:面积|境域)|地理位置|区位(?:交通|优势)?|交通区位"
    r"|行政区划|人口民族|人口与民族|自然(?:条件|资源|地理)|气候(?:特征|条件)?|资源禀赋|产业集群|主导产业|荣誉称号|所获荣誉|土地及成本参考|优惠政策|投资环境)[】\]]?",
    re.MULTILINE,
)
PROFILE_HEADINGS = 3
SPEECH = re.compile(
    r"作者系|作者为|作者是|作者单位|作者[:：](?:中共)?[\u4e00-\u9fff]{2,20}(?:书记|[省市县区旗州]长)[)）]|(?:县|市|区|省)委书记$"
)
# 传承创新“晋江经验”: what is called after a place is told of by others as well
QUOTED_NAME = re.compile(r"(?:经验|精神|模式|路径|样本|奇迹|速度|现象)[”\"』」]")
# 安吉县党政代表团|来我县考察: the guest
GUEST = re.compile(r"[^，。]{0,16}(?:来|到|莅临?|抵)(?:我|本)[市县区州旗]")
VISITED = re.compile(r"[赴到].{2,12}(?:考察|学习|调研|取经|招商|对接|访问)")
# 我县赴深圳举办招商推介会: who goes there tells of home
PROMOTES = re.compile(r"[赴到在][^，。]{2,12}(?:举办|举行|召开|开展)[^，。]{0,12}(?:推介|招商|签约|路演)")
# 第五次联席会议在隆昌召开: where something was held is not yet what a text is about.
HELD_THERE = re.compile(r"[^，。！!、]{0,4}(?:召开|举行|举办|开幕|闭幕|落幕|启幕|开班)")
# 获评“福建省乡村旅游特色村”: the place in a title of honour is whose list it is.
IN_A_NAME = ("“", "《", "「", '"')
# 百强榜出炉 江苏26席: what a title counts is one of many.
SHARE = re.compile(r"(?:占|有|共|独占)?\d{1,3}(?:席|家|个|地|县|城|镇)")
# An office above names the place that its message is about that much more often than its own.
MESSAGE = 3
WRITERS_OWN = re.compile(r"[我本](?P<rank>[市县旗州])(?![民场长委])")
# 居全省第6位, 高于全省平均: the yardstick is no place of the text's own.
OWN_WORD = re.compile(
    r"(?<![比居列占于在])(?:全|我|本)(省|市|县|区|州|旗)(?!域|民|第|前|首|平均|水平|排|唯一|最|百强|领先|上游|经济总量的|的\d)"
)
BEFORE_PART = re.compile(r"[\s　“《（(的]*(?:(?:19|20)\d{2}年度?)?(?:关于)?(?:上半年|[一二三四前]+季度|\d{1,2}月份?)?")
ZONE_FULL = re.compile(r"(?:开发区|产业园区|工业园区|保税区|示范区|集聚区)$")
ZONE_INTRODUCED = re.compile(
    r"^[ 　]*[\u4e00-\u9fff]{2,20}区(?:[（(][^（）()]{0,40}[）)])?[，,]?"
    r"(?:古?简称|位于|地处|坐落|隶属|总?规?划?面积|[现下]?辖|管辖|(?:始|创|组|筹)?建|成立|设立|前身|是|(?:于)?(?:19|20)\d{2}年)"
)
# 某某镇位于…，全镇总面积63.8平方公里
TOWN_INTRODUCED = re.compile(
    r"[ \u3000]*(?:[\u4e00-\u9fff]{2,8}[省市县区])?[\u4e00-\u9fff]{1,6}(?:镇|乡|街道)"
    r"(?:[（(][^（）()]{0,40}[）)])?[，,]?(?:古称|位于|地处|坐落|隶属)"
)
# 小蓝经开区简介, 锦界工业园区2023年工作总结: a zone that no place stands before
ZONE_TITLED = re.compile(
    rf"(?P<name>{ZONE_NAMED}"
    r"(?:经济技术开发区|高新技术产业开发区|经济开发区|经开区|高新区|工业园区?"
    r"|产业园区?|科技园区?|保税区|旅游度假区|度假区))(?:简介|概况|介绍|基本情况|[：:]|(?:19|20)\d{2}年[^，。]{0,12}(?:总结|报告|要点|汇报)$)"
)
ZONE_TAIL = re.compile(
    r"(?:国家级?|省级)?(?:[\u4e00-\u9fff]{1,4})?(?:经济技术开发区|高新技术产业开发区|高新技术开发区|经济开发区|经开区|高新区"
    r"|工业园区|产业园区|综合保税区|旅游度假区|新区管委会|开发区)"
)
LEAST_MEMBERS = 3
MEMBERS_OF = {"市": "county", "州": "county", "省": "prefecture"}


def document_type(title: str | None, body: str, author: str | None, publisher: str | None = None) -> str:
    """One of the kinds of contract.md, from the title and the marks of the text.

    Args:
        title: Title or None.
        body: Clean text of the body.
        author: Author or None.
        publisher: Publisher or None.
    """
    head = title or body[:60]
    for kind, pattern in KINDS:
        if pattern.search(head):
            if (kind == "plan" and title is None) or (
                kind not in ("speech", "profile") and NEWS_OF.search(GIVEN_AT.sub("", head))
            ):
                continue
            return kind
    if len(set(PROFILE_HEADING.findall(body))) >= PROFILE_HEADINGS:
        return "profile"
    if title is None and PLAN_SELF.search(body[:PLAN_OPENING]):
        return "plan"
    if SPEECH.search(body[-400:]) or (author and len(author) <= 4 and "我们" in body and "记者" not in body):
        return "speech"
    if "统计公报" in body[:200]:
        return "communique"
    return "news" if title or MEDIA.search(publisher or "") else "other"


def main_place(title: str | None, known: Gazetteer, body_start: str, office: str | None = None) -> str | None:
    """Code of the place that the document is about, None where it is about none or about several alike.

    Args:
        title: Title or None.
        known: Its gazetteer.
        body_start: The beginning of its body.
        office: Code of the place whose office published it, None where no office did.
    """
    places = registry().places
    counts: Counter[str] = Counter(
        {code: count for code, count in known.codes.items() if places[code].level != "country"}
    )
    titled = find_mentions(title or "", known)
    # 我县赴|深圳|举办招商推介会
    elsewhere = bystanders(title or "", titled) if PROMOTES.search(title or "") else set()
    named = [
        mention
        for mention in titled
        if mention.code in places
        and mention.level != "country"
        and mention.start not in elsewhere
        and not SHARE.match(title or "", mention.end)
        and not _is_venue(title or "", mention)
        and not QUOTED_NAME.match(title or "", mention.end)
        and not GUEST.match(title or "", mention.end)
    ]
    if tells_of_visit(title, known):
        return None
    own = own_word(title or "") or own_word(body_start)
    if not named and receives(title):
        # 安吉县党政代表团来我县考察: the guests are all that the page names, and its office is the host
        return office
    if named:
        codes = _innermost([mention.code for mention in named])
        if len(codes) == 1:
            return codes[0]
        if len({registry().places[code].level for code in codes}) == 1:
            return office if office in codes else leader(codes, counts, own)
    if (congress := congress_place(body_start, known)) is not None:
        return congress
    if office and _speaks_for(office, own, counts):
        return office
    if own is None and is_roundup(counts):
        return None
    return _most_named(counts, own, body_start, known) or (_common_parent(counts, own) if own else None)


def tells_of_visit(title: str | None, known: Gazetteer) -> bool:
    """Whether a title says where somebody went (县党政代表团赴浙江诸暨考察): visitors and visited are told of in turn.

    Args:
        title: Title or None.
        known: The document's gazetteer.
    """
    if title is None or VISITED.search(title) is None or PROMOTES.search(title):
        return False
    mentions = find_mentions(title, known)
    aside = bystanders(title, mentions)
    return any(mention.start in aside and mention.level in ("county", "prefecture") for mention in mentions)


def receives(title: str | None) -> bool:
    """Whether a title says that somebody came to the writers (安吉县党政代表团来我县考察)."""
    return GUEST.search(title or "") is not None


def visitor(title: str | None, known: Gazetteer) -> str | None:
    """Code of the place that went somewhere (神木市党政代表团赴江阴市考察), None where the title does not tell.

    Args:
        title: Title or None.
        known: The document's gazetteer.
    """
    mentions = find_mentions(title or "", known)
    aside = bystanders(title or "", mentions)
    went = (mention.code for mention in mentions if mention.start not in aside and mention.code in registry().places)
    return next(went, None)


def _is_venue(title: str, mention: Mention) -> bool:
    return title.endswith(("在", "于"), 0, mention.start) and HELD_THERE.match(title, mention.end) is not None


def _most_named(counts: Counter[str], own: str | None, body_start: str, known: Gazetteer) -> str | None:
    """The place that the body names most, None where others are named as often or it is only named in passing."""
    if not counts:
        return None
    places = registry().places
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if own:
        fitting = [(code, count) for code, count in ranked if places[code].name.endswith(own)]
        if fitting and fitting[0][1] >= max(2, ranked[0][1] // 4):
            ranked = fitting
    code, count = ranked[0]
    writers = WRITERS_OWN.search(body_start)
    if writers and not places[code].name.endswith(writers["rank"]):
        # 我县, in a text that names a district twice: whoever it is, the writer's place is a county
        return None
    rivals = [
        (other, number)
        for other, number in ranked[1:]
        if not _related(code, other) and places[other].level == places[code].level
    ]
    if rivals and rivals[0][1] > 0.6 * count:
        return None
    if count < 2 and (len(ranked) > 1 or not _is_subject(code, body_start, known)):
        return None
    inner = [(other, number) for other, number in ranked[1:] if contains(code, other) and number > 0.5 * count]
    return inner[0][0] if inner and not own else code


def _speaks_for(office: str, own: str | None, counts: Counter[str]) -> bool:
    """Whether the place of the office that published a text is the one that it is about.

    全市 must fit the place; a place inside of it that is named far more often is the subject of a message from above.
    """
    place = registry().places[office]
    if own is not None and not place.name.endswith(own):
        return False
    inner = [count for code, count in counts.items() if contains(office, code)]
    if own is not None and members(office, counts) >= MEMBERS:
        return True
    return max(inner, default=0) <= MESSAGE * max(1, counts[office])


def _is_subject(code: str, body_start: str, known: Gazetteer) -> bool:
    """Whether a place that is named once is what its sentence is about, not a partner or a destination."""
    return any(
        mention.code == code and not body_start.endswith(IN_A_NAME, start, start + mention.start)
        for start, end in split_sentences(body_start)
        for mention in subjects(body_start[start:end], find_mentions(body_start[start:end], known))
    )


def _common_parent(counts: Counter[str], own_word: str) -> str | None:
    """The prefecture of most of the counties that a text of 全市 names, the province of the prefectures of 全省."""
    members = MEMBERS_OF.get(own_word)
    places = registry().places
    parents = Counter(places[code].parent_code for code in counts if places[code].level == members)
    (parent, number), *_ = parents.most_common(1) or [(None, 0)]
    if parent is None or number < LEAST_MEMBERS or number < 0.7 * sum(parents.values()):
        return None
    return parent if places[parent].level in ("prefecture", "province") else None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a county or city that a document is about: a town, or a zone without a code.

    Attributes:
        code: Nine digits of a town, "" for a zone.
        name: Its full name where it is known, or the words of the title.
        inside: Code of the place that it lies in, None where the title does not tell.
    """

    code: str
    name: str
    inside: str | None


def part_of_title(title: str | None, known: Gazetteer) -> Part | None:
    """The town or zone that a title begins with (佛堂镇2022年工作总结, 赣州经济技术开发区…), None where there is none.

    Args:
        title: Title or None.
        known: The document's gazetteer.
    """
    if not title:
        return None
    if "——" in title and (behind := part_of_title(title.rpartition("——")[2], known)) is not None:
        # 荒滩上的黄金花——某县某镇黄花菜产业采访记
        return behind
    mentions = [mention for mention in find_mentions(title, known) if mention.level != "locality"]
    end = 0
    inside: str | None = None
    for mention in mentions:
        if not BEFORE_PART.fullmatch(title, end, mention.start):
            return None
        if mention.level == "zone":
            return Part("", mention.name, inside)
        if mention.level == "town":
            # 坊前镇2022年工作总结: a town that no register knows, or several counties have, is one all the same
            return Part(mention.code, mention.name, mention.code[:6] or inside)
        end, inside = mention.end, mention.code or inside
        zone = ZONE_TAIL.match(title, end)
        if zone is not None:
            return Part("", title[mention.start : zone.end()], inside)
    titled = ZONE_TITLED.match(title) if end == 0 else None
    return Part("", titled["name"], None) if titled else None


def part_of_opening(body: str, known: Gazetteer) -> Part | None:
    """The zone that a description begins with (某某经济技术开发区地处…), None where it begins otherwise.

    Args:
        body: The beginning of the clean text.
        known: The document's gazetteer.
    """
    for line in body.split("\n"):
        mentions = find_mentions(line, known) if ZONE_INTRODUCED.search(line) or TOWN_INTRODUCED.match(line) else []
        opens = 0
        for mention in mentions:
            if line[opens : mention.start].strip(" 　"):
                break
            if mention.level in ("province", "prefecture"):
                # 重庆|垫江高新技术产业开发区: where it lies
                opens = mention.end
            elif mention.level == "zone" and not mention.own and ZONE_FULL.search(mention.name):
                return Part("", mention.name, None)
            elif mention.level == "town" and not mention.own and TOWN_INTRODUCED.match(line, mention.start):
                return Part(mention.code, mention.name, mention.code[:6] or None)
    return None


def place_of_file(path: str, own_word: str | None) -> str | None:
    """The place that the names of the file and its folders state, in characters or in pinyin (daqing_2014.txt).

    Args:
        path: Relative path of the file.
        own_word: The rank by which the text speaks of its own place (市 of 我市), None where it does not.

    Returns:
        A code, or None where the name states no place, several, or one of another rank. Asked only where the text
        itself names none.
    """
    if own_word is None:
        return None
    tokens = set(re.findall(r"[a-z]+|[\u4e00-\u9fff]+", path.lower()))
    found: set[str] = set()
    for token in tokens:
        codes = registry().place_names.get(token, ()) if not token.isascii() else _by_pinyin().get(token, ())
        fitting = [code for code in codes if registry().places[code].name.endswith(own_word)]
        if len(fitting) == 1:
            found.add(fitting[0])
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=1)
def _by_pinyin() -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = {}
    for place in registry().places.values():
        if len(place.pinyin) >= 5 and place.valid_to is None:
            names.setdefault(place.pinyin, []).append(place.code)
    return {pinyin: tuple(codes) for pinyin, codes in names.items()}


def _innermost(codes: Sequence[str]) -> list[str]:
    unique = list(dict.fromkeys(codes))
    return [code for code in unique if not any(other != code and contains(code, other) for other in unique)]


def _related(one: str, other: str) -> bool:
    return contains(other, one) or contains(one, other)


def own_word(body: str) -> str | None:
    """The rank by which a text speaks of its own place: 市 where it says 我市 and 全市."""
    counts = Counter(OWN_WORD.findall(body))
    return counts.most_common(1)[0][0] if counts else None
