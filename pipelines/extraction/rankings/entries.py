"""Entrants that a list merely admits: 惠安县、闽侯县也进入百强; 新上榜的为某县; 河北（2席）：某市.

Here: who is among so many, without a rank. Not here: ranks (`roundups`, `on_lists`).
"""

import re
from collections.abc import Iterator, Sequence

from pipelines.extraction.patterns import guarded
from pipelines.extraction.rankings.entrants import Entrant, run_after
from pipelines.extraction.rankings.names import size_of
from pipelines.extraction.rankings.topics import About, position_of, run_ending_at, stands_above, suits, topic
from pipelines.extraction.rankings.view import Position, View
from pipelines.extraction.rankings.words import ADVERB

ENTER = (
    r"(?:入围|上榜|跻身|进入|入选|挤进|迈入|晋级|登上|荣登|闯入|重返|进榜|入列|挺进|杀入|跨入|迈进|再登|稳居|新晋|晋身|获评|被评为"
    r"|名列|位列|荣获|荣膺|列入|成长为|成为|位居|居|是|为|榜上有名)"
)
ENTERS = guarded(rf"{ADVERB}(?:力争|争取|有望)?(?P<verb>{ENTER})(?:了|到|为|全部)?")
NOT_ENTERED = re.compile(
    r"(?:未能?|没有|没能|无缘|不再|无一[县市区镇家]?|尚未|退出|跌出|掉出|差点|险些|难以)[^，。；]{0,4}$"
)
LEFT_OUT = re.compile(
    r"(?:[（(][^（()）]*[)）])?(?:则|均|却|也|再次|依旧|仍)*(?:未|没有|没能|无缘|落榜|跌出|退出|掉出)"
)
COUNT_OF_MEMBERS = re.compile(
    r"(?:[0-9一二三四五六七八九十百两]+|多|余|几)[家个所项种件名位支只款席县市区镇乡村地城][^，。；]{0,12}$|(?:企业|公司|品牌|产品|大学|高校|学科|医院)$"
)
BARE_ENTRY = re.compile(
    r"(?:(?:全国)?(?P<size>百强|千强|\d{2,4}强)(?:县市?|区|镇|（市）)?)?(?:榜单|榜|名单|行列|之列)?(?=$|[，,。；;、！!）)…\s])"
)
ENTRY_NAMES = re.compile(
    r"(?:上榜|入围|入选|新晋|新上榜|新入围|新进入|首次上榜|首次入围)(?:(?:榜单|百强县?|榜|名单)?的?(?:县市区?|县（市）|县\(市\)|城市|县|市|区|镇|企业|地区|名单|成员|\d+[个家席地][县市区镇企业城]*)?)"
    r"(?:分别|依次)?(?:是|为|有|包括)?\s*[:：]?\s*"
    r"|\d+个?席位?[，,]\s*(?:分别|依次)?(?:是|为|有)\s*[:：]?\s*"
)
SEATS = re.compile(
    r"^\s*[\u4e00-\u9fff]{2,8}(?:省|市|自治区)?\s*(?:[（(]?\s*\d+\s*[席个家][县市区镇]*\s*[)）]?)?\s*[:：]\s*"
)
# “千亿县”新晋成员: of those above a sum, no list
OTHER_CLUB = re.compile(r"[百千万]亿[级元]?(?:县|市|镇|区|城市|俱乐部|企业|园区)?|新增|增加")
HAS_COUNT = re.compile(r"\d+\s*[席个家]")
# 河南省“十强产业集聚区”: whose list it is
IN_FRONT = re.compile(r"[\u4e00-\u9fff]{2,4}(?:省|市|自治区)|20\d{2}年?度?|[“\"《]?")
BEING = frozenset(("位居", "居", "是", "为", "名列", "位列"))
ONE_OF_THEM = re.compile(r"[”\"》]?(?:榜单?|名单)?[，,；;](?:其中|而)?")
ENDS = re.compile(r"[”\"》]?(?:之一|前列|行列|之列|榜单|方阵)?(?:$|[，,。；;、！!])")
HONOURED = frozenset(("获评", "被评为", "荣获", "荣膺", "成为", "成长为", "列入"))
STRONG_LIST = re.compile(r"[百千]强|\d强|十强")
OF_BARE = frozenset(
    ("入围", "上榜", "榜上有名", "跻身", "进入", "入选", "挤进", "迈入", "闯入", "重返", "挺进", "跨入")
)
RANK_FOLLOWS = re.compile(
    r"[”\"》]?(?:榜单|榜|名单|排行榜)?(?:中|上)?[，,]?(?:并|且)?(?:位居|位列|排名|居|列|排|名列|分列|分别[居列位排]*)?(?:全国)?(?:前[\d一二三四五六七八九十百]|第[\d一二三四五六七八九十百]|榜首|之首|首位)|[（(]第?\d"
)


def entered(view: View, taken: Sequence[tuple[int, int]]) -> Iterator[Position]:
    """黄花镇也入围中国百强镇; 惠安县、闽侯县也进入百强; 新上榜的县市为肥东县、邹平市: among so many."""
    if not view.named and not view.in_force.name:
        return
    for match in ENTERS.finditer(view.text):
        before = view.text[view.clause_start(match.start()) : match.start()]
        if NOT_ENTERED.search(before) or COUNT_OF_MEMBERS.search(before):
            # 11家企业入选全球百强: who is on the list is not the place
            continue
        listed = next(
            (
                one
                for one in view.named
                if 0 <= one.start - match.end() <= 8 and IN_FRONT.fullmatch(view.text, match.end(), one.start)
            ),
            None,
        )
        if match["verb"] in BEING and not (
            listed is not None and STRONG_LIST.search(listed.words) and ENDS.match(view.text, listed.end)
        ):
            continue
        if listed is not None and match["verb"] in HONOURED and not STRONG_LIST.search(listed.words):
            # 荣获“全国十佳生态旅游城市”: an honour is no rank
            continue
        bare = BARE_ENTRY.match(view.text, match.end())
        if listed is None and (
            match["verb"] not in OF_BARE
            or bare is None
            or not (bare.group() or match["verb"] in ("上榜", "入围", "榜上有名"))
        ):
            continue
        end = listed.end if listed else bare.end() if bare else match.end()
        run = run_ending_at(view, match.start()) or _subject(view, match.start())
        # A、B、C入围千强镇，其中C排第612位: only the one has a rank
        near = 0 if len(run) > 1 and ONE_OF_THEM.match(view.text, end) else 12
        if RANK_FOLLOWS.match(view.text, end) or any(
            start < end + near and match.start() < stop for start, stop in taken
        ):
            continue
        about = (
            About(listed.name, listed, None)
            if listed
            else topic(view, match.start(), match.start(), run, only_lists=True)
        )
        within = size_of((bare["size"] if bare and not listed else None) or about.name) if about else None
        if about is None or within is None:
            continue
        for one in run:
            if suits(about.name, one, view):
                yield position_of(
                    view,
                    about,
                    one,
                    None,
                    within,
                    (min(one.start, match.start()), end),
                    (match.start(), end),
                    "entered-a-list",
                )
        if not run and suits(about.name, None, view):
            entity = view.entity_before(match.start())
            whole = stands_above(entity.code, about.name)
            if entity.name is not None and not whole:
                yield view.position(
                    about.name,
                    entity,
                    None,
                    within,
                    (match.start(), end),
                    (match.start(), end),
                    "entered-a-list",
                    about.listed,
                )


def entries(view: View) -> Iterator[Position]:
    """新上榜的县市为肥东县、邹平市; 河北（2席）：迁安市、三河市: the names stand behind."""
    matches = [*ENTRY_NAMES.finditer(view.text)]
    if (seats := SEATS.match(view.text)) and HAS_COUNT.search(seats.group()):
        matches.append(seats)
    for match in matches:
        run = run_after(view.text, view.entrants, match.end())
        if OTHER_CLUB.search(view.text[: match.end()]) or ("新晋" in match.group() and view.in_force.age > 0):
            continue
        if not run or (len(run) == 1 and match.re is ENTRY_NAMES and view.text[match.end() - 1] not in "是为：:"):
            continue
        about = topic(view, match.start(), match.start(), run, only_lists=True)
        within = size_of(about.name) if about else None
        if about is None or within is None:
            continue
        # 新郑市（第46位）…，|邓州市|未上榜
        for one in (name for name in run if not LEFT_OUT.match(view.text, name.end)):
            yield position_of(
                view, about, one, None, within, (match.start(), one.end), (one.start, one.end), "entered-a-list"
            )


def _subject(view: View, position: int) -> list[Entrant]:
    """The firm, town or zone that the clause before a position is about, where no place is named behind it."""
    named = [one for one in view.entrants if one.end <= position]
    if not named or named[-1].mention is not None:
        return []
    return [named[-1]]
