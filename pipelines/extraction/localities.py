"""Villages, towns and sites that a text names and no code knows: 显岗村, 七里营镇刘庄村, 胜芳镇, 官鹅沟景区, 该村.

Here: finding them, so that their numbers are not taken for those of the county around them. Not here: places with a
code (`places`) and groups of places (`place_groups`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipelines.extraction.lexicon import alternation
from pipelines.extraction.patterns import guarded

HEAD = r"(?:^|(?<=[，,；;。：:、\s“])|(?<=走进|来到|参观|考察|走访))(?:其中|走进|如今|如今的|像|以|如)?"
NAME = r"(?![全我本该其每各在])[\u4e00-\u9fff]"
# 淘宝村|100个 counts them
NOT_VILLAGE = r"(?![级均民庄镇委落内里干集两支道医卫]|\s?\d+多?个(?:[、，。；和及]|$))"
# 余村|2023年集体经济总收入2247万元: a name of one character, with what a village has behind it
SHORT_VILLAGE = guarded(
    HEAD + r"(?P<name>(?![全我本该其每各在到入进驻两三四五六七八九十])[\u4e00-\u9fff]村)"
    r"(?=(?:19|20)\d{2}年|去年|位于|村域|集体经济|党支部|村集体|面积\d)"
)
VILLAGE = guarded(HEAD + rf"(?P<name>(?!出列|退出|脱贫|贫困){NAME}{{2,3}}村)(?=[\u4e00-\u9fff\d，]){NOT_VILLAGE}")
# 七里营镇|刘庄村, 闫村乡|李村社区: behind a place its name may be shorter
VILLAGE_BEHIND = re.compile(rf"(?P<name>{NAME}{{1,4}}?(?:村|社区)){NOT_VILLAGE}")
# 院东头镇|西墙峪村|集体收入; 西峡县|壮大村集体经济 names no village
VILLAGE_OF_TOWN = re.compile(rf"(?<=[乡镇])(?P<name>{NAME}{{2,4}}?村)(?=集体(?:经济|收入|固定|资产|经营))")
# 胜芳镇财政收入14.8亿元: a town of another county than those of the document
TOWN = guarded(
    HEAD
    + rf"(?P<name>{NAME}{{2,3}}(?:镇|街道))(?=[\u4e00-\u9fff\d，])(?![域级区村乡街化政内里长党办个]|(?<=街道)[路办])"
)
KIND_OF_TOWN = re.compile(
    r"^[去今明]年|^(?:目前|全年|如今|实现)|[镇城乡小村市强名重古集大各个新该全](?:镇|街道)$|建制镇|中心镇|试点|示范|特色|百强|千强|卫生|文明"
)
# each kind of site ends in one of these
SITE_ENDS = ("景区", "名胜区", "度假区", "古镇", "古城", "纪念馆", "博物馆", "址公园")
KINDS = guarded(
    "济区|[发开新资港]区|[务创技业]城|合作区|试验区|村|镇|街道|社区|[业作技流创化]园|集中区|集聚区|院|校|中学|小学|幼儿园|银行|农商行|信用|支行|分行|"
    + "|".join(SITE_ENDS)
)
SITE_KIND = "(?:风景名胜区|旅游度假区|风景区|度假区|景区|古镇|古城|纪念馆|博物馆|遗址公园)"
# 官鹅沟景区|接待游客: only what receives guests and earns is told of, not the kind of site (4A级景区)
RECEIVES = r"(?=(?:(?:19|20)\d{2}年|[去今]年|全年|年|累计|共|日均|春节期间|上半年)*(?:免费)?(?:接待|吸引|实现|门票))"
SITE = re.compile(HEAD + rf"(?P<name>{NAME}{{2,8}}?{SITE_KIND}){RECEIVES}")
SITE_BEHIND = re.compile(rf"(?P<name>{NAME}{{2,8}}?{SITE_KIND}){RECEIVES}")
# 荣隆合作产业园已引进企业54家: a park by its own name, with what it holds or makes behind it
PARK_KIND = (
    "(?:经济区|开发区|合作区|试验区|产业园区?|工业园区?|合作园区?|科技园区?|物流园区?|创业园|孵化园|特色小镇|工业集中区"
    "|产业集聚区|高新区|经开区|投资区|临港区|新区|商务城|科创城|科技城|工业城|产业城)"
)
PARK_HAS = (
    r"(?=已|现有|现已|目前|累计|共有?|入驻|落户|引进|集聚|总?规划面积|总面积|占地|总产值|实现|完成|建成区|(?:19|20)\d{2}年|去年|今年|全年"
    r"|上半年|前三季度|[一二三四]季度|\d{1,2}[-—–~至]\d{1,2}月|[规主]|营业|工业)"
)
NO_NAME = "建打推依规加支围以由从引把将与和对按在于据凭借成有各多每全该这此"
PARK = re.compile(
    HEAD + rf"(?P<name>(?![{NO_NAME}]|新[建增引入设])[\u4e00-\u9fff（()）]{{2,10}}?{PARK_KIND})" + PARK_HAS
)
# 昆山市|花桥经济开发区|去年服务业增加值260亿元
PARK_BEHIND = re.compile(rf"(?P<name>(?!的)[\u4e00-\u9fff]{{2,8}}?{PARK_KIND})" + PARK_HAS)
# 高邮|湖西新区, but 重庆|火锅底料产业园
OF_ITS_PLACE = re.compile(r"(?:新区|投资区|商务城|科创城)$")
# 县人民医院编制床位1200张, 县农商银行各项贷款余额68亿元: a house of the place, with what it has behind it
HOUSE_KIND = (
    "(?:人民医院|中医医?院|妇幼保健院|医院|卫生院|第[一二三四五六七]中学|[一二三四五]中|中学|小学|幼儿园"
    "|职业(?:中专|中学|学校|技术学院|学院)|职教中心|学院|大学|农村商业银行|农商银行|农商行|农业银行|工商银行|建设银行|邮储银行"
    "|农发行|村镇银行|信用联社|信用社|支行|分行)(?:新院区|新校区|[东西南北]校区)?"
)
HOUSE_HAS = (
    r"(?=占地|现有|现|已|共?有|编制|实有|开放|拥有|在校|各项|存款|贷款|设[有置计]|总|建筑|床位|年[门接招末]|(?:19|20)\d{2}年|全年|去年|今年"
    r"|上半年|前三季度|[一二三四]季度|\d{1,2}[月—-]|实现|完成|发放|累计|招生|教职|专任|学生|拟|在全)"
)
HOUSE = re.compile(HEAD + rf"(?P<name>{NAME}[\u4e00-\u9fff]{{0,12}}?{HOUSE_KIND})" + HOUSE_HAS)
HOUSE_BEHIND = re.compile(rf"(?P<name>(?:(?![的援])[\u4e00-\u9fff]){{0,10}}?{HOUSE_KIND})" + HOUSE_HAS)
HOUSE_NAME = re.compile(rf"[\u4e00-\u9fff]{{0,16}}{HOUSE_KIND}")
LEAST_HOUSE = 2
KIND_OF_HOUSE = re.compile(
    r"级|重点|主要|各|类|其他|个|家|所|农村|城区|城镇|乡镇(?:卫生院|学校)|公办|民办|公立|民营|基层|普通|高级|完全|初级|九年|义务|中等|高等|中小|高中|初中|幼儿园.+幼儿园"
    r"|综合医院|专科|专业|二甲|三甲|校外|大中|全[省市县区]|^(?:医院|小学|中学|大学|学院|幼儿园|信用社|卫生院|支行|分行|乡镇卫生院)$"
)
KIND_OF_PARK = re.compile(
    r"级|重点|主要|各|类|其他|个|特色产|现代农业产业园$|标准|专业|高新技术产业园$|全[省市县区]|^国家|^省"
)
KIND_OF_SITE = re.compile(r"级|重点|主要|各|类|其他|个|家|大")
OWN = guarded(r"该村|(?<![全乡农])村里|(?<![各一])全村")


@lru_cache(maxsize=1)
def _kind_of_village() -> re.Pattern[str]:
    return guarded(alternation("village_kind"))


def is_place_name(name: str) -> bool:
    """Whether a word that ends like a village, town or site names one, and not a kind of them.

    Args:
        name: The word.

    Examples:
        >>> is_place_name("显岗村"), is_place_name("示范村")
        (True, False)
    """
    if name.endswith(("村", "社区")):
        return _kind_of_village().search(name) is None
    if name.endswith(("镇", "街道")) and not name.endswith("古镇"):
        return KIND_OF_TOWN.search(name) is None
    return KIND_OF_SITE.search(name) is None


def holds_locality(text: str) -> bool:
    """Whether a sentence holds the kind of a village, a town or a site, as most do not."""
    return KINDS.search(text) is not None


def named_localities(text: str) -> Iterator[tuple[int, int]]:
    """Where villages, towns, sites and houses stand at the head of a clause (显岗村去年…, 县人民医院编制床位…).

    Args:
        text: A sentence.

    Yields:
        (start, end) of each name.
    """
    if "村" in text:
        for pattern in (VILLAGE, SHORT_VILLAGE):
            for match in pattern.finditer(text):
                if is_place_name(match["name"]):
                    yield match.span("name")
    if "镇" in text or "街道" in text:
        for match in TOWN.finditer(text):
            if is_place_name(match["name"]):
                yield match.span("name")
    if "园" in text or "小镇" in text or "区" in text or "城" in text:
        for match in PARK.finditer(text):
            if not KIND_OF_PARK.search(match["name"]):
                yield match.span("name")
    if "院" in text or "学" in text or "行" in text or "信用" in text or "幼儿园" in text:
        for match in HOUSE.finditer(text):
            if is_house(match["name"]):
                yield match.span("name")
    if any(map(text.__contains__, SITE_ENDS)):
        for match in SITE.finditer(text):
            if is_place_name(match["name"]):
                yield match.span("name")


def locality_behind(text: str, start: int) -> tuple[int, int] | None:
    """Where the village or site ends that a place leads to (七里营镇|刘庄村), None where it is only a kind (行政村).

    Args:
        text: A sentence.
        start: Where the place ends.
    """
    match = VILLAGE_BEHIND.match(text, start) or VILLAGE_OF_TOWN.match(text, start) or SITE_BEHIND.match(text, start)
    if match is not None and is_place_name(match["name"]):
        return match.span("name")
    park = PARK_BEHIND.match(text, start)
    if (
        park is not None
        and text[start - 1 : start] not in ("市", "县", "区", "州")
        and not OF_ITS_PLACE.search(park["name"])
    ):
        park = None
    if park is not None and not KIND_OF_PARK.search(park["name"]):
        # 重庆|火锅底料产业园 is named after a dish, and nothing of the city
        return park.span("name")
    house = HOUSE_BEHIND.match(text, start)
    # 全县|小学现有…: all of them
    return house.span("name") if house and len(house["name"]) > LEAST_HOUSE and is_house(house["name"]) else None


def is_house(name: str) -> bool:
    """Whether a name is that of one hospital, school or bank, and not of a kind of them.

    Args:
        name: The name.

    Examples:
        >>> is_house("县人民医院"), is_house("乡镇卫生院"), is_house("普通高中")
        (True, False, False)
    """
    return HOUSE_NAME.fullmatch(name) is not None and KIND_OF_HOUSE.search(name) is None


def own_localities(text: str) -> Iterator[re.Match[str]]:
    """Words that mean the village told of before: 该村, 全村, 村里.

    Args:
        text: A sentence.
    """
    return OWN.finditer(text) if "村" in text else iter(())
