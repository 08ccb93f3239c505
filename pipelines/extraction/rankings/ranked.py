"""What a rank is of: the indicator that the words before it name, or that of the number before it.

Here: the noun before the verb of a rank, its parts, and what 总量 and 增速 mean. Not here: among whom
and whose the rank is (`whose`), and the ranks themselves (`of_indicators`).
"""

import re

from pipelines.extraction.binding import Draft
from pipelines.extraction.indicators import last_named, metric_heads, resolve
from pipelines.extraction.rankings.view import View
from pipelines.extraction.rankings.words import ECONOMY, FROM_RANK, SCOPE, SCOPE_WORDS
from pipelines.extraction.windows import peel_left

BLANK = "\u3000"
VERB = re.compile(
    r"(?:分别|并(?=列)|均|双双|也|已|继续|仍|再次|(?:已)?连续[^，。；、第]{1,4}[年届次度]|连年|多年|长期|常年|始终|一直|历年|持续|牢牢|稳定|稳)*(?:处于|位居|位列|居(?!民)|列|进至|进位至|跃上|排名|排|名列|稳居|跃居|升至|跃升至|提升[至到]|上升[至到]|前移[至到]|保持|蝉联|进入|跻身|夺得|获得|仅次于|分[列居]|为(?=全|西|东|中|世|亚))"
)
BARE_SCOPE = re.compile(rf"(?:{SCOPE_WORDS})\s*$")
TOTAL_AND_GROWTH = re.compile(
    r"(?P<of>[\u4e00-\u9fffA-Z]*?)的?(?:总量|规模|总额)(?:和|、|与|及)(?:增速|增幅|增长)(?:增速)?"
)
GENERIC = re.compile(
    r"(?:第[一二三四五六七八九十\d]+(?:名|位)?|增速|增幅|总量|位次|排名|规模|增长|均|其|数量|金额|幅度|总里程|里程|总数|人数|占比|比重|提升幅度|总额|余额|存量|产出)"
)
GROWTH = re.compile(r"(?:增速|增幅)$")
# 仅次于, 较上年前移: what stands before a rank and names nothing
UNNAMED = re.compile(
    r"^(?:多[项种个].*|各项|主要)?(?:指标|产品)$|^多[种项]|^得分$|^性|连续第|的成绩|^(?:县级市|县市|县|城市|省份|地市)数$|分布|比[^，]{0,4}[高低快慢]|仅次于|较上年|比上年|较去年|比去年|前移|前进|位次|虽|因|即便|挤进|名列|其中|中排|排名"
)
JUDGED = re.compile(r"(?:考核|考评|评价|评估|测评|评比)$")
# 西宁机场三期建成投运、|旅客吞吐量: what was done is no part of the name of what is measured
DONE = re.compile(r"^.*(?:建成|投运|投产|开工|完成|通车|落地|获批|开通|竣工|揭牌|启用|运营)[、，]")
# 百万辆、|稳居
ON_IT = re.compile(rf"[，,、]?(?:{VERB.pattern})?")
# 综合科技创新水平指数达69.6%、|提升幅度|居全国第1
BY_HOW_MUCH = re.compile(r"(?:提升|改善|下降|降低|增加)幅度")
# 工业投资、民间投资|2项指标增速, 等5项主要指标|增幅均: how many they are is no part of what is ranked
COUNTED_INDICATORS = re.compile(
    r"(?P<listed>.+?)等?(?:\d{1,2}|[两三四五六七八九十]{1,2})[项个]?(?:主要|核心|重点|关键)?(?:经济)?指标(?:的?(?P<growing>增速|增幅))?(?:均|都|全部)?"
)
# 主要指标|有5项进入|全市前三: which they are is not said
SEVERAL = re.compile(r"指标(?:中|里)?[有的]?\s?[\d一二三四五六七八九十两]{1,3}[项个](?:指标)?[\u4e00-\u9fff]{0,4}$")
OWN = re.compile(r"^[全我本该][省市县区州旗盟镇乡]")
EACH_OF_THEM = re.compile(r"[，,]?(?:均|都|双双|全部)")
SHARE_NAMED = re.compile(r"比重|占比|比例|份额|占有率")
KINDS = ("种", "项", "类")
HOW_MANY = ("数量", "总数", "人数", "家数")
LEAST_NAME = 4
# 签约项目数和|投资额
LEAST_PART = 3


def indicators_of(
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
    noun = noun_before(view, start, end)
    if noun:
        # 实际到账外资1.26亿美元，完成年度目标的84%，|总量、增幅分别列全市第3、第2位
        before = [draft for draft in before if draft.rule != "fulfilled"] or before
    if both := TOTAL_AND_GROWTH.fullmatch(noun):
        # 一般公共预算收入|总量和增幅: of the indicator in front, or of the number before
        base = resolve(both["of"]).name if both["of"] else before[-1].resolved.name if before else ""
        return [(base, None), (base + "增速", None)] if base and len(run) <= 2 else []
    if len(run) == 1 and (several := _listed_indicators(view, noun, start, said_by)):
        return [(name, None) for name in several]
    if len(run) > 1:
        parts = parts_of(noun)
        if len(parts) == len(run):
            return [(name, None) for name in parts]
        return [(_name(draft), draft) for draft in before[-len(run) :]] if len(before) >= len(run) else []
    if noun and _of_several(view, view.text.rfind(noun, start, end)):
        return []
    if ECONOMY.fullmatch(noun):
        return [("地区生产总值增速", None)]
    if UNNAMED.search(noun):
        return []
    if SEVERAL.search(view.text, start, said_by):
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
            if (whole := _what_has_the_share(view, before)) is not None:
                # GDP1160亿元，占唐山市的13%，|居全市第一位: the size has the rank
                return [(whole.resolved.name + ("增速" if noun in ("增速", "增幅") else ""), whole)]
            if noun in ("总量", "规模") and before[-1].measure == "share":
                # 占全市比重提高到8.7%，|总量|升至第9位: the size of what has the share
                name = before[-1].breakdown.get("part", name)
            if UNNAMED.search(name):
                return []
            if (all_of := _of_all_alike(view, before, said_by)) and not noun:
                return all_of
            # 增长3.9%、总量居全国首位: the rank is the size's
            growing = noun in ("增速", "增幅") or (_grows(before) and noun not in ("总量", "规模"))
            by_how_much = BY_HOW_MUCH.search(view.text, before[-1].quantity.end, run[0].start())
            return [(name + (by_how_much.group() if by_how_much else "增速" if growing else ""), before[-1])]
        # 2家经开区实际使用外资位列全国10强，数量|居全国第一: how many, and not what they are ranked by
        earlier = None if noun in HOW_MANY else named_earlier(view, said_by)
        growing = earlier is not None and noun in ("增速", "增幅") and not earlier.endswith("增速")
        return [(earlier + ("增速" if growing else ""), None)] if earlier else []
    if BLANK in noun:
        # “深圳—香港—广州”创新集群: a name that is made of places
        return []
    if parts := parts_of(noun):
        return [(name, None) for name in parts]
    if re.search(r"[，、]", noun) and not metric_heads().search(noun):
        return []
    plain = GROWTH.sub("", noun)
    if plain.endswith("经济"):
        # 县域经济排名: an order of the places by many figures, not one by their product
        return [(plain + "排名", None)]
    resolved = resolve(plain)
    name = (resolved.name if resolved.code else plain) + ("增速" if plain != noun else "")
    if any(one.name == plain for one in view.entrants):
        # 某高新区在全国178家国家高新区中列第93位: who is ranked is nothing to be ranked by
        return []
    # 李明名列第三, 我市企业福田汽车居第88位: neither a person nor a firm is an indicator
    scoped = len(plain) >= LEAST_NAME and said_by < run[0].start()
    known = resolved.code or metric_heads().search(plain) or JUDGED.search(plain) or scoped
    return [(name, None)] if known and 2 <= len(name) <= 24 else []


def _what_has_the_share(view: View, before: list[Draft]) -> Draft | None:
    """The number that a share without a name of its own goes on about, None where the share itself is told."""
    share = before[-1]
    part = share.breakdown.get("part") if share.measure == "share" else None
    if part is None or SHARE_NAMED.search(view.text, share.start, share.quantity.end):
        return None
    return next((one for one in reversed(before[:-1]) if one.measure == "level" and one.resolved.name == part), None)


def measure_in(text: str) -> str | None:
    """The words of the indicator that a text names last, None where it names but a kind of place (一类|县（市、区）).

    Args:
        text: A stretch of a sentence.
    """
    words = last_named(text, len(text))
    counted = words is not None and resolve(words).name.endswith("数") and not words.endswith("数")
    return None if counted else words


def named_earlier(view: View, position: int) -> str | None:
    """The indicator that the sentence named last before a position, no word of a list's name.

    Args:
        view: The sentence.
        position: The position.
    """
    words = measure_in(view.text[:position])
    at = view.text.rfind(words, 0, position) if words else -1
    within = any(one.start <= at < one.end for one in view.named)
    if words is None or within:
        return None
    # 固定资产投资增速全市倒数第二，|居第12位
    growing = view.text.startswith(("增速", "增幅"), at + len(words))
    return resolve(words).name + ("增速" if growing else "")


def _grows(before: list[Draft]) -> bool:
    """增长10.2%，|居…第14位; 增长10.2%，高于全省0.3个百分点，|居…: whether the rank is of the growth."""
    last = before[-1]
    if last.measure == "change" and last.quantity.measure_hint == "points":
        return any(one.measure == "growth" and one.resolved.name == last.resolved.name for one in before)
    return last.measure == "growth"


def parts_of(noun: str) -> list[str]:
    """The indicators that a noun lists (固定资产投资、社会消费品零售总额增速), empty where it is one."""
    plain = GROWTH.sub("", noun)
    parts = _in_full(re.split(r"[、和]", plain))
    growing = "增速" if plain != noun else ""
    if len(parts) < 2 or not all(len(part) >= LEAST_PART for part in parts):
        return []
    resolved = [resolve(GROWTH.sub("", part)) for part in parts]
    if not all(one.code or metric_heads().search(part) for one, part in zip(resolved, parts, strict=True)):
        return []
    return [
        (one.name if one.code else GROWTH.sub("", part)) + (growing or ("增速" if GROWTH.search(part) else ""))
        for one, part in zip(resolved, parts, strict=True)
    ]


def _listed_indicators(view: View, noun: str, start: int, said_by: int) -> list[str]:
    """Indicators that share a rank: 工业投资、民间投资2项指标增速, GDP总量和增速、财政收入总量和增速."""
    counted = COUNTED_INDICATORS.match(view.text, start, said_by) if "指标" in view.text else None
    words = counted["listed"] if counted else noun
    both = "总量和增速" in words or "总量和增幅" in words
    if "、" not in words or not (counted or both):
        return []
    growing = "增速" if counted and counted["growing"] else ""
    found: list[str] = []
    for item in re.split(r"、|(?<=[增总][速量幅])和(?!增[速幅])|和(?=[\u4e00-\u9fff]{4})", words):
        twofold = TOTAL_AND_GROWTH.fullmatch(item)
        plain = twofold["of"] if twofold else GROWTH.sub("", item)
        resolved = resolve(peel_left(OWN.sub("", plain), 0).noun)
        if not (resolved.code or metric_heads().search(resolved.name)):
            return []
        found += [resolved.name] if twofold else []
        found.append(resolved.name + ("增速" if twofold or item != plain else growing))
    return found


def _of_several(view: View, position: int) -> bool:
    """Whether a noun counts kinds of things: 稀土材料等80多种|产品产能|全国第一 is no rank of a place's capacity."""
    return any(one.end == position and one.unit in KINDS for one in view.sentence.quantities)


def _of_all_alike(view: View, before: list[Draft], said_by: int) -> list[tuple[str, Draft | None]]:
    """工业投资、民间投资分别增长21%、18%，均列全市第二: the rank is that of each of them."""
    last = before[-1]
    if EACH_OF_THEM.match(view.text, last.quantity.end, said_by) is None or last.rule != "respectively":
        return []
    alike: list[Draft] = []
    for draft in reversed(before):
        if draft.rule != last.rule or draft.measure != last.measure:
            break
        alike.insert(0, draft)
    return [(_name(draft), draft) for draft in alike] if len(alike) > 1 else []


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


def noun_before(view: View, start: int, end: int) -> str:
    """The noun before the verb of a rank, places and periods taken off."""
    window = view.text[start:end]
    among = min((match.start() for match in _among(window)), default=end)
    # 货物吞吐量超过21亿吨、居全国首位: what was said of a number is no part of the name
    before = [one.end - start for one in view.sentence.quantities if start <= one.start < min(end, start + among)]
    said = max(before, default=0)
    window, start = window[said:], start + said
    ends = [match.start() for match in _among(window)]
    ends += [match.start() for pattern in (VERB, BARE_SCOPE) if (match := pattern.search(window))]
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
    found = re.sub(r"^年?度(?!假)|^(?:名义|实际|同比)(?=增[速幅])", "", DONE.sub("", peel_left(words, 0).noun))
    grows = re.search(r"(?:增速|增幅)(?:在|均|分别)?\s*$", words)
    return found + "增速" if grows and not GROWTH.search(found) else found


def _among(window: str) -> list[re.Match[str]]:
    """The words that say among whom, and where it stood (在全市7县区中|由第3位前移至)."""
    risen = FROM_RANK.search(window)
    found = [SCOPE.search(window), risen, SCOPE.search(window[: risen.start()]) if risen else None]
    return [match for match in found if match]


def _name(draft: Draft) -> str:
    return draft.resolved.name + ("增速" if draft.measure == "growth" else "")
