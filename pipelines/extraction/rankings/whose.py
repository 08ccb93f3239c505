"""Whose a rank of an indicator is, and among whom: the last subject before it, 全市 as the city above a county.

Here: choosing the entity, and the full name of a scope. Not here: what is ranked (`ranked`).
"""

import re
from functools import lru_cache

from pipelines.extraction.binding import Draft
from pipelines.extraction.firms import firm_of
from pipelines.extraction.gazetteer import contains
from pipelines.extraction.lexicon import registry
from pipelines.extraction.place_meant import default_place
from pipelines.extraction.places import Mention
from pipelines.extraction.rankings.view import View
from pipelines.extraction.rankings.words import BARE_PARTS, integer
from pipelines.extraction.setting import Where
from pipelines.extraction.where import places_of

BEGINS_CLAUSE = re.compile(r"(?:^|[，,；;。：:、和与及]|[省市州]|其中|目前|[年月日])\s*$")
IS_ONE_OF = ("是", "为", "系")
OWN_LEVELS = {"全省": "省", "全市": "市", "全区": "区", "全州": "州", "全自治区": "自治区"}
ASSESSED = re.compile(r"(?:考核|考评|评价|评估|测评|评比)(?:结果|排名|[A-Z]类[县市区旗]?)?$")
LEAST_ASSESSED = 3
# 增速|绍兴市|排名|第1
ABOVE_RANK = re.compile(r"(?:排名?|居|列|位列|位居)?")
BEFORE_WHOLE = frozenset("，,、名居列位在占速量值额率资入")
COUNTED_PARTS = re.compile(BARE_PARTS)
COUNT = re.compile(r"\d+|[一二三四五六七八九十]+")
# development zones that stand beside the counties (十二县市区)
ZONES_COUNTED = 3
AMONG_PARTS = re.compile(r"(?:所辖|下辖)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})个?[县市区旗州]{1,3}(?:[中里内]|之中)")
INSTITUTION = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:机场|大学|学院|医院|创业园|集团|公司|银行|博物馆|图书馆|铁路|高速公路|海关)"
)


def whose(view: View, draft: Draft | None, end: int, scope: str | None) -> Where:
    """Whose rank it is: the last subject before it that is not the scope itself."""
    named = [m for m in view.subjects if m.end <= end and m.text != scope and not m.own and m.level != "group"]
    named = [mention for mention in named if not (scope and scope.startswith(mention.text))]
    # 在|福州市|六县市中: among whom
    named = [mention for mention in named if not AMONG_PARTS.match(view.text, mention.end)]
    # 抓好西宁机场建设,旅客吞吐量居西部首位: a finer place on the way is not the subject
    # 台湾农民创业园综合考评…，|台企户数居首位: an institution of another clause, with a place in its name
    named = [one for one in named if not _in_quotes(view.text, one)]
    here = view.clause_start(end)
    # 衢州市增长5%；|我市|实现生产总值197亿元，增速居全市第三: told of last
    told = max((one.start for one in named), default=-1)
    ours = [
        one
        for one in view.sentence.mentions
        if one.own and one.text != scope and one.end <= end and (one.start >= here or one.start > told)
    ]
    if ours and ours[-1].text[0] in "我本" and BEGINS_CLAUSE.search(view.text[: ours[-1].start]):
        # 镇雄县居第2位，|我县|居第9位
        return default_place(view.sentence.setting)
    named = [one for one in named if one.start >= here or not INSTITUTION.match(view.text, one.end)]
    # 是福建三大林区之一，森林覆盖率居全省首位: what the document's place is one of is not ranked
    home = view.sentence.setting.place
    named = [
        one
        for one in named
        if not (home and contains(one.code, home) and view.text[one.start - 1 : one.start] in IS_ONE_OF)
    ]
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
    others_named = [mention for mention in view.sentence.mentions if mention.text != scope]
    if (firm := firm_of(view.text, end, others_named)) is not None:
        # 公司国内市场占有率达18%，连续5年位居全国同行业第一
        return Where(None, firm, None, "named")
    if draft is not None:
        return places_of(draft, view.text, view.clauses, others_named, view.sentence.setting)[0]
    return default_place(view.sentence.setting)


def whole_before(view: View, position: int) -> Mention | None:
    """增长7.2%，|宜宾|第一: the city or province around the document's place, with nothing but a mark before it."""
    place = view.sentence.setting.place or ""
    return next(
        (
            one
            for one in view.sentence.mentions
            if ABOVE_RANK.fullmatch(view.text, one.end, position)
            and one.level in ("province", "prefecture")
            and one.code != place
            and place.startswith(one.code.rstrip("0"))
            # 排名|唐山|第二
            and view.text[one.start - 1 : one.start] in BEFORE_WHOLE
        ),
        None,
    )


def is_town(name: str | None) -> bool:
    """Whether an entity is a town by its name."""
    return bool(name and name.endswith(("镇", "街道", "乡", "苏木")))


def _in_quotes(text: str, mention: Mention) -> bool:
    """“浙江制造”品字标: a place in the name of something else."""
    opened = text[mention.start - 1 : mention.start] in ("“", "《", "「")
    return opened and text[mention.end : mention.end + 1] not in ("”", "》", "」")


def scoped_list(view: View, name: str, entity: Where) -> str:
    """An assessment with its scope where the other ranks have theirs: 全省县域经济考核 is 县域经济考核（湖南省）.

    Args:
        view: The sentence.
        name: Name of the list as the text has it.
        entity: Who is ranked.
    """
    if not ASSESSED.search(name):
        return name
    scope = next((words for words in (*OWN_LEVELS, "全县") if name.startswith(words)), "")
    rest = name[len(scope) :].lstrip("各级的")
    return f"{rest}（{full_scope(view, scope, entity)}）" if scope and len(rest) > LEAST_ASSESSED else name


def _all_parts(words: str, code: str) -> bool:
    """Whether so many counties are all of those around a place, give or take a zone or two that count as one."""
    place = registry().places.get(code)
    names = county_names(place.parent_code) if place is not None and place.parent_code else ()
    told = COUNT.match(words)
    number = integer(told.group()) if told else None
    without_districts = sum(not name.endswith("区") for name in names)
    exact = "区" not in words and number == without_districts
    return number is not None and (exact or len(names) - 1 <= number <= len(names) + ZONES_COUNTED)


@lru_cache(maxsize=64)
def county_names(code: str) -> tuple[str, ...]:
    """Names of the counties, districts and county-level cities of a prefecture.

    Args:
        code: Its GB/T 2260 code.
    """
    return tuple(one.name for one in registry().places.values() if one.parent_code == code and one.level == "county")


def is_whole(scope: str | None, entity: Where) -> bool:
    """Whether a scope is the entity itself (全市 of a city): nobody is ranked within himself.

    Args:
        scope: The words that say among whom, None where there are none.
        entity: Whose rank it is.
    """
    place = registry().places.get(entity.code or "")
    level = {"全市": "prefecture", "全省": "province"}.get(scope or "")
    return place is not None and place.level == level


def full_scope(view: View, scope: str | None, entity: Where) -> str:
    """全市 of a county's rank is the city above it.

    Args:
        view: The sentence.
        scope: The words that say among whom, None where there are none.
        entity: Whose rank it is.
    """
    if scope and COUNTED_PARTS.fullmatch(scope):
        if not _all_parts(scope, entity.code or view.sentence.setting.place or ""):
            # 与周边四县相比，居五县（市）第2位: five of them, and not those of the city
            return scope
        scope = "全市"
    if not scope or scope not in OWN_LEVELS:
        named = next((m for m in view.sentence.mentions if m.text == scope and m.code), None)
        return named.name if named and named.name else scope or ""
    if is_town(entity.name):
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
