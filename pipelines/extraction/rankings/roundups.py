"""Several entrants and their ranks: 前三名依次为A、B、C; A、B分列第5、8位; A（第3）、B（第7）; A居首，B、C紧随其后.

Here: pairing runs of entrants with ranks. Not here: a single rank beside the name of its list (`on_lists`), entrants
without ranks (`entries`), and lists told line by line (`lines`).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipelines.extraction.lexicon import registry
from pipelines.extraction.patterns import guarded
from pipelines.extraction.rankings.entrants import Entrant, after_parenthesis, parentheses, run_after, run_before
from pipelines.extraction.rankings.topics import position_of, run_ending_at, topic
from pipelines.extraction.rankings.view import Position, View
from pipelines.extraction.rankings.whose import OWN_LEVELS, full_scope
from pipelines.extraction.rankings.words import ADVERB, MOVED, NATIONAL, NO_RANK, NUMERAL, VERB, integer

RANK_ITEM = rf"第?{NUMERAL}(?:名|位)?"
AND = r"(?:[、和与及,]|以及)"
RANKS = (
    # 分别列22位和29位, 分别排名53和99
    rf"(?:(?<=分别列|分别居|分别排)|(?<=分别排名|分别位列|分别位居|分别名列))\d+(?:名|位)?(?:{AND}\d+(?:名|位)?)+(?!\d|[.．%％亿万家个元])|"
    rf"(?:第{NUMERAL}(?:名|位)?{AND}{RANK_ITEM}(?:{AND}{RANK_ITEM})*"
    rf"|第{NUMERAL}(?:名|位)?[至到\-—~～－–]+第?{NUMERAL}(?:名|位)?)"
)
# 前十名GDP, 前百强县的平均: what is told of the top, not who is in it
OF_THE_TOP = r"[县市区镇]{0,2}[(（]?[县市区镇]?[)）]?(?:的|G|人均|平均|总)"
TOP_N = (
    rf"(?:前(?P<n>{NUMERAL}|两|三甲)(?:名|位|强|甲|席)?|(?P<three>三甲))"
    rf"(?!年|个|天|后|期|季度|月|的|中|里|\d|{OF_THE_TOP})"
)
# A、B、C位列前三, A、B分列第13、15位: what stands between the last entrant and the ranks
BEFORE_TOP = guarded(
    rf"(?P<link>{ADVERB}{VERB}{ADVERB}(?:了|在|到|至)?)(?P<among>[^，,。；;、第前]{{0,24}}?)(?:的)?{TOP_N}"
)
RESPECTIVELY = guarded(
    rf"(?P<link>{ADVERB}(?:分列|分居|分获|分别|依次|{VERB}){ADVERB}(?:{VERB})?(?:了|在|到|至)?)(?P<among>[^，,。；;、第前]{{0,24}}?)(?:的)?"
    rf"(?P<ranks>{RANKS}|状元、榜眼(?:[、和]探花)?|榜眼、探花)"
)
REACHED_TOP = re.compile(r"位列|位居|稳居|跻身|进入|列|居|名列|包揽|占据|雄踞")
TOP_THEN_NAMES = re.compile(
    rf"前(?P<n>{NUMERAL}|两|三甲)(?:名|位|强|甲|席)?(?:榜单)?的?(?:县市区?|县级市|县（市）|县\(市\)|县|城市|城区|市|企业|公司|乡镇|镇|区|省份|省区|地市|开发区|园区|高新区)?"
    # 前5名被江苏包揽，依次是昆山、太仓…; 包揽前四席，分别是“苏南四小龙”昆山、江阴…
    rf"(?:[(（][^（）()]*[)）])?(?:(?:均|全部|都)?被[^，。；、]{{1,6}}(?:包揽|囊括|占据))?(?P<order>[，,]?(?:依次|分别|顺次|由高到低|从高到低|按顺序|先后)*)(?:是|为|有|由|包括|被(?:[我本]?[省市县]的)?)?[)）]?\s*[:：]?\s*(?:“[^“”]{{2,8}}”|[“\"])?"
)
GIVEN = re.compile(
    rf"\s*(?:(?:以|凭借|依托|凭|靠)(?P<by>[^，。；]{{1,28}}?))?[，,]?\s*(?P<among>(?:在|于)[^，,。；;第]{{2,24}}?(?:中|里|上|内))?[，,]?\s*{MOVED}?{ADVERB}(?:(?:由|从|自)[^，。；]{{0,8}}?第{NUMERAL}(?:名|位)?)?{ADVERB}(?P<verb>{VERB})?{ADVERB}(?:了|在|到|至|为)?"
    rf"(?:(?:本|该|此)?(?:榜单|榜|排行榜|名单|全国|全榜)(?:中|上|里)?的?)?"
)
PLACE_OF_ONE = guarded(
    rf"第(?P<rank>{NUMERAL})(?:名|位)?{NO_RANK}|(?P<top>榜首|居首(?:位)?|首位(?!度)|头名|第一把交椅|状元|魁首|冠军|鳌头|头筹)|(?P<second>榜眼|亚军|次席)|(?P<third>探花|季军)"
)
IN_PARENTHESIS = re.compile(
    rf"(?:^|[，,、；;\s])(?:全国|排名|位列|列|居|排)?第(?P<rank>{NUMERAL})(?:名|位)?(?=$|[，,、；;\s])|^(?:No\.?|NO\.?|排名|名次)[:：]?(?P<number>\d+)$|^(?P<bare>\d{{1,3}})(?:位|名)?$"
)
# 某市、某县|2县市入选30强，|分别位列第21位、第8位
ASIDE = re.compile(
    r"(?:(?:[两三四五六七八九十]+|\d{1,2}个?)[县市区镇地])?[^，。；;\d]{0,12}(?:\d{2,3}强)?(?:榜单?)?[”\"]?(?:前\d{1,3}[名位强])?[，,]"
)
AMONG_TWO = re.compile(
    rf"(?P<verb>位列|位居|稳居|居|列|排名?|名列)(?P<first>全[国省市]|[\u4e00-\u9fff]{{2,3}}?省?)第(?P<first_rank>{NUMERAL})(?:名|位)?[、，,和]"
    rf"(?:位列|位居|居|列)?(?P<second>全[国省市]|[\u4e00-\u9fff]{{2,3}}?省?)第(?P<second_rank>{NUMERAL})(?:名|位)?"
)
BESIDE = re.compile(r"(?:居|列|占|位于|排在|排)$")
ENTERING = re.compile(r"进入|跻身|闯入|挺进|入围|入选")
NEXT = re.compile(r"[，,]?(?:则|也)?(?:紧随其后|紧追其后|紧跟其后|位居其后|位列其后|分列其后|列其后|次之|随后)")
YARDSTICK = re.compile(
    r"(?:仅次于|紧跟|紧随|落后于|落后|高于|低于|超过|超越|反超|赶超|领先|追赶|比|较|除|继|与|不敌|优于|好于)[^，,。；、]{0,6}$"
)
HANDED_OUT = re.compile(r"分别|分列|分居")
ANOTHER = re.compile(r"[、和与]第")
TOGETHER = re.compile(r"并列|均|都|同列|同为|双双|同居")


def round_ups(view: View) -> Iterator[Position]:
    """Positions of every reader of this module, each numeral once."""
    taken: list[tuple[int, int]] = []
    last: Position | None = None
    for reader in (top_then_names, respectively, names_then_top, ranks_in_parentheses, among_two, ones, entered_top):
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
        said = match["order"].strip("，,")
        if not said and _ranked_before(view, match.start("n")):
            # 江阴、昆山位列全国百强县|前两位|，宜兴、太仓进入前十: those before it are the first two
            continue
        ordered = len(run) == size or re.search("依次|顺次|由高|从高", said)
        if not ordered and not said:
            continue
        about = topic(view, match.start(), match.start(), run)
        if about is None:
            continue
        end = after_parenthesis(view.text, run[-1])
        for index, one in enumerate(run, 1):
            number = match.span("n") if index == 1 or not ordered else (one.start, one.end)
            yield position_of(
                view, about, one, index if ordered else None, None if ordered else size, (match.start(), end), number
            )


def _ranked_before(view: View, top: int) -> bool:
    """Whether a top is what a run of entrants before it in its clause has reached."""
    run = run_before(view.text, view.entrants, top)
    if not run or re.search(r"[，,；;。：:]", view.text[run[-1].end : top]):
        return False
    return REACHED_TOP.search(view.text, run[-1].end, top) is not None


def respectively(view: View) -> Iterator[Position]:
    """诸暨市、余姚市、海宁市分列第12、13和15位; 位列第一至第三名."""
    if not any(word in view.text for word in ("第", "榜眼", "分别")):
        return
    for match in RESPECTIVELY.finditer(view.text):
        ranks = _ranks(match["ranks"])
        run = run_ending_at(view, match.start()) or _run_earlier(view, match.start(), len(ranks))
        if len(run) < 2 or len(run) != len(ranks):
            continue
        about = topic(view, match.start("ranks"), run[0].start, run, match["among"])
        if about is None:
            continue
        for one, rank in zip(run, ranks, strict=True):
            yield position_of(view, about, one, rank, None, (run[0].start, match.end()), match.span("ranks"))


def _run_earlier(view: View, position: int, count: int) -> list[Entrant]:
    """准格尔旗、神木市名列前茅，|排名分别为第16、第17: as many entrants, with a few words and no number between."""
    run = run_before(view.text, view.entrants, position)
    between = view.text[run[-1].end : position] if run else ""
    for listed in view.named:
        # 宜都市和枣阳市两地登上|全国综合竞争力百强县（市）名单，|分别排名53和99
        between = between.replace(view.text[listed.start : listed.end], "")
    return run if len(run) == count and ASIDE.fullmatch(between) else []


def names_then_top(view: View) -> Iterator[Position]:
    """昆山市、江阴市、常熟市位列前三: as many names as places are in the order of the places."""
    if "前" not in view.text and "三甲" not in view.text:
        return
    for match in BEFORE_TOP.finditer(view.text):
        size = 3 if match["three"] or match["n"] == "三甲" else integer(match["n"])
        run = run_ending_at(view, match.start())
        if len(run) < 2 or size is None or len(run) > size:
            continue
        about = topic(view, match.end(), run[0].start, run, match["among"])
        if about is None:
            continue
        number = match.span("three" if match["three"] else "n")
        ordered = len(run) == size and not re.search("均|都|双双", match["link"])
        for index, one in enumerate(run, 1):
            span = (run[0].start, match.end())
            yield position_of(view, about, one, index if ordered else None, None if ordered else size, span, number)


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
        yield position_of(view, about, one, rank, None, (one.start, offset + len(words) + 1), number)


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
        if HANDED_OUT.search(gap) and ANOTHER.match(view.text, match.end()):
            # 长沙县分别位居第六名和第三名: two ranks on two lists
            continue
        among = given["among"] or ""
        if not gap and BESIDE.search(view.text[: last.start]):
            # 增速居安庆市|第一: among whom
            continue
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
            yield position_of(view, about, one, rank, None, (sharing[0].start, match.end()), match.span())


def among_two(view: View) -> Iterator[Position]:
    """迁安市凭借精品钢，稳居河北第一、全国第26位: among the whole list, and among those of the province."""
    for match in AMONG_TWO.finditer(view.text) if view.text.count("第") > 1 else ():
        run = run_before(view.text, view.entrants, match.start())
        while run and run[-1].end > match.start("verb"):
            run.pop()
        if not run or re.search(r"[；;。\d]|[，,].*[，,]", view.text[run[-1].end : match.start()]):
            continue
        about = topic(view, match.start(), run[-1].start, run[-1:], only_lists=True)
        if about is None:
            continue
        entity = view.where_of(run[-1])
        sides = ("first", "second")
        among = [
            full_scope(view, match[side], entity) if match[side] in OWN_LEVELS else _region(match[side])
            for side in sides
        ]
        for side, scope in zip(sides, among, strict=True) if None not in among else ():
            name = about.name if scope in NATIONAL else f"{about.name}（{scope}）"
            span, number = (run[-1].start, match.end()), match.span(side + "_rank")
            rank = integer(match[side + "_rank"])
            yield position_of(view, replace(about, name=name), run[-1], rank, None, span, number)


def _region(scope: str) -> str | None:
    """The official name of a province by its short one, 全国 as it is, None for anything else."""
    codes = [code for code in registry().place_names.get(scope, ()) if code.endswith("0000")]
    return scope if scope in NATIONAL else registry().places[codes[0]].name if len(codes) == 1 else None


def entered_top(view: View) -> Iterator[Position]:
    """甘肃敦煌市首次进入前20: among so many on the list in force, where one alone has entered."""
    for match in BEFORE_TOP.finditer(view.text) if "前" in view.text else ():
        run = run_ending_at(view, match.start())
        size = integer(match["n"]) if match["n"] and match["n"] not in ("两", "三甲") else None
        if len(run) != 1 or size is None or match["among"] or _is_own(run[0]):
            continue
        if not ENTERING.search(match["link"]) or YARDSTICK.search(view.text[: run[0].start]):
            # 超越浙江慈溪挺进前七强: whom it left behind
            continue
        about = topic(view, match.end(), run[0].start, run, only_lists=True)
        if about is not None:
            yield position_of(view, about, run[0], None, size, (run[0].start, match.end()), match.span("n"))


def _is_own(one: Entrant) -> bool:
    """Whether an entrant is 全市 or 我县."""
    return one.mention is not None and one.mention.own


def next_in_order(view: View, last: Position) -> Iterator[Position]:
    """昆山市居首，江阴市、张家港市紧随其后: the ranks go on."""
    for match in NEXT.finditer(view.text):
        run = run_ending_at(view, match.start())
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
