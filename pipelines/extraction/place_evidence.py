"""What speaks for the place that a document is about, beside the names in its sentences.

Here: the office or the paper that published it, the sentence that introduces it, the places of one rank that a title
names. Not here: how the evidence is weighed (`profile.main_place`) and the names themselves (`places`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from pipelines.extraction.gazetteer import Gazetteer
from pipelines.extraction.lexicon import registry
from pipelines.extraction.places import find_mentions

# 某某市|统计局: an office of the place itself, and not a paper or a school there.
OFFICE = re.compile(
    r"(?:人民)?政府|统计局|统计年鉴|调查(?:总)?队|地方志|档案|政务|门户网站|发展(?:和|与)?改革|财政局|[市县区旗州省]?委(?!员)|人大|政协"
    r"|融媒体中心|[\u4e00-\u9fff]{2,10}(?:局|委员会|办公室|厅)"
)
# 某州日报, 某州新闻网, 某州发布
MEDIA = re.compile(r"[\u4e00-\u9fff]{0,3}(?:日报|晚报|早报|时报|报|新闻|发布|融媒|广播|电视|在线|网|论坛)")
INTRODUCES = re.compile(
    r"(?:[（(][^（）()]{0,40}[）)])?[，,]?(?:古?简?称|位于|地处|坐落|隶属|总?面积|现?辖|是[^。；]{0,20}?(?:下辖|代管|所辖|县级市|市辖区|的县))"
)
CONGRESS = re.compile(r"第[一二三四五六七八九十\d]+届人民代表大会[^。]{0,16}(?:上|$)")
ROUNDUP_PROVINCES = 4
ROUNDUP_SHARE = 0.25
LONGEST_NAME = 12
INTRODUCED_WITHIN = 6
# A place that leads another by that much is the one that a title of several is about.
DOMINANT = 2
# So many counties named make the text one about what contains them.
MEMBERS = 3


def office_place(lines: Iterable[str | None], known: Gazetteer) -> str | None:
    """Code of the place whose own office the first of some lines names, None where none does.

    Args:
        lines: Publisher, author, and the furniture of the page (版权所有：某某市统计局).
        known: The document's gazetteer.
    """
    for line in lines:
        if not line or not OFFICE.search(line):
            continue
        for mention in find_mentions(line, known):
            is_place = mention.code in registry().places and mention.level != "country" and not mention.own
            if is_place and OFFICE.match(line, mention.end):
                return mention.code
    return None


def paper_place(lines: Iterable[str | None], own: str | None, counts: Counter[str]) -> str | None:
    """Code of the place whose paper or site the first of some lines names (某州日报, 某州新闻网 → 新闻中心).

    Asked only where the text itself decides nothing: it must speak of its own place, and name no other of that rank
    more often.

    Args:
        lines: Publisher and the furniture of the page.
        own: The rank by which the text speaks of its own place.
        counts: How often the text names each place.
    """
    if own is None:
        return None
    places = registry().places
    named = {code for code in counts if places[code].name.endswith(own)}
    for line in lines:
        for length in range(min(LONGEST_NAME, len(line or "")), 1, -1):
            codes = registry().place_names.get((line or "")[:length], ())
            fitting = [code for code in codes if places[code].name.endswith(own) and places[code].valid_to is None]
            if len(fitting) != 1 or not MEDIA.match(line or "", length):
                continue
            others = [counts[code] for code in named if code != fitting[0]]
            if max(others, default=0) <= counts[fitting[0]]:
                return fitting[0]
    return None


def introduced_place(body_start: str, known: Gazetteer) -> str | None:
    """Code of the place that the first lines of a text introduce: 某某市位于…，是…下辖的县级市.

    Args:
        body_start: The beginning of the body.
        known: The document's gazetteer.
    """
    for line in body_start.split("\n")[:INTRODUCED_WITHIN]:
        for mention in find_mentions(line[:LONGEST_NAME], known):
            if mention.start == 0 and mention.code in registry().places and INTRODUCES.match(line, mention.end):
                return mention.code
    return None


def congress_place(body_start: str, known: Gazetteer) -> str | None:
    """Code of the place whose congress a text was given to: ——2024年1月9日在某县第十九届人民代表大会第四次会议上.

    Args:
        body_start: The beginning of the body.
        known: The document's gazetteer.
    """
    for line in body_start.split("\n")[:INTRODUCED_WITHIN]:
        for mention in find_mentions(line, known) if "人民代表大会" in line else ():
            if mention.code in registry().places and not mention.own and CONGRESS.match(line, mention.end):
                return mention.code
    return None


def leader(codes: Sequence[str], counts: Counter[str], own: str | None) -> str | None:
    """Of places of one rank in a title, the one that the text means: 全县 fits it alone, or it is named far more often.

    Args:
        codes: Two places at least.
        counts: How often the text names each.
        own: The rank by which the text speaks of its own place.
    """
    fitting = [code for code in codes if own and registry().places[code].name.endswith(own)]
    if len(fitting) == 1:
        return fitting[0]
    ranked = sorted(codes, key=lambda code: -counts[code])
    if counts[ranked[0]] >= DOMINANT * max(1, counts[ranked[1]]):
        return ranked[0]
    return None


def is_roundup(counts: Counter[str]) -> bool:
    """Whether a text goes through places of many provinces, none of which it is about (a hundred counties)."""
    counties = {code: count for code, count in counts.items() if registry().places[code].level == "county"}
    provinces = {code[:2] for code in counties}
    return len(provinces) >= ROUNDUP_PROVINCES and max(counties.values()) <= ROUNDUP_SHARE * sum(counties.values())


def members(code: str, counts: Counter[str]) -> int:
    """How many places directly below a place the text names."""
    return sum(1 for other in counts if registry().places[other].parent_code == code)
