"""Groups of places that have a number together: 昆山、太仓两市, 其余9个县, 全省58个山区县, 全市（不含滕州市）.

Here: finding the words of such a group, which has no code of its own. Not here: subjects with a code (`subjects`), and
what each place of a list gets by itself (`where`).
"""

import re
from collections.abc import Sequence

from pipelines.extraction.patterns import guarded
from pipelines.extraction.places import Mention
from pipelines.extraction.time_words import integer

NUMBER = r"(?:\d+|[一二两三四五六七八九十]+)"
KIND = (
    r"(?:县[（(]市、?区?[)）]区?|县[（(]区[)）]|市[（(][州县区、]+[)）]|区[（(]县[)）]|盟市|市州|县市区|县市|县区|区县|省区市|省份|省市|市县"
    r"|镇街|乡镇|街道|城市|[县市区旗州盟省镇乡村])(?![场场级委政域民场长均值外内])"
)
# 昆山、江阴两市, 寿光、诸城等8个县(市), 慈溪市等地
COUNTED_BEHIND = re.compile(
    rf"(?:等)?{NUMBER}[个座]?[\u4e00-\u9fff]{{0,6}}?(?:{KIND}|地)|等(?:地区?|县市区?|市|县|区|省)?"
)
ALONE_IN_GROUP = re.compile(rf"等(?:{NUMBER}[个座]?[\u4e00-\u9fff]{{0,6}}?(?:{KIND}|地)|地)")
# 均 of 人均 and 平均, 都 of 成都 and 都市, 各 of 各类 hand out nothing
EACH = re.compile(
    r"(?<![人户平年亩村日月地单])均(?![衡等价匀质线])|各(?![类项种界级地方族国式自])|双双|同为|(?<![成首京古故国花武])都(?![市会城江匀昌兰安])"
)
# 昆山、江阴是全国仅有的两座…, 3个县域处于900+梯队: what a list is, each of it is
EACH_IS = re.compile(rf"(?:等?{NUMBER}[个座]?[\u4e00-\u9fff]{{1,4}}?)?(?:是|为|成为|处于|位于|迈入|进入|跻身|迈上)")
# 全省58个山区县, 在浙江,山区26县
COUNTED_INSIDE = re.compile(
    rf"的?(?:[\u4e00-\u9fff]{{2,4}})?(?<!\d){NUMBER}(?![\d年月日.])(?:个[\u4e00-\u9fff]{{0,6}}?|[\u4e00-\u9fff]{{0,2}}?){KIND}"
    # 全县41个省|重点项目 are no provinces
    r"(?![重级属管考])"
)
MEMBERS = re.compile(rf"等(?!{NUMBER}|地)[^，,；;。、\d]{{0,14}}")
UNKNOWN_MEMBER = re.compile(r"(?:[、和与及][\u4e00-\u9fff]{1,6}?(?:[县市旗](?![级场域委直辖])|[乡镇](?![村级])|街道))+")
REST = re.compile(
    rf"(?:其余|其他|其它|剩余)(?:的)?(?:各)?(?:{NUMBER}个?)?[\u4e00-\u9fff]{{0,4}}?(?:{KIND}|地区(?!生产))"
)
WITHOUT = guarded(
    r"(?:(?<![破解消清免扫拆开排去革根铲删废祛屏切])除(?:了|去)?|不含|不包括|不包含|剔除|不计|扣除)(?=[\u4e00-\u9fff])"
)
# 河西五市, 苏南五市: a group by its own name at the head of a clause
NAMED_GROUP = re.compile(
    r"(?![全我本该其辖共下有将把在对各近前后])[\u4e00-\u9fff]{2,3}[两三四五六七八九十]{1,2}个?[市县区州省盟旗](?![级委政直域])"
)
# 三县, 5个县市区: how many places a group has
HOW_MANY = re.compile(r"(?P<number>\d{1,2}|[两三四五六七八九十]{1,2})个?[县市区旗镇州盟省]")
CLAUSE_MARK = re.compile("[，,；;]")
RUN = re.compile(r"\s*(?:[、和与及]|以及)\s*")
# Hong Kong, Macao and Taiwan are left out of the country's figures by custom
LEFT_OUT_BY_CUSTOM = ("71", "81", "82")


def group_behind(text: str, run: Sequence[Mention], at: int) -> str | None:
    """Words of the group that a run of places makes, None where it makes none.

    Args:
        text: The sentence.
        run: Places with nothing but list marks between them.
        at: Where the number stands.
    """
    last = run[-1].end
    pattern = COUNTED_BEHIND if len(run) > 1 else ALONE_IN_GROUP
    match = pattern.match(text, last, at)
    if len(run) == 1:
        return text[run[0].start : match.end()] if match else None
    return text[run[0].start : match.end() if match else last]


def lists_members(text: str, run: Sequence[Mention], at: int) -> bool:
    """新增黄石、咸宁等全国文明城市12个: whether a run of places only names some of what is counted."""
    return MEMBERS.fullmatch(text, run[-1].end, at) is not None


def shared_by_each(text: str, start: int, end: int) -> bool:
    """Whether the words between a list of places and the number give it to each: 均, 都, 各."""
    between = text[start:end]
    last = CLAUSE_MARK.split(between)[-1]
    return EACH.search(last) is not None or (last == between and EACH_IS.match(between) is not None)


def unknown_member(text: str, mention: Mention, mentions: Sequence[Mention], at: int) -> str | None:
    """丰宁县和|甲乙县: words of a list whose next member is a place that is not known, None where it has none."""
    match = UNKNOWN_MEMBER.match(text, mention.end, at)
    if match is None or any(mention.end < other.end <= match.end() for other in mentions):
        return None
    return text[mention.start : match.end()]


def part_of(text: str, mention: Mention, at: int) -> str | None:
    """全省58个山区县: the words of a counted part of a place that stands between it and the number, in one clause."""
    match = COUNTED_INSIDE.match(text, mention.end, at)
    if match is not None and not text[match.end() : at].strip():
        # 全县18个乡镇|196个村: counted beside each other
        return None
    if match is None or any(mark in text[match.end() : at] for mark in "，,；;（("):
        return None
    return text[mention.start : match.end()]


def rest_before(text: str, start: int, at: int) -> str | None:
    """其余9个县: the words of what is left of a whole, between a subject and the number."""
    if "其" not in text and "剩" not in text:
        return None
    found = None
    for match in REST.finditer(text, start, at):
        found = match
    if found is None or any(mark in text[found.end() : at] for mark in "；;"):
        return None
    if found.group().endswith("村") and any(mark in text[found.end() : at] for mark in "，,"):
        # 剩余41个贫困村全部退出，|贫困发生率降至0.5%: of the county
        return None
    return text[found.start() : found.end()]


def without(text: str, mentions: Sequence[Mention], at: int) -> tuple[Mention, int] | None:
    """The last place that is taken out of a whole before a number (除霍山县外, 不含石狮), and where the words begin."""
    found = None
    for match in WITHOUT.finditer(text, 0, at):
        taken = next((m for m in mentions if 0 <= m.start - match.end() <= 3 and m.end <= at), None)
        if taken is None or taken.code[:2] in LEFT_OUT_BY_CUSTOM or any(mark in text[taken.end : at] for mark in "；;"):
            continue
        found = (taken, match.start())
    for mention in mentions if "外" in text else ():
        # 长沙以外的13个市州
        if mention.end <= at and text.startswith(("以外", "之外", "除外"), mention.end) and not found:
            found = (mention, mention.start)
    return found


def place_runs(text: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Lists of two places or more of one level, with nothing but list marks between them.

    Args:
        text: The sentence.
        mentions: The places that it names.
    """
    runs: list[list[Mention]] = []
    for mention in mentions:
        if not mention.code or mention.own:
            continue
        last = runs[-1][-1] if runs else None
        if last and last.level == mention.level and RUN.fullmatch(text, last.end, mention.start):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return [run for run in runs if len(run) > 1]


def size_of(group: str) -> int | None:
    """How many places the words of a group count (五县市), None where they count none."""
    counted = HOW_MANY.search(group)
    return integer(counted["number"].replace("两", "二")) if counted else None


def headed(text: str, start: int, at: int) -> str | None:
    """河西五市: the group, without a code, that a clause begins with.

    Args:
        text: The sentence.
        start: Where the clause begins.
        at: Where the number stands.
    """
    start += len(text[start:at]) - len(text[start:at].lstrip("其中 　，,：:"))
    group = NAMED_GROUP.match(text, start, at)
    return None if group is None else group.group()
