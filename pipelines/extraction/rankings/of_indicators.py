"""Ranks of an indicator among places: 增速居全国第二, 分别居全国第二、第七、第九, 综合算力指数全国第一.

Here: which indicator a rank is of, among whom, and whose it is. Not here: published lists (`on_lists`).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipelines.extraction.binding import Draft
from pipelines.extraction.indicators import last_named, metric_heads, resolve
from pipelines.extraction.lexicon import registry
from pipelines.extraction.place_groups import place_runs
from pipelines.extraction.places import Mention
from pipelines.extraction.rankings.view import Position, View
from pipelines.extraction.rankings.words import (
    COUNTED,
    ECONOMY,
    FROM_RANK,
    PARTS,
    RANK,
    SCOPE,
    SCOPE_VERB,
    SCOPE_WORDS,
    integer,
    rank_value,
)
from pipelines.extraction.setting import Where
from pipelines.extraction.where import default_place, places_of
from pipelines.extraction.windows import peel_left

BLANK = "\u3000"
VERB = re.compile(
    r"(?:分别|并(?=列)|均|双双|也|已|继续|仍|再次|(?:已)?连续[^，。；、第]{1,4}[年届次度]|连年|多年|长期|稳)*(?:位居|位列|居(?!民)|列|进至|进位至|跃上|排名|排|名列|稳居|跃居|升至|跃升至|提升[至到]|上升[至到]|前移[至到]|保持|蝉联|进入|跻身|夺得|获得|仅次于|为(?=全|西|东|中|世|亚))"
)
RANKED = re.compile(r"(?:排名?|位列|位居|居|列|排位|位次|名列)(?:分别)?(?:为|在|到|至)?\s*$")
BARE_SCOPE = re.compile(rf"(?:{SCOPE_WORDS})\s*$")
SAME = re.compile(
    rf"\s*(?:并|且|在)*(?:{VERB.pattern}|(?:连续[^，。；、第]{{1,4}}[年届次度]|多年|均|也|仍|位?居?))*(?:在)?(?P<scope>{SCOPE_WORDS}|[\u4e00-\u9fff]{{2,7}}?)"
    rf"(?:各?(?:县市区?|市州|地市|县区|城市|县级市|县|市|地区|省份|省区市?|国家高新区|国家级?经开区)|{PARTS}|{COUNTED})?(?:中|内|里)?的?(?:{VERB.pattern})?"
)
SCOPED_NOUN = re.compile(
    rf"(?:居|列|占|名|在|为)(?P<region>{SCOPE_WORDS})(?:{COUNTED}[中里内])?(?P<noun>(?![排位居列名第均分连])[\u4e00-\u9fff]{{2,14}}?)(?:中|里|内)?{SCOPE_VERB}\s*$"
)
TOTAL_AND_GROWTH = re.compile(r"(?P<of>[\u4e00-\u9fff]*?)的?(?:总量|规模|总额)(?:和|、|与|及)(?:增速|增幅|增长)(?:增速)?")
GENERIC = re.compile(
    r"(?:第[一二三四五六七八九十\d]+(?:名|位)?|增速|增幅|总量|位次|排名|规模|增长|均|其|数量|金额|幅度|总里程|里程|总数|人数|占比|比重|提升幅度|总额|余额|存量|产出)"
)
GROWTH = re.compile(r"(?:增速|增幅)$")
BEGINS_CLAUSE = re.compile(r"(?:^|[，,；;。：:、和与及]|[省市州]|其中|目前|[年月日])\s*$")
# 仅次于, 较上年前移: what stands before a rank and names nothing
UNNAMED = re.compile(
    r"^(?:多[项种个].*|各项|主要)?(?:指标|产品)$|^多种|^性|连续第|的成绩|^(?:县级市|县市|县|城市|省份|地市)数$|分布|比[^，]{0,4}[高低快慢]|仅次于|较上年|比上年|较去年|比去年|前移|前进|位次|虽|因|即便|挤进|名列|其中|中排|排名"
)
OWN_LEVELS = {"全省": "省", "全市": "市", "全区": "区", "全州": "州", "全自治区": "自治区"}
IN_LISTS = frozenset(("on-a-list", "entrants-with-ranks", "list-in-force"))
FURTHER = re.compile(r"(?:也|并|且|为|是|历史性)*(?:首次|首度|成功|一举|重新|再次|地)*(?:闯入|跻身|进入|挺进|迈入|重返|跃入|冲进)(?:了)?(?:全国)?")
JUDGED = re.compile(r"(?:考核|考评|评价|评估|测评|评比)$")
INSTITUTION = re.compile(r"[\u4e00-\u9fff]{0,8}?(?:机场|大学|学院|医院|创业园|集团|公司|银行|博物馆|图书馆|铁路|高速公路|海关)")
# 西宁机场三期建成投运、|旅客吞吐量: what was done is no part of the name of what is measured
DONE = re.compile(r"^.*(?:建成|投运|投产|开工|完成|通车|落地|获批|开通|竣工|揭牌|启用|运营)[、，]")
# 百万辆、|稳居
ON_IT = re.compile(rf"[，,、]?(?:{VERB.pattern})?")
# 综合科技创新水平指数达69.6%、|提升幅度|居全国第1
BY_HOW_MUCH = re.compile(r"(?:提升|改善|下降|降低|增加)幅度")
ONLY_AFTER = re.compile(r"(?:仅次于|紧跟|紧随)[\u4e00-\u9fff、]{2,9}(?:之后|其后)?[，,]$")
LEAST_NAME = 4
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


def among_places(view: View, run: list[re.Match[str]]) -> Iterator[Position]:
    """Positions of a run of ranks, each of the indicator of the number before it."""
    first = run[0]
    start = view.clause_start(first.start())
    if yardstick := ONLY_AFTER.search(view.text, 0, start):
        # 农村居民收入仅次于上海，|位列全国第二
        start = view.clause_start(yardstick.start())
    earlier = [match.end() for match in RANK.finditer(view.text, start, first.start()) if match["rank"] or match["top"]]
    if earlier and view.text[earlier[-1] : earlier[-1] + 1] == "、":
        # 工业增速全市第一、投资增速全市第二: each has its own words
        start = earlier[-1] + 1
    before = view.text[start : first.start()]
    risen = FROM_RANK.search(before)
    scoped = risen if risen and risen.end() == len(before) else SCOPE.search(before)
    scope = scoped["region"] or scoped.groupdict().get("was") if scoped else None
    bare = _whole_before(view, first.start()) if not scoped else None
    ranked_before = first.start()
    if not scoped and (noun := SCOPED_NOUN.search(before)):
        if JUDGED.search(noun["noun"]) or metric_heads().search(noun["noun"]) or last_named(noun["noun"], len(noun["noun"])):
            yield from _ranked_noun(view, first, noun, start)
            return
        scoped, scope, ranked_before = noun, noun["region"], start + noun.start("region")
    if bare is not None:
        scope, scoped = bare.text, re.compile(re.escape(bare.text) + "$").search(before)
    if not scoped and first.group() not in STANDS_ALONE and not RANKED.search(before):
        return
    if scoped and scoped.groupdict().get("counted") and not _noun(view, start, first.start()):
        # 在全国169家国家高新区中排名第34位: by what, the sentence does not say
        return
    county = next((one for one in view.sentence.mentions if one.text == scope and one.level == "county"), None)
    if county is not None and view.text[county.start - 1 : county.start] in ("、", "和"):
        # 义乌市、玉环市位居前三: a member of a list is no scope
        return
    among = (scoped.groupdict().get("group") or scoped.groupdict().get("noun") or "") if scoped else ""
    said_by = start + scoped.start() if scoped else first.start()
    named = _indicators(view, run, start, said_by, ranked_before)
    # 人均GDP、人均财力均居首位: one rank for all
    ranks = run if len(run) > 1 else run * len(named)
    # 茶陵、炎陵两县投资均突破40亿元,增幅分别居全市第1、第2位: a rank for each place
    each = _places_of_ranks(view, run, start) if len(run) > 1 else []
    if each:
        named = [_of_all(view, start, said_by)] * len(run)
    for index, (rank, (name, draft)) in enumerate(zip(ranks, named, strict=False)):
        entity = view.where(each[index]) if each else _whose(view, draft, first.start(), scope)
        if entity.name is None:
            continue
        scope_name = full_scope(view, scope, entity) + among
        name = name.removesuffix("中")
        if name.removesuffix("增速") == resolve(SEATS).name:
            # 宁乡共有6个乡镇入围，蝉联各乡镇首位: how many are on a list is what nobody is ranked by
            continue
        list_name = f"{name}（{scope_name}）" if scope_name else name
        within = integer(rank["within"]) if rank["within"] else None
        span = (min(draft.start if draft is not None else start, start), rank.end())
        yield view.position(list_name, entity, rank_value(rank), within, span, rank.span(), "indicator-among-places")


def _whole_before(view: View, position: int) -> Mention | None:
    """增长7.2%，|宜宾|第一: the city or province around the document's place, with nothing but a mark before it."""
    place = view.sentence.setting.place or ""
    return next(
        (
            one
            for one in view.sentence.mentions
            if one.end == position
            and one.level in ("province", "prefecture")
            and one.code != place
            and place.startswith(one.code.rstrip("0"))
            and view.text[one.start - 1 : one.start] in ("，", ",", "、")
        ),
        None,
    )


def _places_of_ranks(view: View, run: list[re.Match[str]], start: int) -> list[Mention]:
    """As many places, joined by list marks, as there are ranks that are handed out (分别), in the order of the text."""
    if not HANDED_OUT.search(view.text, start, run[0].start()) or _parts(_noun(view, start, run[0].start())):
        return []
    told = [one for one in view.subjects if one.end <= run[0].start() and not one.own]
    listed = place_runs(view.text, told)
    return listed[-1] if listed and listed[-1][-1] is told[-1] and len(listed[-1]) == len(run) else []


def _of_all(view: View, start: int, said_by: int) -> tuple[str, Draft | None]:
    """The one indicator that several places are ranked by."""
    noun = _noun(view, start, said_by) or "增幅"
    before = [draft for draft in view.drafts if draft.quantity.end <= said_by]
    if GENERIC.fullmatch(noun) and before:
        return before[-1].resolved.name + ("增速" if noun in ("增速", "增幅") else ""), before[-1]
    plain = GROWTH.sub("", noun)
    return resolve(plain).name + ("增速" if plain != noun else ""), None


def _ranked_noun(view: View, rank: re.Match[str], noun: re.Match[str], start: int) -> Iterator[Position]:
    """位居全国桥式起重机行业产销量第一: the indicator stands between scope and rank."""
    entity = _whose(view, None, start + noun.start(), noun["region"])
    resolved = resolve(noun["noun"])
    name = f"{resolved.name if resolved.code else noun['noun']}（{full_scope(view, noun['region'], entity)}）"
    within = integer(rank["within"]) if rank["within"] else None
    if entity.name is not None:
        span = (start, rank.end())
        yield view.position(name, entity, rank_value(rank), within, span, rank.span(), "indicator-among-places")


def inherited(view: View, rank: re.Match[str], last: Position) -> Position | None:
    """总量居廊坊市第2位、全省第6位; 居第7位，连续三年居福建省首位: the same entrant among others."""
    start = max(view.text.rfind(mark, 0, rank.start()) for mark in "，,、；;。（(") + 1
    between = view.text[last.end : start]
    if last.rule in IN_LISTS and (rank["within"] and FURTHER.fullmatch(view.text, start, rank.start())):
        # 第47名，首次闯入前五十
        span, within = (start, rank.end()), integer(rank["within"])
        found = view.position(last.list_name, last.entity, None, within, span, rank.span(), last.rule)
        return replace(found, edition=last.edition, publisher=last.publisher)
    same = SAME.fullmatch(view.text, start, rank.start())
    if "唯一" in view.text[start : rank.start()]:
        # 全省唯一进入前40强: no ranking of the province
        return None
    # 综合考评中排名第89位；在浙江省21家国家级经开区中列第11: the list goes on where its scope is told in full
    goes_on = last.rule in IN_LISTS and view.text[start : start + 1] == "在"
    if same is None or len(between) > 24 or not last.entity.name or re.search("。" if goes_on else "[；;。]", between):
        return None
    if last_named(between, len(between)):
        # 位列全国第三，其中农村居民收入仅次于上海，位列全国第二: what is ranked is another
        return None
    drafts = [draft for draft in view.drafts if last.end <= draft.quantity.start < start]
    if any(not draft.unit.endswith(("位", "名", "位次")) for draft in drafts):
        return None
    scope = same["scope"]
    mention = next((one for one in view.sentence.mentions if one.start == same.start("scope")), None)
    wholes = ("province", "prefecture", "county") if _is_town(last.entity.name) else ("province", "prefecture")
    if scope not in SCOPE_WORDS.split("|") and (mention is None or mention.level not in wholes):
        return None
    if mention is not None and scope not in SCOPE_WORDS.split("|"):
        # 全国前十，柳州保持第一: a place inside the last one is a new subject
        code = last.entity.code or view.sentence.setting.place or ""
        itself = code == mention.code and not _is_town(last.entity.name)
        elsewhere = not code.startswith(mention.code.rstrip("0")) and not (goes_on and not code)
        if mention.end > rank.start() or elsewhere or itself:
            return None
    base = re.sub(r"（[^（）]*）$", "", last.list_name)
    name = f"{base}（{full_scope(view, scope, last.entity)}）"
    within = integer(rank["within"]) if rank["within"] else None
    span = (last.start, rank.end())
    found = view.position(name, last.entity, rank_value(rank), within, (start, rank.end()), rank.span(), last.rule)
    return replace(found, edition=last.edition, publisher=last.publisher, start=span[0])


def _indicators(
    view: View, run: list[re.Match[str]], start: int, said_by: int, end: int
) -> list[tuple[str, Draft | None]]:
    """The name of the indicator for each rank of a run, and the draft that it was taken from.

    Args:
        view: The sentence.
        run: The ranks.
        start: Where the words that may name it begin.
        said_by: Where the words that say among whom begin.
        end: Where the verb before the ranks ends at the latest.
    """
    before = [draft for draft in view.drafts if draft.quantity.end <= said_by]
    noun = _noun(view, start, end)
    if both := TOTAL_AND_GROWTH.fullmatch(noun):
        # 一般公共预算收入|总量和增幅: of the indicator in front, or of the number before
        base = resolve(both["of"]).name if both["of"] else before[-1].resolved.name if before else ""
        return [(base, None), (base + "增速", None)] if base and len(run) <= 2 else []
    if len(run) > 1:
        parts = _parts(noun)
        if len(parts) == len(run):
            return [(name, None) for name in parts]
        return [(_name(draft), draft) for draft in before[-len(run) :]] if len(before) >= len(run) else []
    if ECONOMY.fullmatch(noun):
        return [("地区生产总值增速", None)]
    if UNNAMED.search(noun):
        return []
    if not noun or GENERIC.fullmatch(noun):
        segment = max(view.text.rfind(mark, 0, said_by) for mark in "；;。") + 1
        if before and not before[-1].resolved.code and UNNAMED.search(before[-1].resolved.name):
            before = [one for one in before if one.resolved.code and one.quantity.start >= segment]
        # 每千人拥有企业23家，全省第二: what was counted just before
        beside = (
            bool(before)
            and len(before[-1].resolved.name) >= LEAST_NAME
            and ON_IT.fullmatch(view.text, before[-1].quantity.end, said_by) is not None
        )
        if before and (beside or before[-1].resolved.code or before[-1].quantity.dimension not in ("count", "")):
            name = before[-1].resolved.name
            if UNNAMED.search(name):
                return []
            # 增长3.9%、总量居全国首位: the rank is the size's
            growing = noun in ("增速", "增幅") or (_grows(before) and noun not in ("总量", "规模"))
            by_how_much = BY_HOW_MUCH.search(view.text, before[-1].quantity.end, run[0].start())
            return [(name + (by_how_much.group() if by_how_much else "增速" if growing else ""), before[-1])]
        earlier = _earlier(view, said_by)
        return [(earlier + ("增速" if noun in ("增速", "增幅") else ""), None)] if earlier else []
    if BLANK in noun:
        # “深圳—香港—广州”创新集群: a name that is made of places
        return []
    if parts := _parts(noun):
        return [(name, None) for name in parts]
    if re.search(r"[，、]", noun) and not metric_heads().search(noun):
        return []
    plain = GROWTH.sub("", noun)
    resolved = resolve(plain)
    name = (resolved.name if resolved.code else plain) + ("增速" if plain != noun else "")
    # 李明名列第三, 我市企业福田汽车居第88位: neither a person nor a firm is an indicator
    known = resolved.code or metric_heads().search(plain) or JUDGED.search(plain)
    known = known or (len(plain) >= LEAST_NAME and said_by < run[0].start())
    return [(name, None)] if known and 2 <= len(name) <= 24 else []


def _earlier(view: View, position: int) -> str | None:
    """The indicator that the sentence named last, no word of a list's name and no count (一类|县（市、区）|第五)."""
    words = last_named(view.text, position)
    if words is None:
        return None
    at = view.text.rfind(words, 0, position)
    name = resolve(words).name
    within = any(one.start <= at < one.end for one in view.named)
    return None if within or (name.endswith("数") and not words.endswith("数")) else name


def _grows(before: list[Draft]) -> bool:
    """增长10.2%，|居…第14位; 增长10.2%，高于全省0.3个百分点，|居…: whether the rank is of the growth."""
    last = before[-1]
    if last.measure == "change" and "vs" in last.breakdown:
        return any(one.measure == "growth" and one.resolved.name == last.resolved.name for one in before)
    return last.measure == "growth"


def _parts(noun: str) -> list[str]:
    """The indicators that a noun lists (固定资产投资、社会消费品零售总额增速), empty where it is one."""
    plain = GROWTH.sub("", noun)
    parts = _in_full(re.split(r"[、和]", plain))
    growing = "增速" if plain != noun else ""
    if len(parts) < 2 or not all(len(part) >= 4 for part in parts):
        return []
    resolved = [resolve(GROWTH.sub("", part)) for part in parts]
    if not all(one.code or metric_heads().search(part) for one, part in zip(resolved, parts, strict=True)):
        return []
    return [
        (one.name if one.code else GROWTH.sub("", part)) + (growing or ("增速" if GROWTH.search(part) else ""))
        for one, part in zip(resolved, parts, strict=True)
    ]


def _in_full(parts: list[str]) -> list[str]:
    """Parts of which the first leave out what they share with the last: 城镇、农村居民人均可支配收入.

    Examples:
        >>> _in_full(["城镇", "农村居民人均可支配收入"])
        ['城镇居民人均可支配收入', '农村居民人均可支配收入']
    """
    last = parts[-1]
    if len(parts) < 2 or not all(len(part) < LEAST_NAME for part in parts[:-1]):
        return parts
    shared = next(
        (
            last[cut:]
            for cut in range(2, min(LEAST_NAME + 1, len(last)))
            if all(resolve(part + last[cut:]).code for part in (*parts[:-1], last[:cut]))
        ),
        None,
    )
    return [*(part + shared for part in parts[:-1]), last] if shared else parts


def _noun(view: View, start: int, end: int) -> str:
    """The noun before the verb of a rank, places and periods taken off."""
    window = view.text[start:end]
    among = min((match.start() for pattern in (SCOPE, FROM_RANK) if (match := pattern.search(window))), default=end)
    # 货物吞吐量超过21亿吨、居全国首位: what was said of a number is no part of the name
    before = [one.end - start for one in view.sentence.quantities if start <= one.start < min(end, start + among)]
    said = max(before, default=0)
    window, start = window[said:], start + said
    ends = [match.start() for pattern in (VERB, BARE_SCOPE, SCOPE, FROM_RANK) if (match := pattern.search(window))]
    if not ends:
        return ""
    head = list(window[: min(ends)])
    spans = [(mention.start, mention.end) for mention in view.sentence.mentions]
    spans += [(period.start, period.end) for period in view.sentence.periods]
    for first, last in spans:
        for index in range(max(first - start, 0), min(last - start, len(head))):
            head[index] = BLANK
    words = "".join(head).rstrip("在 " + BLANK)
    # 总量、增幅 are one, as 总量和增幅 are
    words = re.sub(r"(?<=总量|规模|总额)、(?=增[速幅])", "和", words)
    found = re.sub(r"^年?度(?!假)", "", DONE.sub("", peel_left(words, 0).noun))
    grows = re.search(r"(?:增速|增幅)(?:在|均|分别)?\s*$", words)
    return found + "增速" if grows and not GROWTH.search(found) else found


def _name(draft: Draft) -> str:
    return draft.resolved.name + ("增速" if draft.measure == "growth" else "")


def _whose(view: View, draft: Draft | None, end: int, scope: str | None) -> Where:
    """Whose rank it is: the last subject before it that is not the scope itself."""
    named = [m for m in view.subjects if m.end <= end and m.text != scope and not m.own and m.level != "group"]
    named = [mention for mention in named if not (scope and scope.startswith(mention.text))]
    # 抓好西宁机场建设,旅客吞吐量居西部首位: a finer place on the way is not the subject
    # 台湾农民创业园综合考评…，|台企户数居首位: an institution of another clause, with a place in its name
    named = [one for one in named if not _in_quotes(view.text, one)]
    here = view.clause_start(end)
    named = [one for one in named if one.start >= here or not INSTITUTION.match(view.text, one.end)]
    named = [mention for mention in named if not view.finer(mention) or view.leads(mention.start, end)]
    others = [one for one in view.entrants if one.mention is None and one.end <= end and view.leads(one.start, end)]
    if (
        others
        and others[-1].name != scope
        and (not named or others[-1].start > named[-1].start or not BEGINS_CLAUSE.search(view.text[: named[-1].start]))
    ):
        return view.where_of(others[-1])
    if named:
        return view.where(named[-1])
    if draft is not None:
        mentions = [mention for mention in view.sentence.mentions if mention.text != scope]
        return places_of(draft, view.text, view.clauses, mentions, view.sentence.setting)[0]
    return default_place(view.sentence.setting)


def _is_town(name: str | None) -> bool:
    """Whether an entity is a town by its name."""
    return bool(name and name.endswith(("镇", "街道", "乡", "苏木")))


def _in_quotes(text: str, mention: Mention) -> bool:
    """“浙江制造”品字标: a place in the name of something else."""
    opened = text[mention.start - 1 : mention.start] in ("“", "《", "「")
    return opened and text[mention.end : mention.end + 1] not in ("”", "》", "」")


def full_scope(view: View, scope: str | None, entity: Where) -> str:
    """全市 of a county's rank is the city above it.

    Args:
        view: The sentence.
        scope: The words that say among whom, None where there are none.
        entity: Whose rank it is.
    """
    if not scope or scope not in OWN_LEVELS:
        named = next((m for m in view.sentence.mentions if m.text == scope and m.code), None)
        return named.name if named and named.name else scope or ""
    if _is_town(entity.name):
        # 金利镇居全区首位: of its district
        whole = registry().places.get((entity.code or view.sentence.setting.place or "")[:6])
        if whole is not None and whole.name.endswith(OWN_LEVELS[scope]):
            return whole.name
    places, level = registry().places, OWN_LEVELS[scope]
    place = places.get(entity.code or view.sentence.setting.place or "")
    above = places.get(place.parent_code or "") if place else None
    while above is not None and above.level != "country":
        kinds = {"省": "province", "市": "prefecture"}
        if above.name.endswith(level) or kinds.get(level) == above.level:
            return above.name
        above = places.get(above.parent_code or "")
    return scope
