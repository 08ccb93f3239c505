"""Lists as a sentence names them: 2024中国县域经济百强榜, “镇域经济500强”, 在国家级经开区综合考评中.

Here: finding their names and what they stand for. Not here: who stands on them (`on_lists`, `roundups`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipelines.extraction.lexicon import registry
from pipelines.extraction.patterns import guarded
from pipelines.extraction.rankings.words import (
    BARE_LIST,
    CUT,
    IS_TARGET,
    LIST,
    LIST_END,
    plain_list,
    standard_list,
)

QUOTED = re.compile(
    r"[“\"《「](?P<list>[^”\"》」“《，。；]{0,30}?(?:[百千十]强|\d{2,4}强|前\d{2,4}名|百佳|榜|指数|排行榜?|排名|(?:发展|竞争力|评价|研究|分析)(?:研究)?报告|蓝皮书)[^”\"》」“《，。；]{0,10})[”\"》」]"
)
# 福建省县域经济实力|“十强”|县
QUOTED_SIZE = re.compile(
    r"(?P<list>[\u4e00-\u9fff]{4,18}[“\"](?:[百千十]强|\d{1,3}强)[”\"](?:县（市）|县\(市\)|县市|县|区|镇)?)"
)
EVALUATION = guarded(
    r"(?:^|(?<=[在的于，,：:“]))"
    r"(?P<list>[\u4e00-\u9fffA-Za-z0-9·（）()]{3,60}?"
    r"(?:(?:评价|评估|考核|考评|测评|评比)(?:[A-Z]类[县市区旗]?(?=第))?(?=(?:结果|成绩|榜单)[。；]|(?:结果|成绩|榜单?)?(?:中(?!国|心)|里|上[，,列居排位]|[，,:：]|公布|揭晓|出炉|发布|显示|(?:位|排)?[列居位](?:全|第)|第|“|[一二三四五六七八九十两]+连冠|[^，。；、]{1,8}组第))"
    r"|(?:排行榜?|排名|竞争力指数|发展指数)(?=(?:中(?!国|心)|里|上[，,列居排位]|[，,:：]|公布|揭晓|出炉|发布|显示))))"
)
# 全国内陆31省份排名: among whom, not what is ranked
SCOPE_ALONE = re.compile(
    r"(?:\d+个?|各)?(?:省份|省区市|省市区?|县区|县市区?|旗县区|市州|地市|城市|县|市|区)(?:中)?(?:排名|排行榜?|考核|评比)$|中排名$|[是了为]排名$|^全[国省市区县](?:排名|考核)$"
)
EDITION = re.compile(r"^[“\"《]?(?P<year>(?:19|20)\d{2})年?度?的?|^[“\"《]?第[一二三四五六七八九十百\d]{1,4}届")
EARLIER_EDITION = re.compile(r"(?P<year>(?:19|20)\d{2})年?度?的?(?:“|《|\")?$")
# “…研究报告”: the report is named like its list
# 《中国工业百强县（市）发展报告（2023年）》
YEAR_BEHIND = re.compile(r"[（(](?P<year>(?:19|20)\d{2})年?度?[)）]$")
REPORT = re.compile(
    r"(?:(?<=[强佳榜县市区镇)）])发展报告|研究报告|评价报告|报告|研究|白皮书|榜单|名单|排名榜|排行榜|排名|结果)$"
)
NATIONAL_HUNDRED = re.compile(r"(?:全国|中国)(?:百强|100强)(?:榜单?)?")
# 第|十七届全国县域经济基本竞争力百强: a long name may begin behind 第
CUT_EDITION = re.compile(r"^[一二三四五六七八九十百]{1,4}届的?")
ALIAS = re.compile(r"[（(](?:以下|下|又|亦)?(?:简称|称)[:：为]?[“\"]?[^（）()]{1,20}[)）]")
FILLER = "龥"
# 赛迪创新百强区|（2022）|榜单
YEAR_AFTER = re.compile(r"[（(](?P<year>(?:19|20)\d{2})年?度?[)）]")
REPORT_OF_YEAR = re.compile(
    r"《(?![^》]*工作报告)(?=[^》]*(?:研究|报告|指数|评价|蓝皮书|白皮书|榜|排名|名单))[^》]*?(?P<year>(?:19|20)\d{2})[^》]*》"
)
TITLE = re.compile(r"报告|研究|白皮书|蓝皮书")
GENERIC = re.compile(
    r"(?:前|全国|全球|世界|中国|部分省份|各省|各地|上述|这些|今年|本届|最新|新一届|东部地区)?(?:百强|千强|\d{2,3}强)(?P<kind>县|区|镇|企业)?(?:市|（市）|\(市\))?"
    r"(?:排行榜|榜单|榜|名单|排名)?"
)
NO_LIST = re.compile(
    r"^前[\d一二三四五六七八九十百]+|^(?:及|和|与|该|本|这|上述|同名|此|各类|多个|多项|相关|有关|权威|最新|两个|一份|部分)|(?:[一二两三四五六七八九十\d][项个大张]|各[项类])(?:榜单?|排名|名单)?$|政府工作|^.{0,3}(?:榜单|名单|排名|排行榜?)$"
)
LEAD = re.compile(r"^(?:新一届|最新一期|最新|今年的?|本届|首届|上届)(?=全国|中国|.{4})")
INNER_EDITION = re.compile(
    r"^(?P<maker>.{0,14}?)(?:(?P<year>(?:19|20)\d{2})年?度?|第[一二三四五六七八九十百\d]{1,4}届)的?(?=.{3})"
)
COUNTED_SCOPE = re.compile(r"^(?:全国|全省|全市|全州|全区)(?:\d+|[一二三四五六七八九十百]+)个")
MAKER = re.compile(
    r"(?:由|近日[，,]?|日前[，,]?|^|[，,。])\s*(?P<maker>[\u4e00-\u9fff]{2,18}?(?:顾问|研究院|研究所|研究中心|中心|杂志社?|周刊|协会|学会|促进会|联合会|智库|部|局))"
    r"(?:[、和与][\u4e00-\u9fff]{2,18}?)?(?:日前|近日|今日|昨日)?(?:在[\u4e00-\u9fff]{1,4}?)?(?:联合|正式|最新)?(?:对外)?(?:发布|公布|评选|推出|揭晓|编制)"
)
# 该榜单前30强: the list that was told last
PRONOUN = re.compile(r"(?P<list>(?:该|此|本|上述|这一|这份|这个|同一)(?:排行榜|榜单|榜|名单|排名))")
# 跻身国家级经开区前80强: a kind of zone that one evaluation ranks
KIND_OF_ZONE = re.compile(
    r"(?:进入|跻身|迈入|挺进|闯入|迈进|冲刺|冲进)(?:全国)?(?P<list>国家级?(?:经济技术开发区|经开区|高新技术产业开发区|高新区))(?=\s*前)"
)
# 百强县 alone is a list of the whole economy that was told before, and none of one aspect of it (网络消费力百强)
OVERALL = re.compile(
    r"(?:全国|中国|赛迪|国信|县市|县域|城区|市辖区|镇域|乡镇|经济|综合|实力|基本|竞争力|高质量|发展|水平|与|GDP"
    r"|[百千]强|\d+强|县|区|镇|市|企业|[（）]|[东中西]部|榜)+"
)
VALUED = re.compile(r"(?:已|均)?(?:为|达到?|是|分别为)[约近]?\d")
LASTING = re.compile(r"[”\"》]?(?:榜单?|名单|排行榜|排名|研究|报告|[中里上，,。”\"》]|显示|发布|公布|出炉|揭晓|$)")
COUNTED_BEFORE = re.compile(r"[家个名位席]\s*$")
SIZE = re.compile(r"(?P<number>\d{2,4}|[百千十])(?:强|佳|家(?=$)|名(?=$)|大)")


@dataclass(frozen=True, slots=True)
class ListName:
    """A list that a sentence names.

    Attributes:
        start: Offset of its name, the edition included.
        end: Offset behind it.
        name: Standard name, or the words of the text.
        words: The words.
        edition: Its year or None.
        publisher: Who makes it, where the sentence says.
        lasting: Whether sentences that follow may speak of it without naming it.
        title: Whether it is the title of a report, which may publish another list than its name says.
    """

    start: int
    end: int
    name: str
    words: str
    edition: str | None
    publisher: str | None
    lasting: bool
    title: bool = False


def list_names(text: str, in_force: Sequence[ListName], place: str = "") -> list[ListName]:
    """Lists that a sentence names, in its order.

    Args:
        text: The sentence.
        in_force: Lists that earlier sentences named, the last first, for 百强 alone.
        place: Official name of the county or district in force, for 全国百强 alone.

    Examples:
        >>> [(one.name, one.edition) for one in list_names("在2023年赛迪百强县榜单中，昆山市居首", ())]
        [('中国县域经济百强（赛迪百强县）', '2023')]
    """
    found: list[ListName] = []
    # 国家级经济技术开发区（下称“国家级经开区”）综合发展水平考核评价: the short name is no part of the long one
    text = ALIAS.sub(lambda alias: FILLER * len(alias.group()), text)
    patterns = (QUOTED, QUOTED_SIZE, _registered(), LIST, KIND_OF_ZONE, EVALUATION)
    for pattern in patterns if LIST_END.search(text) else (QUOTED, _registered(), KIND_OF_ZONE, EVALUATION):
        for match in pattern.finditer(text):
            one = _list_name(text, match, in_force, place, pattern is EVALUATION)
            if one is not None and not any(other.start < one.end and one.start < other.end for other in found):
                found.append(one)
    return _referred(text, _published(text, sorted(found, key=lambda one: one.start)), in_force)


def _published(text: str, found: list[ListName]) -> list[ListName]:
    """发布《…报告（2024）》，宁乡市位列全国县域经济百强县第17位: a list has the year of its report."""
    for index in range(1, len(found)):
        # 2023年度全国综合实力百强县市、全国综合实力百强区、全国绿色发展百强县市等榜单: one year for all
        one, earlier = found[index], found[index - 1]
        if one.edition is None and text[earlier.end : one.start] in ("、", "和", "以及", "及", "与"):
            found[index] = replace(one, edition=earlier.edition)
    report = REPORT_OF_YEAR.search(text) if found and "《" in text else None
    if report is None:
        return found
    return [replace(one, edition=one.edition or report["year"]) if one.start > report.start() else one for one in found]


def _referred(text: str, found: list[ListName], in_force: Sequence[ListName]) -> list[ListName]:
    """The lists of a sentence with those that it speaks of as 该榜单."""
    for match in PRONOUN.finditer(text):
        before = [one for one in found if one.end <= match.start()] or list(in_force[:1])
        if before and not any(one.start < match.end() and match.start() < one.end for one in found):
            found.append(replace(before[-1], start=match.start(), end=match.end(), words=match["list"], lasting=False))
    return sorted(found, key=lambda one: one.start)


def _list_name(
    text: str, match: re.Match[str], in_force: Sequence[ListName], place: str, evaluation: bool
) -> ListName | None:
    words = match["list"].replace(FILLER, "")
    if words in BARE_LIST or CUT.search(words):
        return None
    if words.endswith("指数") and VALUED.match(text, match.end()):
        # 2025年全国县域高质量发展指数为118.6: a number and no list
        return None
    plain = plain_list(words)
    quotes = sum(map(match["list"].count, '“”"')) if match.re is QUOTED_SIZE else 0
    start = match.end("list") - len(plain) - match["list"].count(FILLER) - quotes
    inner = INNER_EDITION.match(plain)
    behind = YEAR_BEHIND.search(plain) or YEAR_AFTER.match(text, match.end())
    edition = inner["year"] if inner else behind["year"] if behind else None
    if (said := EDITION.match(words)) and words.endswith(plain):
        edition = edition or said["year"]
    plain = COUNTED_SCOPE.sub("", plain[inner.end() :] if inner else plain)
    if evaluation and (SCOPE_ALONE.search(plain) or len(plain) < 4):
        return None
    if edition is None and (before := EARLIER_EDITION.search(text[max(0, start - 9) : start])):
        edition = before["year"]
        start -= len(before.group())
    plain = LEAD.sub("", CUT_EDITION.sub("", plain))
    if NO_LIST.search(plain):
        return None
    name = standard_name(plain)
    generic = GENERIC.fullmatch(plain)
    if generic:
        meant = _meant(plain, text[:start], in_force, generic["kind"])
        if meant is not None:
            return replace(meant, start=start, end=match.end(), words=words, edition=edition or meant.edition)
        if not generic["kind"] and not (place and NATIONAL_HUNDRED.fullmatch(plain)):
            return None
        if not generic["kind"]:
            # 综合实力挺进全国百强: the hundred that a county or a district can be among
            name = standard_list("全国百强区" if place.endswith("区") else "全国百强县")
    if len(name) <= 2:
        return None
    maker = MAKER.search(text[: match.end()])
    known_maker = inner["maker"] if inner and len(inner["maker"]) > 2 else None
    lasting = (
        name in _publishers()
        or edition is not None
        or match.re is QUOTED
        or bool(LASTING.match(text, match.end("list")))
    ) and not COUNTED_BEFORE.search(text[:start])
    publisher = _publishers().get(name) or (maker["maker"] if maker else known_maker)
    title = text[match.start() : match.start() + 1] == "《" and bool(TITLE.search(words)) and size_of(name) is None
    lasting = lasting and not (evaluation and not edition)
    return ListName(start, match.end(), name, words, edition, publisher, lasting, title)


def _meant(plain: str, said: str, in_force: Sequence[ListName], kind: str | None) -> ListName | None:
    """The list told before that 百强县 or 全国百强县 can be, None for the list that goes by no other name.

    Args:
        plain: The words.
        said: What the sentence says before them.
        in_force: Lists that earlier sentences named, the last first.
        kind: Who stands on it (县, 区, 镇, 企业), None where the words do not say.
    """
    national = plain.startswith(("全国", "中国"))
    if national and IS_TARGET.search(said):
        # 力争进入全国百强县前15名: of whatever list
        return None
    return next(
        (
            one
            for one in in_force
            if same_kind(one.name, kind, size_of(plain))
            and (not national or OVERALL.fullmatch(one.name))
            # 治理百佳 is no 百强
            and "佳" not in one.name
        ),
        None,
    )


def same_kind(name: str, kind: str | None, size: int | None) -> bool:
    """Whether 百强县 or 百强 alone can be a list that was named before: of as many, and of the same kind."""
    if size is None or size_of(name) != size:
        return False
    of_towns, of_districts = "镇" in name, bool(re.search(r"区(?!域)", name))
    of_firms = level_of(name) == "enterprise"
    return {"镇": of_towns, "区": of_districts, "企业": of_firms, "县": not (of_towns or of_districts or of_firms)}.get(
        kind or "", True
    )


def standard_name(plain: str) -> str:
    """The registry's name of a list in any of its spellings, or the words without 榜单 and 报告.

    Examples:
        >>> standard_name("赛迪百强县榜单"), standard_name("全国县域创新能力百强榜")
        ('中国县域经济百强（赛迪百强县）', '全国县域创新能力百强榜')
    """
    plain = YEAR_BEHIND.sub("", plain)
    shorter = REPORT.sub("", plain)
    shorter = shorter if len(shorter) >= 4 else plain
    for words in (plain, shorter, shorter.removesuffix("榜").removesuffix("排行")):
        for form in (
            words,
            words.replace("100强", "百强"),
            words.replace("(", "（").replace(")", "）"),
            words.replace("-", "－"),
        ):
            for start in range(0, max(1, len(form) - 5)):
                # 科技部国家高新区综合评价: who makes it stands in front
                known = standard_list(form[start:])
                if known in _publishers() and (start == 0 or not GENERIC.fullmatch(form[start:])):
                    return known
    return shorter


def size_of(name: str) -> int | None:
    """How many stand on a list (百强 100), None where its name does not say."""
    found = [match["number"] for match in SIZE.finditer(name)]
    if not found:
        return None
    return {"十": 10, "百": 100, "千": 1000}.get(found[-1]) or int(found[-1])


def level_of(name: str) -> str:
    """Kind of who stands on a list: that of the registry, or enterprise where its words say so, else ""."""
    known = _levels().get(name)
    if known:
        return known
    if re.search(r"企业|公司|民企|品牌|独角兽|工业百强|500强$", name):
        return "enterprise"
    return "town" if re.search(r"镇", name) else ""


@lru_cache(maxsize=1)
def _registered() -> re.Pattern[str]:
    """The registered names that no pattern of lists finds: 自然指数－科研城市, 国家高新区综合评价."""
    names = {
        name
        for row in registry().ranking_lists
        for name in (row["name"], *row["aliases"].split("|"))
        if len(name) >= 6
        and not LIST.fullmatch(name)
        and re.search(r"指数|评价|评估|考核|考评|排名|能力|榜|城市|营商环境", name)
    }
    longest = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("(?P<list>" + "|".join(re.escape(name).replace("－", "[－-]") for name in longest) + ")")


@lru_cache(maxsize=1)
def _publishers() -> dict[str, str]:
    return {row["name"]: row["publisher"] for row in registry().ranking_lists}


@lru_cache(maxsize=1)
def _levels() -> dict[str, str]:
    return {row["name"]: row["entity_level"] for row in registry().ranking_lists}
