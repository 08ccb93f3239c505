"""The place and the body that an office belongs to, also where the text only says 市委书记.

Here: a position in full (昆山市委书记), its organization and its code. Not here: where its words begin (`offices`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.extraction.facts import Span
from pipelines.extraction.lexicon import registry
from pipelines.extraction.places import Gazetteer, Mention, own_place
from schemas.registry import Place

# 市委书记, 常务副市长, 原县长: an office that begins with the level of its place. 市场, 区域, 县域, 州际 do not.
BARE = re.compile(
    r"(?P<before>(?:原|前)?(?:常务副|副|代理|代)?)(?P<level>自治区|省|市|州|县|区|旗|镇|乡)"
    r"(?![场域际级民属城内外直])(?P<rest>[\u4e00-\u9fff].*)"
)
OWN_PAPER = re.compile(r"本(?:报|刊|台|网)(?=[\u4e00-\u9fff]*(?:记者|通讯员|评论员|编辑))")
PUBLISHER_TAIL = re.compile(r"(?:客户端|网|新闻网|融媒体)$")
LEVELS = {
    "自治区": ("province",),
    "省": ("province",),
    "市": ("prefecture", "county", "province"),
    "州": ("prefecture",),
    "县": ("county",),
    "区": ("county",),
    "旗": ("county",),
}
WENT_TO = re.compile(r"(?:在|到|赴|来|往|抵达?|深入|莅临|走进|前往)$")
OFFICE_BEHIND = re.compile(r"(?:委|人民政府|政府|人大|政协|纪委)[\u4e00-\u9fff]{0,8}(?:书记|主席|主任|常委|长)")
HOSTS = re.compile(r"(?:[等一同全程]{0,3})(?:陪同|接待|会见|参加会见|迎接|参加接待|参加陪同)")
LEADING = re.compile(r"^(?:时任|现任|原任)")
RANK = re.compile(
    r"(?:[一二三四]级|相关|有关|主要|分管|常务副?|[&＆兼]|执行|名誉|荣誉|首席|高级|联合|轮值|副|代|原|前|总|第一)+$"
)
SHORT_FORM = re.compile(r"[（(](?:以下)?简称[^（）()]*[）)]")
DEPUTY = re.compile(r"^(?:常务副|副|执行|名誉)")
PARTY_GROUP = re.compile(r"(?:党组|党委|党工委)$")
SHORTEST_BODY = 2
LONGEST_BASE = 3


@dataclass(frozen=True, slots=True)
class Seat:
    """A position in full and what it belongs to.

    Attributes:
        position: The position with its place.
        organization: The body of the last office named, None where the text names none.
        ref_area: Code of its place or None.
    """

    position: str
    organization: str | None
    ref_area: str | None


@lru_cache(maxsize=1)
def _base_titles() -> tuple[str, ...]:
    """Titles that hold no body themselves, the longest first: 书记 but not 市委书记."""
    titles = [row["title"] for row in registry().offices]
    base = (
        title
        for title in titles
        if (len(title) <= LONGEST_BASE or title.endswith(("助理", "党组成员")))
        and title[0] not in "市县区省州盟旗镇乡村"
    )
    return tuple(sorted(base, key=lambda title: (-len(title), title)))


def seat_of(
    position: str,
    span: Span,
    places: Sequence[Mention],
    known: Gazetteer,
    publisher: str = "",
    colleague: Seat | None = None,
    text: str = "",
    end: int = 0,
) -> Seat:
    """The position in full.

    Args:
        position: Its words.
        span: Where they stand in the sentence.
        places: Places that the sentence names, but for those that are part of a person's name (方桂林).
        known: The document's gazetteer.
        publisher: Publisher of the page, for 本报记者.
        colleague: The office told directly before it: 县政协主席白某、副主席王某 are of one body.
        text: The sentence.
        end: Where the list of persons ends that it stands in.
    """
    before = [mention for mention in places if mention.end <= span[0]]
    inside = [mention for mention in places if span[0] <= mention.start < span[1] and mention.code]
    code = inside[-1].code if inside and inside[-1].level != "country" else None
    bare = BARE.match(position)
    if bare is not None and not (inside and inside[0].start == span[0] and not inside[0].own):
        place = _place_meant(bare["level"], _seats_among(before, text), known, host=HOSTS.match(text, end) is not None)
        if place is not None:
            position = _with_place(place.name, bare)
        if code is None or "、" not in position:
            code = place.code if place else None
    elif publisher and OWN_PAPER.match(position):
        position = OWN_PAPER.sub(PUBLISHER_TAIL.sub("", publisher), position)
    elif colleague is not None and (body := _shared_body(position, colleague)):
        return Seat(body + position, body, colleague.ref_area)
    return Seat(position, _organization(position), code)


def _shared_body(position: str, colleague: Seat) -> str | None:
    """The body of a colleague, for an office of the same sort that names none itself."""
    title = DEPUTY.sub("", position)
    if title not in _base_titles() or not colleague.position.endswith(title) or title == position:
        return None
    return PARTY_GROUP.sub("", colleague.organization) if colleague.organization else None


def _seats_among(before: Sequence[Mention], text: str) -> list[Mention]:
    """The places that an office can be of: where one went or met (到双牌县考察, 在长沙县召开) is none of them."""
    return [one for one in before if not WENT_TO.search(text, 0, one.start) or OFFICE_BEHIND.match(text, one.end)]


def _place_meant(level: str, before: Sequence[Mention], known: Gazetteer, *, host: bool) -> Place | None:
    """The place of 市 in 市委书记: the last one named that is a 市, else the document's own; of hosts the other way."""
    own = _own_place_of(level, known)
    if host and own is not None:
        # 全州县委书记李某到东安考察，|县长|蒋某陪同
        return own
    for mention in reversed(before):
        if mention.code and mention.level in LEVELS.get(level, ("town",)) and mention.name.endswith(level):
            return registry().places.get(mention.code)
    return own


def _own_place_of(level: str, known: Gazetteer) -> Place | None:
    """The document's own 市, 县 or 区."""
    code = own_place("区" if level == "自治区" else level, known) if level in LEVELS else None
    place = registry().places.get(code or "")
    if place is None or place.level not in LEVELS[level] or not place.name.endswith(level):
        return None
    return place


def _with_place(name: str, bare: re.Match[str]) -> str:
    """昆山市 + 市委书记 is 昆山市委书记, 江阴市 + 市长 is 江阴市市长."""
    before, level, rest = bare["before"], bare["level"], bare["rest"]
    if rest.startswith("长") or before.endswith(("副", "代", "代理")):
        return f"{name}{before}{level}{rest}"
    return f"{before}{name}{rest}"


def _organization(position: str) -> str | None:
    """The body of the last office that names one.

    Examples:
        >>> _organization("苏州市委常委、昆山市委书记"), _organization("平江县县长")
        ('昆山市委', None)
    """
    for office in reversed(position.split("、")):
        for title in _base_titles():
            if office.endswith(title):
                body = LEADING.sub("", RANK.sub("", SHORT_FORM.sub("", office[: -len(title)])))
                if len(body) > SHORTEST_BODY and not _is_place(body) and not body.endswith(("省", "市", "县", "区")):
                    return body
                break
    return None


def _is_place(text: str) -> bool:
    return text in registry().place_names
