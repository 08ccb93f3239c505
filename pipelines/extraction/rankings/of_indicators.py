"""Ranks of an indicator among places: 增速居全国第二, 分别居全国第二、第七、第九, 综合算力指数全国第一.

Here: the ranks and the places that share them. Not here: what is ranked (`ranked`), among whom and whose it is
(`whose`), a second rank of the same entrant (`inherited`) and published lists (`on_lists`).
"""

import re
from collections.abc import Iterator

from pipelines.extraction.binding import Draft
from pipelines.extraction.indicators import metric_heads, resolve
from pipelines.extraction.place_groups import place_runs
from pipelines.extraction.places import Mention
from pipelines.extraction.rankings.ranked import (
    GENERIC,
    GROWTH,
    JUDGED,
    indicators_of,
    measure_in,
    named_earlier,
    noun_before,
    parts_of,
)
from pipelines.extraction.rankings.view import Position, View
from pipelines.extraction.rankings.whose import full_scope, is_whole, whole_before, whose
from pipelines.extraction.rankings.words import (
    COUNTED,
    FROM_RANK,
    RANK,
    SCOPE,
    SCOPE_VERB,
    SCOPE_WORDS,
    integer,
    rank_value,
)
from pipelines.extraction.setting import Where

RANKED = re.compile(r"(?:排名?|位列|位居|居|列|排位|位次|名列)(?:分别)?(?:为|在|到|至)?\s*$")
SCOPED_NOUN = re.compile(
    rf"(?:居|列|占|名|在|为)(?P<region>{SCOPE_WORDS})(?:{COUNTED}[中里内])?(?P<noun>(?![排位居列名第均分连])[\u4e00-\u9fff]{{2,14}}?)(?:中|里|内)?{SCOPE_VERB}\s*$"
)
ONLY_AFTER = re.compile(r"(?:仅次于|紧跟|紧随)[\u4e00-\u9fff、]{2,9}(?:之后|其后)?[，,]$")
# 其中九个县市的GDP总量, 7个设区市断面水环境质量; 12个县区中排第5位 is a scope
MEMBERS_OF_A_GROUP = re.compile(
    r"(?:其中|有)?(?:\d+|[两三四五六七八九十]+)个(?:县[（(]?市?[)）]?|县市区?|区县|市|区|镇|乡镇|城市|省份|地市|设区市|开发区|经开区)"
    r"(?:的|(?![区市县镇（(中里内排居列位第均都]))"
)
# 在|全省|100个县（市、区）中，GDP总量列第8位，|财政总收入列第9位
WITHIN_ALL = re.compile(r"在(?P<region>全[省市州国])(?:\d{1,4}个)?[县市区旗州（）()、]{1,9}中[，,][^；;。]*$")
BRAND_VALUE = "品牌价值"
# 五常大米 is a brand, 寿光市蔬菜产业集群 is none
BRANDED = re.compile(
    r"(?:^|(?<=[，,；;。“\"、]))(?P<brand>(?![^“”，]*(?:集群|产业))[\u4e00-\u9fff]{2,10}?)[”\"]?(?:区域公用|公用|区域)?品牌价值"
)
CLASS = re.compile(r"(?:蝉联|位居|位列|稳居|居|列|荣登|获)(?P<class>[\u4e00-\u9fff]{2,14}类)$")
SEATS = "百强县"
HANDED_OUT = re.compile(r"分别|分列|分居|依次")
STANDS_ALONE = ("居首", "之首", "首位", "头筹", "拔得头筹", "拔了头筹")


def named_behind(view: View, rank: re.Match[str]) -> Position | None:
    """排名第10位的余姚市（63381元/年）: the name stands behind, the indicator is that of the nearest number."""
    behind = next((mention for mention in view.sentence.mentions if mention.start == rank.end() + 1), None)
    levels = [draft for draft in view.drafts if draft.measure == "level"]
    if behind is None or not levels or view.text[rank.end()] != "的" or not RANKED.search(view.text[: rank.start()]):
        return None
    nearest = min(levels, key=lambda draft: abs(draft.quantity.start - rank.end()))
    span = (rank.start(), behind.end)
    return view.position(
        nearest.resolved.name, view.where(behind), rank_value(rank), None, span, rank.span(), "rank-before-entity"
    )


MOVES = re.compile(r"(?:进位|跃升|提升|上升|前移|晋升)[至到]")
OF_A_PRODUCT = re.compile(r"(?:该|此|这款|这一|其)(?:款|类)?(?:产品|技术|品牌|设备|装置)")


def among_places(view: View, run: list[re.Match[str]]) -> Iterator[Position]:
    """Positions of a run of ranks, each of the indicator of the number before it."""
    first = run[0]
    start = view.clause_start(first.start())
    if yardstick := ONLY_AFTER.search(view.text, 0, start):
        # 农村居民收入仅次于上海，|位列全国第二; in 486家，在全省仅次于南昌县，稳居前三 the clause before names nothing
        opens = view.clause_start(yardstick.start())
        start = opens if measure_in(view.text[opens : yardstick.start()]) else start
    if MEMBERS_OF_A_GROUP.match(view.text, start, first.start()):
        # 其中九个县市的GDP总量排名全国前十: whose they are the sentence does not say
        return
    earlier = [match.end() for match in RANK.finditer(view.text, start, first.start()) if match["rank"] or match["top"]]
    if earlier and view.text[earlier[-1] : earlier[-1] + 1] == "、":
        # 工业增速全市第一、投资增速全市第二: each has its own words
        start = earlier[-1] + 1
    before = view.text[start : first.start()]
    risen = FROM_RANK.search(before)
    scoped = SCOPE.search(before)
    if risen and risen.end() == len(before):
        # 总量由全省第四位升至第二位; 在全市7县区中由第3位前移至第2位
        told = risen["region"] or risen["was"]
        scoped = risen if told else SCOPE.search(before[: risen.start()]) or risen
    scope = scoped["region"] or scoped.groupdict().get("was") if scoped else None
    bare = whole_before(view, first.start()) if not scoped else None
    ranked_before = first.start()
    if not scoped and (noun := SCOPED_NOUN.search(before)):
        if JUDGED.search(noun["noun"]) or metric_heads().search(noun["noun"]) or measure_in(noun["noun"]):
            yield from _ranked_noun(view, first, noun, start)
            return
        scoped, scope, ranked_before = noun, noun["region"], start + noun.start("region")
    if bare is not None:
        scope, scoped = bare.text, re.compile(re.escape(bare.text) + "$").search(before)
    if not scoped and first.group() not in STANDS_ALONE and not RANKED.search(before):
        return
    if scoped and scoped.groupdict().get("counted") and not noun_before(view, start, first.start()):
        # 在全国169家国家高新区中排名第34位: by what, the sentence does not say
        return
    if scope and MOVES.search(scope):
        # 增速进入全市前三、总量进位到|全省前30名
        return
    if scope is None and (around := WITHIN_ALL.search(view.text, 0, start)) is not None:
        scope = around["region"]
    county = next((one for one in view.sentence.mentions if one.text == scope and one.level == "county"), None)
    if county is not None and view.text[county.start - 1 : county.start] in ("、", "和"):
        # 义乌市、玉环市位居前三: a member of a list is no scope
        return
    among = (scoped.groupdict().get("group") or scoped.groupdict().get("noun") or "") if scoped else ""
    said_by = start + scoped.start() if scoped else first.start()
    named = indicators_of(view, run, start, said_by, ranked_before)
    # 人均GDP、人均财力均居首位: one rank for all
    ranks = run if len(run) > 1 else run * len(named)
    # 茶陵、炎陵两县投资均突破40亿元,增幅分别居全市第1、第2位: a rank for each place
    each = _places_of_ranks(view, run, start) if len(run) > 1 else []
    if each:
        named = [_of_all(view, start, said_by)] * len(run)
    for index, (rank, (name, draft)) in enumerate(zip(ranks, named, strict=False)):
        entity = view.where(each[index]) if each else whose(view, draft, first.start(), scope)
        if entity.name is None or OF_A_PRODUCT.match(view.text):
            # 该产品全球市场占有率达28%，连续6年居全国第一: no place is ranked by it
            continue
        if is_whole(scope, entity):
            # the part that is ranked is not named
            continue
        scope_name = full_scope(view, scope, entity) + among
        # 增速与|灵璧县|并列全市第3位
        name = name.removesuffix("中").removesuffix("与")
        if not name.removesuffix("增速"):
            # 齐河县、禹城市入选30强，分别位列第8、第21位: nothing that they are ranked by
            continue
        if name.removesuffix("增速") == resolve(SEATS).name:
            # 宁乡共有6个乡镇入围，蝉联各乡镇首位: how many are on a list is what nobody is ranked by
            continue
        list_name = f"{name}（{scope_name}）" if scope_name else name
        if brand := _brand(view, name, said_by):
            entity, name = Where(None, brand, None, "named"), _class_of(view, start, said_by, among) + BRAND_VALUE
            scope_name = scope or ""
            list_name = f"{name}（{scope_name}）" if scope_name else name
        within = integer(rank["within"]) if rank["within"] else None
        span = (min(draft.start if draft is not None else start, start), rank.end())
        yield view.position(list_name, entity, rank_value(rank), within, span, rank.span(), "indicator-among-places")


def _brand(view: View, name: str, position: int) -> str | None:
    """霍山黄芽品牌价值29.75亿元，|列…首位: a brand is ranked, and not the county that its name holds."""
    if not name.endswith(BRAND_VALUE):
        return None
    brands = list(BRANDED.finditer(view.text, 0, position))
    return brands[-1]["brand"] if brands else None


def _class_of(view: View, start: int, position: int, among: str) -> str:
    """What a brand is ranked among: 连续五年蝉联|地标产品大米类|全国第一."""
    told = CLASS.search(view.text[start:position])
    return among or (told["class"] if told else "")


def _places_of_ranks(view: View, run: list[re.Match[str]], start: int) -> list[Mention]:
    """As many places, joined by list marks, as there are ranks that are handed out (分别), in the order of the text."""
    if not HANDED_OUT.search(view.text, start, run[0].start()) or parts_of(noun_before(view, start, run[0].start())):
        return []
    told = [one for one in view.subjects if one.end <= run[0].start() and not one.own]
    listed = place_runs(view.text, told)
    return listed[-1] if listed and listed[-1][-1] is told[-1] and len(listed[-1]) == len(run) else []


def _of_all(view: View, start: int, said_by: int) -> tuple[str, Draft | None]:
    """The one indicator that several places are ranked by."""
    noun = noun_before(view, start, said_by) or "增幅"
    before = [draft for draft in view.drafts if draft.quantity.end <= said_by]
    if GENERIC.fullmatch(noun) and before:
        return before[-1].resolved.name + ("增速" if noun in ("增速", "增幅") else ""), before[-1]
    if GENERIC.fullmatch(noun):
        # 靖江、泰兴GDP增速在泰州市分列…: what the places are named with
        noun = named_earlier(view, said_by) or ("GDP增速" if "GDP" in view.text[start:said_by] else noun)
    plain = GROWTH.sub("", noun)
    return resolve(plain).name + ("增速" if plain != noun else ""), None


def _ranked_noun(view: View, rank: re.Match[str], noun: re.Match[str], start: int) -> Iterator[Position]:
    """位居全国桥式起重机行业产销量第一: the indicator stands between scope and rank."""
    entity = whose(view, None, start + noun.start(), noun["region"])
    resolved = resolve(noun["noun"])
    name = f"{resolved.name if resolved.code else noun['noun']}（{full_scope(view, noun['region'], entity)}）"
    within = integer(rank["within"]) if rank["within"] else None
    if entity.name is not None:
        span = (start, rank.end())
        yield view.position(name, entity, rank_value(rank), within, span, rank.span(), "indicator-among-places")
