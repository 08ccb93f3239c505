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
NOT_VILLAGE = r"(?![级均民庄镇委落内里干集两支道])"
VILLAGE = guarded(HEAD + rf"(?P<name>(?!出列|退出|脱贫|贫困){NAME}{{2,3}}村)(?=[\u4e00-\u9fff\d，]){NOT_VILLAGE}")
# 七里营镇|刘庄村, 闫村乡|李村社区: behind a place its name may be shorter
VILLAGE_BEHIND = re.compile(rf"(?P<name>{NAME}{{1,4}}?(?:村|社区)){NOT_VILLAGE}")
# 胜芳镇财政收入14.8亿元: a town of another county than those of the document
TOWN = guarded(
    HEAD
    + rf"(?P<name>{NAME}{{2,3}}(?:镇|街道))(?=[\u4e00-\u9fff\d，])(?![域级区村乡街化政内里长党办个]|(?<=街道)[路办])"
)
KIND_OF_TOWN = re.compile(
    r"^[去今明]年|^(?:目前|全年|如今)|[城乡小村市强名重古集大各个新该全](?:镇|街道)$|建制镇|中心镇|试点|示范|特色|百强|千强|卫生|文明"
)
# each kind of site ends in one of these
SITE_ENDS = ("景区", "名胜区", "度假区", "古镇", "古城", "纪念馆", "博物馆", "址公园")
KINDS = guarded("村|镇|街道|社区|[业作技流创化]园|集中区|集聚区|" + "|".join(SITE_ENDS))
SITE_KIND = "(?:风景名胜区|旅游度假区|风景区|度假区|景区|古镇|古城|纪念馆|博物馆|遗址公园)"
# 官鹅沟景区|接待游客: only what receives guests and earns is told of, not the kind of site (4A级景区)
RECEIVES = r"(?=(?:[去今]年|全年|年|累计|共|日均|春节期间|上半年)*(?:免费)?(?:接待|吸引|实现|门票))"
SITE = re.compile(HEAD + rf"(?P<name>{NAME}{{2,8}}?{SITE_KIND}){RECEIVES}")
SITE_BEHIND = re.compile(rf"(?P<name>{NAME}{{2,8}}?{SITE_KIND}){RECEIVES}")
# 荣隆合作产业园已引进企业54家: a park by its own name, with what it holds or makes behind it
PARK_KIND = "(?:产业园区?|工业园区?|合作园区?|科技园区?|物流园区?|创业园|孵化园|特色小镇|工业集中区|产业集聚区)"
NO_NAME = "建打推依规加支围以由从引新把将与和对按在于据凭借成有各多每全该这此"
PARK = re.compile(
    HEAD + rf"(?P<name>(?![{NO_NAME}])[\u4e00-\u9fff（()）]{{2,10}}?{PARK_KIND})"
    r"(?=已|现有|现已|目前|累计|共有?|入驻|引进|集聚|规划面积|总面积|占地|总产值|实现|完成|建成区|(?:19|20)\d{2}年|去年|今年|全年)"
)
KIND_OF_PARK = re.compile(r"级|重点|主要|各|类|其他|个|特色产|现代农业产业园$|标准|专业|高新技术产业园$|全[省市县区]")
KIND_OF_SITE = re.compile(r"级|重点|主要|各|类|其他|个|家|大")
OWN = guarded(r"该村|(?<![全乡农])村里|(?<![各一])全村")


@lru_cache(maxsize=1)
def _kind_of_village() -> re.Pattern[str]:
    return guarded(alternation("village_kind"))


def _is_name(name: str) -> bool:
    if name.endswith(("村", "社区")):
        return _kind_of_village().search(name) is None
    if name.endswith(("镇", "街道")) and not name.endswith("古镇"):
        return KIND_OF_TOWN.search(name) is None
    return KIND_OF_SITE.search(name) is None


def holds_locality(text: str) -> bool:
    """Whether a sentence holds the kind of a village, a town or a site, as most do not."""
    return KINDS.search(text) is not None


def named_localities(text: str) -> Iterator[tuple[int, int]]:
    """Where villages, towns and sites stand at the head of a clause (显岗村去年村集体收入…).

    Args:
        text: A sentence.

    Yields:
        (start, end) of each name.
    """
    if "村" in text:
        for match in VILLAGE.finditer(text):
            if _is_name(match["name"]):
                yield match.span("name")
    if "镇" in text or "街道" in text:
        for match in TOWN.finditer(text):
            if _is_name(match["name"]):
                yield match.span("name")
    if "园" in text or "小镇" in text or "集" in text:
        for match in PARK.finditer(text):
            if not KIND_OF_PARK.search(match["name"]):
                yield match.span("name")
    if any(map(text.__contains__, SITE_ENDS)):
        for match in SITE.finditer(text):
            if _is_name(match["name"]):
                yield match.span("name")


def locality_behind(text: str, start: int) -> tuple[int, int] | None:
    """Where the village or site ends that a place leads to (七里营镇|刘庄村), None where it is only a kind (行政村).

    Args:
        text: A sentence.
        start: Where the place ends.
    """
    match = VILLAGE_BEHIND.match(text, start) or SITE_BEHIND.match(text, start)
    return match.span("name") if match and _is_name(match["name"]) else None


def own_localities(text: str) -> Iterator[re.Match[str]]:
    """Words that mean the village told of before: 该村, 全村, 村里.

    Args:
        text: A sentence.
    """
    return OWN.finditer(text) if "村" in text else iter(())
