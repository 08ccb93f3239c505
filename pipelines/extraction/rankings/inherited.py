"""A second rank of the same entrant among others: 总量居廊坊市第2位、全省第6位; 在浙江省21家国家级经开区中列第11.

Here: telling that the list or the indicator goes on, and among whom. Not here: the first rank (`on_lists`,
`of_indicators`).
"""

import re
from dataclasses import replace

from pipelines.extraction.indicators import last_named
from pipelines.extraction.rankings.ranked import VERB
from pipelines.extraction.rankings.view import Position, View
from pipelines.extraction.rankings.whose import full_scope, is_town
from pipelines.extraction.rankings.words import COUNTED, PARTS, SCOPE_WORDS, integer, rank_value

SAME = re.compile(
    rf"\s*(?:并|且|在)*(?:{VERB.pattern}|(?:连续[^，。；、第]{{1,4}}[年届次度]|多年|均|也|仍|位?居?))*(?:在)?(?P<scope>{SCOPE_WORDS}|[\u4e00-\u9fff]{{2,7}}?)"
    rf"(?:各?(?:县市区?|市州|地市|县区|城市|县级市|县|市|地区|省份|省区市?|国家高新区|国家级?经开区)|{PARTS}|{COUNTED})?(?:中|内|里)?的?(?:{VERB.pattern})?"
)
IN_LISTS = frozenset(("on-a-list", "entrants-with-ranks", "list-in-force"))


def inherited(view: View, rank: re.Match[str], last: Position) -> Position | None:
    """总量居廊坊市第2位、全省第6位; 居第7位，连续三年居福建省首位: the same entrant among others."""
    start = max(view.text.rfind(mark, 0, rank.start()) for mark in "，,、；;。（(") + 1
    between = view.text[last.end : start]
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
    wholes = ("province", "prefecture", "county") if is_town(last.entity.name) else ("province", "prefecture")
    if scope not in SCOPE_WORDS.split("|") and (mention is None or mention.level not in wholes):
        return None
    if mention is not None and scope not in SCOPE_WORDS.split("|"):
        # 全国前十，柳州保持第一: a place inside the last one is a new subject
        code = last.entity.code or view.sentence.setting.place or ""
        itself = code == mention.code and not is_town(last.entity.name)
        # a town that the registry does not have can be of any province
        inside = code.startswith(mention.code.rstrip("0")) if code else goes_on or mention.level == "province"
        if mention.end > rank.start() or not inside or itself:
            return None
    base = re.sub(r"（[^（）]*）$", "", last.list_name)
    # 居|衡阳市|第1位: the pattern takes the place's last character for its kind
    among = mention.text if mention is not None and scope not in SCOPE_WORDS.split("|") else scope
    name = f"{base}（{full_scope(view, among, last.entity)}）"
    within = integer(rank["within"]) if rank["within"] else None
    span = (last.start, rank.end())
    found = view.position(name, last.entity, rank_value(rank), within, (start, rank.end()), rank.span(), last.rule)
    return replace(found, edition=last.edition, publisher=last.publisher, start=span[0])
