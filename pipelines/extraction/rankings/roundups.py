"""Several entrants and their ranks: 前三名依次为A、B、C; A、B分列第5、8位; A（第3）、B（第7）; A居首，B、C紧随其后.

Here: pairing runs of entrants with ranks, and entrants that a list merely admits. Not here: a single rank beside the
name of its list (`on_lists`), and lists told line by line (`lines`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.extraction.binding import Draft
from pipelines.extraction.indicators import last_named, resolve
from pipelines.extraction.rankings.entrants import Entrant, after_parenthesis, parentheses, run_after, run_before
from pipelines.extraction.rankings.names import ListName, level_of, size_of
from pipelines.extraction.rankings.view import Position, View
from pipelines.extraction.rankings.words import NO_RANK, NUMERAL, integer

ADVERB = (
    r"(?:继续|仍然?|均|也|都|再次?|双双|又|还|已经?|强势|成功|首次|一举|分别|依次|顺次|稳稳?|牢牢|同时|则|蝉联|同样|最终|共同|(?:[\u4e00-\u9fff]{1,3}地)"
    r"|(?:已)?连续第?[^，。；、第]{1,5}[年届次度]|连年|多年)*"
)
VERB = (
    r"(?:位居|位列|位于|名列|排名|排在|排位|排到|排行|排|居于|居|列居|列|占据|占得|跻身|进入|进位至?|荣登|登上|登顶|升至|升到|上升[至到]|提升[至到]|前移[至到]|跃居|跃升[至到]"
    r"|退居|降至|降到|下滑[至到]|滑落[至到]|跌至|退至|入围|入选|闯入|挺进|囊括|摘得|斩获|夺得|获得|荣获|获|领跑|分列|分居|分获|高居|处于|为|保持|夺|霸占|守住|守擂|捧得|问鼎|包揽)"
)
RANK_ITEM = rf"第?{NUMERAL}(?:名|位)?"
RANKS = rf"(?:第{NUMERAL}(?:名|位)?(?:[、和与及,]|以及){RANK_ITEM}(?:(?:[、和与及,]|以及){RANK_ITEM})*|第{NUMERAL}(?:名|位)?[至到\-—~～－–]+第?{NUMERAL}(?:名|位)?)"
TOP_N = rf"(?:前(?P<n>{NUMERAL}|三甲)(?:名|位|强|甲|席)?|(?P<three>三甲))(?!年|个|天|后|期|季度|月|的|中|里|\d|[县市区镇]?[县市区镇]?[(（]?[县市区镇]?[)）]?(?:的|G|人均|平均|总))"
# A、B、C位列前三, A、B分列第13、15位: what stands between the last entrant and the ranks
BEFORE_TOP = re.compile(
    rf"(?P<link>{ADVERB}{VERB}{ADVERB}(?:了|在|到|至)?)(?P<among>[^，,。；;、第前]{{0,24}}?)(?:的)?{TOP_N}"
)
RESPECTIVELY = re.compile(
    rf"(?P<link>{ADVERB}(?:分列|分居|分获|分别|依次|{VERB}){ADVERB}(?:{VERB})?(?:了|在|到|至)?)(?P<among>[^，,。；;、第前]{{0,24}}?)(?:的)?"
    rf"(?P<ranks>{RANKS}|状元、榜眼(?:[、和]探花)?|榜眼、探花)"
)
TOP_THEN_NAMES = re.compile(
    rf"前(?P<n>{NUMERAL}|三甲)(?:名|位|强|甲|席)?(?:榜单)?的?(?:县市区?|县级市|县（市）|县\(市\)|县|城市|城区|市|企业|公司|乡镇|镇|区|省份|省区|地市|开发区|园区|高新区)?"
    rf"(?:[(（][^（）()]*[)）])?(?P<order>[，,]?(?:依次|分别|顺次|由高到低|从高到低|按顺序|先后)*)(?:是|为|有|由|包括|被)?[)）]?\s*[:：]?\s*[“\"]?"
)
AFTER_NAMES = re.compile(
    r"(?:[（(][^（）()]*[)）])?(?:等?[两三四五六七八九十\d]+[个家]?(?:县市|县|市|区|镇|地|企业)?)?[，,]?\s*"
)
GIVEN = re.compile(
    rf"\s*(?:以(?P<by>[^，。；]{{1,28}}?))?[，,]?\s*(?P<among>(?:在|于)[^，,。；;第]{{2,24}}?(?:中|里|上|内))?[，,]?\s*{ADVERB}(?:(?:由|从|自)[^，。；]{{0,8}}?第{NUMERAL}(?:名|位)?)?{ADVERB}(?P<verb>{VERB})?{ADVERB}(?:了|在|到|至|为)?"
    rf"(?:(?:本|该|此)?(?:榜单|榜|排行榜|名单|全国|全榜)(?:中|上|里)?的?)?"
)
PLACE_OF_ONE = re.compile(
    rf"第(?P<rank>{NUMERAL})(?:名|位)?{NO_RANK}|(?P<top>榜首|居首(?:位)?|首位(?!度)|头名|第一把交椅|状元|魁首|冠军|鳌头|头筹)|(?P<second>榜眼|亚军|次席)|(?P<third>探花|季军)"
)
IN_PARENTHESIS = re.compile(
    rf"(?:^|[，,、；;\s])(?:全国|排名|位列|列|居|排)?第(?P<rank>{NUMERAL})(?:名|位)?(?=$|[，,、；;\s])|^(?:No\.?|NO\.?|排名|名次)[:：]?(?P<number>\d+)$|^(?P<bare>\d{{1,3}})(?:位|名)?$"
)
NEXT = re.compile(r"[，,]?(?:则|也)?(?:紧随其后|紧追其后|紧跟其后|位居其后|位列其后|分列其后|列其后|次之|随后)")
ENTER = r"(?:入围|上榜|跻身|进入|入选|挤进|迈入|晋级|登上|荣登|闯入|重返|进榜|入列|挺进|杀入|跨入|迈进|再登|稳居|新晋|晋身|获评|被评为|名列|位列|荣获|荣膺|列入|成长为|成为|位居|居|是|为)"
ENTERS = re.compile(rf"{ADVERB}(?:力争|争取|有望)?(?P<verb>{ENTER})(?:了|到|为|全部)?")
NOT_ENTERED = re.compile(
    r"(?:未能?|没有|没能|无缘|不再|无一[县市区镇家]?|尚未|退出|跌出|掉出|差点|险些|难以)[^，。；]{0,4}$"
)
COUNT_OF_MEMBERS = re.compile(
    r"(?:[0-9一二三四五六七八九十百两]+|多|余|几)[家个所项种件名位支只款席县市区镇乡村地][^，。；]{0,12}$|(?:企业|公司|品牌|产品|大学|高校|学科|医院)$"
)
BARE_ENTRY = re.compile(
    r"(?:(?:全国)?(?:百强|千强)(?:县市?|区|镇|（市）)?)?(?:榜单|榜|名单|行列|之列)?(?=$|[，,。；;、！!）)\s])"
)
ENTRY_NAMES = re.compile(
    r"(?:上榜|入围|入选|新晋|新上榜|新入围|新进入|新增|首次上榜|首次入围)(?:(?:榜单|百强县?|榜|名单)?的?(?:县市区?|县（市）|县\(市\)|城市|县|市|区|镇|企业|地区|名单|成员|\d+[个家席地][县市区镇企业城]*)?)"
    r"(?:分别|依次)?(?:是|为|有|包括)?\s*[:：]?\s*"
)
SEATS = re.compile(
    r"^\s*[\u4e00-\u9fff]{2,8}(?:省|市|自治区)?\s*(?:[（(]?\s*\d+\s*[席个家][县市区镇]*\s*[)）]?)?\s*[:：]\s*"
)
# “千亿县”新晋成员: of those above a sum, no list
OTHER_CLUB = re.compile(r"[百千万]亿[级元]?(?:县|市|镇|区|城市|俱乐部|企业|园区)?|新增|增加")
HAS_COUNT = re.compile(r"\d+\s*[席个家]")
TOGETHER = re.compile(r"并列|均|都|同列|同为|双双|同居")


def round_ups(view: View) -> Iterator[Position]:
    """Positions of every reader of this module, each numeral once."""
    taken: list[tuple[int, int]] = []
    last: Position | None = None
    for reader in (top_then_names, respectively, names_then_top, ranks_in_parentheses, ones):
        found = [
            position
            for position in reader(view)
            if not any(start < position.number[1] and position.number[0] < end for start, end in taken)
        ]
        taken += [position.number for position in found]
        for position in found:
            if position.rank:
                last = position if last is None or last.start <= position.start else last
            yield position
    if last is not None:
        yield from next_in_order(view, last)


def top_then_names(view: View) -> Iterator[Position]:
    """前三名依次为昆山市、江阴市和张家港市: as many names as the top has places, or their order told."""
    if "前" not in view.text:
        return
    for match in TOP_THEN_NAMES.finditer(view.text):
        run = run_after(view.text, view.entrants, match.end())
        size = 3 if match["n"] == "三甲" else integer(match["n"])
        if len(run) < 2 or size is None or len(run) > size:
            continue
        ordered = len(run) == size or re.search("依次|顺次|由高|从高", match["order"])
        if not ordered and not match["order"]:
            continue
        about = topic(view, match.start(), match.start(), run)
        if about is None:
            continue
        end = after_parenthesis(view.text, run[-1])
        for index, one in enumerate(run, 1):
            number = match.span("n") if index == 1 or not ordered else (one.start, one.end)
            yield _position(
                view, about, one, index if ordered else None, None if ordered else size, (match.start(), end), number
            )


def respectively(view: View) -> Iterator[Position]:
    """诸暨市、余姚市、海宁市分列第12、13和15位; 位列第一至第三名."""
    if "第" not in view.text and "榜眼" not in view.text:
        return
    for match in RESPECTIVELY.finditer(view.text):
        run = _run_ending_at(view, match.start())
        ranks = _ranks(match["ranks"])
        if len(run) < 2 or len(run) != len(ranks):
            continue
        about = topic(view, match.start("ranks"), run[0].start, run, match["among"])
        if about is None:
            continue
        for one, rank in zip(run, ranks, strict=True):
            yield _position(view, about, one, rank, None, (run[0].start, match.end()), match.span("ranks"))


def names_then_top(view: View) -> Iterator[Position]:
    """昆山市、江阴市、常熟市位列前三: as many names as places are in the order of the places."""
    if "前" not in view.text and "三甲" not in view.text:
        return
    for match in BEFORE_TOP.finditer(view.text):
        size = 3 if match["three"] or match["n"] == "三甲" else integer(match["n"])
        run = _run_ending_at(view, match.start())
        if len(run) < 2 or size is None or len(run) > size:
            continue
        about = topic(view, match.end(), run[0].start, run, match["among"])
        if about is None:
            continue
        number = match.span("three" if match["three"] else "n")
        ordered = len(run) == size and not re.search("均|都|双双", match["link"])
        for index, one in enumerate(run, 1):
            span = (run[0].start, match.end())
            yield _position(view, about, one, index if ordered else None, None if ordered else size, span, number)


def ranks_in_parentheses(view: View) -> Iterator[Position]:
    """大冶市（853亿元，第62位）、宜都市（第47位）."""
    if "（" not in view.text and "(" not in view.text:
        return
    for one, words, offset in parentheses(view.text, view.entrants):
        match = IN_PARENTHESIS.search(words)
        if match is None:
            continue
        group = next(group for group in ("rank", "number", "bare") if match[group])
        rank = integer(match[group])
        about = topic(view, one.start, one.start, [one], only_lists=True)
        if about is None or rank is None or rank == 0 or (group == "bare" and not _all_bare(view)):
            continue
        number = (offset + match.start(group), offset + match.end(group))
        yield _position(view, about, one, rank, None, (one.start, offset + len(words) + 1), number)


def ones(view: View) -> Iterator[Position]:
    """晋江市居第7位; 昆山市以5140.6亿元稳居第一: nothing but verbs between the name and its rank."""
    for match in PLACE_OF_ONE.finditer(view.text):
        run = run_before(view.text, view.entrants, match.start())
        if not run:
            continue
        last = run[-1]
        end = after_parenthesis(view.text, last)
        gap = view.text[end : match.start()]
        if match["second"] or match["third"]:
            # 摘得西部百强县榜眼
            for listed in view.named:
                gap = gap.replace(view.text[listed.start : listed.end], "")
        given = GIVEN.fullmatch(gap.removesuffix("以") if match["rank"] else gap)
        if given is None or not (given["verb"] or match["rank"] or match.group().startswith("居")):
            continue
        among = given["among"] or ""
        if YARDSTICK.search(view.text[: run[0].start]):
            # 紧跟上海和北京，位列全国第三: whom it is compared with
            continue
        if last.mention is not None and last.mention.own and not given["verb"]:
            continue
        about = topic(view, match.start(), last.start, [last], among, by=given["by"] or view.text[last.end : end])
        if about is None or (not about.of_list and not given["by"]):
            continue
        group = next(group for group in ("rank", "top", "second", "third") if match[group])
        rank = {"top": 1, "second": 2, "third": 3}.get(group) or integer(match["rank"])
        if rank is None or rank == 0:
            continue
        sharing = run if TOGETHER.search(view.text[end : match.end()]) else [last]
        for one in sharing:
            yield _position(view, about, one, rank, None, (sharing[0].start, match.end()), match.span())


def next_in_order(view: View, last: Position) -> Iterator[Position]:
    """昆山市居首，江阴市、张家港市紧随其后: the ranks go on."""
    for match in NEXT.finditer(view.text):
        run = _run_ending_at(view, match.start())
        if not run or run[0].start < last.end or last.rank is None or len(view.text[last.end : run[0].start]) > 4:
            continue
        for index, one in enumerate(run, last.rank + 1):
            where = view.where_of(one)
            span = (run[0].start, match.end())
            yield Position(
                last.list_name,
                last.edition,
                where,
                index,
                None,
                None,
                *span,
                (one.start, one.end),
                "next-in-order",
                last.publisher,
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
        listed = next((one for one in view.named if 0 <= one.start - match.end() <= 8 and IN_FRONT.fullmatch(view.text, match.end(), one.start)), None)
        if match["verb"] in BEING and not (
            listed is not None and STRONG_LIST.search(listed.words) and ENDS.match(view.text, listed.end)
        ):
            continue
        if listed is not None and match["verb"] in HONOURED and not STRONG_LIST.search(listed.words):
            # 荣获“全国十佳生态旅游城市”: an honour is no rank
            continue
        bare = BARE_ENTRY.match(view.text, match.end())
        if listed is None and (
            match["verb"] not in OF_BARE or bare is None or not (bare.group() or match["verb"] in ("上榜", "入围"))
        ):
            continue
        end = listed.end if listed else bare.end() if bare else match.end()
        if RANK_FOLLOWS.match(view.text, end) or any(
            start < end + 12 and match.start() < stop for start, stop in taken
        ):
            continue
        run = _run_ending_at(view, match.start()) or _subject(view, match.start())
        about = (
            About(listed.name, listed, None)
            if listed
            else topic(view, match.start(), match.start(), run, only_lists=True)
        )
        within = size_of(about.name) if about else None
        if about is None or within is None:
            continue
        for one in run:
            if suits(about.name, one, view):
                yield _position(
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
            whole = entity.code is not None and entity.code.endswith("0000") and "县" in about.name
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
        for one in run:
            yield _position(
                view, about, one, None, within, (match.start(), one.end), (one.start, one.end), "entered-a-list"
            )


# 河南省“十强产业集聚区”: whose list it is
IN_FRONT = re.compile(r"[\u4e00-\u9fff]{2,4}(?:省|市|自治区)|20\d{2}年?度?|[“\"《]?")
BEING = frozenset(("位居", "居", "是", "为", "名列", "位列"))
ENDS = re.compile(r"[”\"》]?(?:之一|行列|之列|榜单|方阵)?(?:$|[，,。；;、！!])")
HONOURED = frozenset(("获评", "被评为", "荣获", "荣膺", "成为", "成长为", "列入"))
STRONG_LIST = re.compile(r"[百千]强|\d强|十强")
OF_BARE = frozenset(("入围", "上榜", "跻身", "进入", "入选", "挤进", "迈入", "闯入", "重返", "挺进", "跨入"))
RANK_FOLLOWS = re.compile(
    r"[”\"》]?(?:榜单|榜|名单|排行榜)?(?:中|上)?[，,]?(?:并|且)?(?:位居|位列|排名|居|列|排|名列|分列|分别[居列位排]*)?(?:全国)?(?:前[\d一二三四五六七八九十百]|第[\d一二三四五六七八九十百]|榜首|之首|首位)|[（(]第?\d"
)


@dataclass(frozen=True, slots=True)
class About:
    """What ranks are about: a list, or the indicator of a number.

    Attributes:
        name: Name of the list or indicator.
        listed: The list as the sentence names it, None for one in force.
        draft: The number whose indicator it is, None for a list.
        of_list: Whether it is a list, or an indicator.
    """

    name: str
    listed: ListName | None
    draft: Draft | None
    of_list: bool = True


def topic(
    view: View,
    position: int,
    start: int,
    run: Sequence[Entrant],
    among: str = "",
    *,
    by: str = "",
    only_lists: bool = False,
) -> About | None:
    """What ranks at a position are about, None where nothing tells.

    Args:
        view: The sentence.
        position: Where the ranks stand.
        start: Where the entrants begin.
        run: The entrants.
        among: The words between verb and rank (分列全国百强镇第21).
        by: The words of the number that ranks them (以5140亿元).
        only_lists: Whether an indicator is no answer.
    """
    inside = [one for one in view.named if start <= one.start and one.end <= position + 24]
    before = [one for one in view.named if one.end <= start + 1]
    if among and not inside and OTHER_SCOPE.search(among):
        return None
    drafts = _drafts(view, run, position)
    for listed in [*inside, *reversed(before)]:
        if all(suits(listed.name, one, view) for one in run):
            if not (drafts and names_an_indicator(view, listed.end, position)):
                return About(listed.name, listed, None)
    if drafts and not only_lists and (by or not view.in_force.name or names_an_indicator(view, 0, position)):
        name = drafts[-1].resolved.name
        if drafts[-1].resolved.code or len(name) >= 3:
            return About(name + ("增速" if drafts[-1].measure == "growth" else ""), None, drafts[-1], False)
    if not only_lists and (seen := SEEN_FROM.search(view.text[:start])) and not by.startswith(("（", "(")):
        words = seen["noun"] or seen["side"]
        noun = {"总量": "经济总量", "规模": "经济总量"}.get(words, words)
        return About(resolve(noun).name, None, None, False)
    led = LED_BY.search(view.text[:start]) if not only_lists and not by and position == start else None
    if led and (resolved := resolve(led["noun"])).code:
        return About(resolved.name, None, None, False)
    if not only_lists and not by and _other_topic(view, start):
        return None
    if view.in_force.name and all(suits(view.in_force.name, one, view) for one in run):
        view.in_force.age = -1
        return About(view.in_force.name, None, None)
    return None


YARDSTICK = re.compile(
    r"(?:仅次于|紧跟|紧随|落后于|落后|高于|低于|超过|超越|反超|赶超|领先|追赶|比|较|除|继|与|不敌|优于|好于)[^，,。；、]{0,6}$"
)
SEEN_FROM = re.compile(
    r"(?:(?:从|按|以|就)(?P<noun>[^，。；]{2,14}?)(?:来看|看|来说|而言|衡量|计|讲)|(?P<side>[^，。；：]{2,16})方面)[，,：:]?\s*$"
)
LED_BY = re.compile(r"(?P<noun>[^，。；：]{2,20}?)(?:排名|排在|位居|位列|居|列|排)?$")
OTHER_SCOPE = re.compile(r"全省|全市|全州|全区|[省市州]$|增速|总量|规模|产量|收入|生产总值|GDP|投资|企业数")


def names_an_indicator(view: View, start: int, end: int) -> bool:
    """Whether a stretch names an indicator, so that the ranks are the indicator's and not the list's."""
    return last_named(view.text[start:end], end - start) is not None


def _other_topic(view: View, start: int) -> bool:
    """从增速看, 固定资产投资方面: the sentence ranks by something else than the list in force."""
    head = view.text[:start]
    return bool(
        re.search(
            r"(?:从|按|以|就)[^，。；]{2,16}(?:看|来看|来说|而言|排序|衡量|计|讲)[，,]?|方面[，,：:]|(?:增速|增幅|总量|收入|产值|投资额)[^，。；]{0,6}[，,：:]?$",
            head,
        )
    )


def _drafts(view: View, run: Sequence[Entrant], position: int) -> list[Draft]:
    """The numbers with an indicator in the parentheses of a run, and between it and the ranks."""
    if not run:
        return []
    return [
        draft
        for draft in view.drafts
        if run[0].start <= draft.quantity.start < position and draft.measure in ("level", "growth", "share")
    ]


def suits(name: str, one: Entrant | None, view: View) -> bool:
    """Whether an entrant can stand on a list: no county among firms, no firm among counties, no city among towns."""
    level = level_of(name)
    if one is None or one.mention is not None or one.code:
        place = one.mention.level if one is not None and one.mention is not None else "county"
        if level == "enterprise":
            return False
        if level == "town":
            return place in ("town", "zone") or (one is not None and view.text[one.end - 1] in "镇道乡")
        if place == "province":
            return not re.search(r"县|[^全]市|区(?!域)|镇", name)
        return True
    firm = not re.search(r"(?:镇|街道|苏木|区)$", one.name)
    if firm:
        return not re.search(r"百强县|县域|百强区|城区|镇|县市|百强市|城市", name)
    return level != "enterprise"


def _position(
    view: View,
    about: About,
    one: Entrant,
    rank: int | None,
    within: int | None,
    span: tuple[int, int],
    number: tuple[int, int],
    rule: str = "",
) -> Position:
    if not about.of_list:
        rule = "indicator-of-entrants"
    elif about.listed is None:
        rule = "list-in-force"
    rule = rule or "entrants-with-ranks"
    return view.position(about.name, view.where_of(one), rank, within, span, number, rule, about.listed)


def _run_ending_at(view: View, position: int) -> list[Entrant]:
    """The run of entrants with nothing between it and a position but its parenthesis and a count."""
    run = run_before(view.text, view.entrants, position)
    return run if run and AFTER_NAMES.fullmatch(view.text, run[-1].end, position) else []


def _subject(view: View, position: int) -> list[Entrant]:
    """The firm, town or zone that the clause before a position is about, where no place is named behind it."""
    named = [one for one in view.entrants if one.end <= position]
    if not named or named[-1].mention is not None:
        return []
    return [named[-1]]


def _ranks(words: str) -> list[int]:
    """The ranks that words list, a range filled.

    Examples:
        >>> _ranks("第12、13和15位"), _ranks("第三至第五名")
        ([12, 13, 15], [3, 4, 5])
    """
    if words.startswith(("榜眼", "状元")):
        return {"榜眼、探花": [2, 3], "状元、榜眼": [1, 2]}.get(words, [1, 2, 3])
    ranks = [rank for found in re.findall(NUMERAL, words) if (rank := integer(found)) is not None]
    if re.search(r"[至到\-—~～－–]", words) and len(ranks) == 2 and ranks[0] < ranks[1] <= ranks[0] + 30:
        return list(range(ranks[0], ranks[1] + 1))
    return ranks


def _all_bare(view: View) -> bool:
    """Whether several parentheses hold nothing but a number: 昆山市（1）、江阴市（2）."""
    found = [words for _, words, _ in parentheses(view.text, view.entrants)]
    return len(found) > 1 and all(re.fullmatch(r"\d{1,3}", words) for words in found)
