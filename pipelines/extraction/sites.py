"""The sites that a description goes through one by one, each under its own name (某某小镇|规划面积3.2平方公里|…).

Here: telling such a heading, and how far it reaches. Not here: what headings put in force otherwise (`flow`) and sites
that a sentence names itself (`localities`).
"""

import re
from dataclasses import dataclass

from pipelines.extraction.blocks import Block
from pipelines.extraction.localities import is_place_name
from pipelines.extraction.openings import is_heading
from pipelines.extraction.setting import Setting

NAMED = re.compile(
    r"(?![建打推加规支创发提重主配产招优投基交区环园企空功各总])[\u4e00-\u9fff（()）·]{3,16}"
    r"(?:小镇|产业园区?|工业园区?|合作园区?|科技园区?|物流园区?|创业园|孵化园|软件园|工业集中区|产业集聚区|综合保税区|片区)"
)
# 北山管理区简介: an area that no register of places holds
DESCRIBED = re.compile(
    r"(?P<site>(?!全|我|本|该|各)[\u4e00-\u9fff]{2,14}(?:管理区|合作区|示范区|试验区|新区|园区|农场|林场|牧场|景区))"
    r"(?:简介|概况|基本情况|介绍|情况介绍|情况)"
)
# 【显岗村】位于…, （2）城南食品产业园：规划面积4.5平方公里: the label of a paragraph that tells of it alone
LABEL_HEAD = r"[\s★☆●■◆▲•·]*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．])?\s*"
LABEL = re.compile(
    LABEL_HEAD
    + r"(?:[【\[](?P<bracketed>[\u4e00-\u9fff（()）]{2,14})[】\]]"
    + r"|(?P<site>[\u4e00-\u9fff（()）]{2,14})(?:[：:]|[。\u3000](?=[\u3000\u4e00-\u9fff]{0,4}\d)))"
)
VILLAGE = re.compile(r"(?![全我本该其每各在])[\u4e00-\u9fff]{2,4}(?:村|社区)")
KIND_OF_VILLAGE = re.compile(
    r"(?:行政|自然|建制|贫困|出列|示范|重点|美丽|中心|边境|移民|特色|文明|先进|城市|农村|试点)+(?:村|社区)"
)
# 常住人口5.8万人，下辖23个行政村: what tells that the lines below a town's name, which may be one of a menu, are of it
OF_TOWN = re.compile(r"[全该我][镇乡]|位于|地处|面积|人口|辖|行政村|农民人均|村民|农村经济总收入")
KIND = re.compile(r"[级类型大个]|特色|产业园区$|标准|专业|开发区|[·]")


@dataclass(frozen=True, slots=True)
class Site:
    """A site that the lines below its name tell of.

    Attributes:
        around: What was in force before it.
        indentation: Spaces before its name.
        indented: Whether the lines below stand further in than its name; None before there is one.
        town: Whether it is a town.
    """

    around: Setting
    indentation: int
    indented: bool | None = None
    town: bool = False


def site_named(words: str) -> str:
    """The site whose name, or the heading of whose description, a line is and nothing else; "" for none.

    Args:
        words: The line.

    Examples:
        >>> site_named("归谷智造小镇"), site_named("北山管理区简介"), site_named("主导产业园区")
        ('归谷智造小镇', '北山管理区', '')
    """
    if described := DESCRIBED.fullmatch(words):
        return described["site"]
    return words if NAMED.fullmatch(words) is not None and KIND.search(words) is None else ""


def labelled_site(words: str) -> str:
    """The village or park whose name stands as a label before a paragraph about it; "" for none.

    Args:
        words: The paragraph.

    Examples:
        >>> labelled_site("【显岗村】面积9.3平方公里"), labelled_site("（2）城南食品产业园：入驻企业47家")
        ('显岗村', '城南食品产业园')
        >>> labelled_site("【行政村】共有23个"), labelled_site("主导产业：新材料")
        ('', '')
    """
    label = LABEL.match(words)
    if label is None:
        return ""
    name: str = label["bracketed"] or label["site"]
    # 【南山村】 is a name, though 山村 alone is a kind
    kind = not label["bracketed"] or KIND_OF_VILLAGE.fullmatch(name)
    return name if VILLAGE.fullmatch(name) and (is_place_name(name) or not kind) else site_named(name)


def describes_site(words: str) -> bool:
    """Whether a line is the heading of a site's description (北山管理区简介), as pages of every kind have it."""
    return DESCRIBED.fullmatch(words) is not None


def ends_site(site: Site, block: Block, words: str, indentation: int) -> bool:
    """Whether a line is none of a site's any more: it stands as far out as its name, or is a heading of another matter.

    Args:
        site: The site.
        block: The line.
        words: Its text.
        indentation: Spaces before it.
    """
    if site.town and site.indented is None and OF_TOWN.search(words) is None:
        return True
    if site.indented:
        return indentation <= site.indentation
    return block.section != "body" or (is_heading(block, words) and not any(map(str.isdigit, words)))
