"""The noun behind a quantity: 8家|全国重点实验室|落户.

Here: where a noun begins and ends, and taking it off what follows a counted quantity. Not here: the words before a
quantity (`windows`).
"""

import re
from functools import lru_cache

from pipelines.extraction.lexicon import alternation, words
from pipelines.extraction.patterns import guarded

MODIFIES = re.compile(
    r"(?:项目|工程|任务|面积|企业|点位?|站|中心|基地|平台|机构|设施|示范[区点县村镇]?|小区|社区|片区|单元|学校|医院|举措|措施|行动|住房|园区?|区|团队|人才|载体|资金|大会|活动)"
)
# 6个国家|4A级|旅游区: a grade, and no number that ends the noun
GRADE = re.compile(r"[1-5]A级")
# 农（牧）事综合服务中心, 师范（教师教育）院校: a bracket inside a word
BRACKET_INSIDE = guarded(
    r"(?<=[农林牧渔工商文教医])[（(][\u4e00-\u9fff][)）](?=[\u4e00-\u9fff])"
    r"|(?<=[\u4e00-\u9fff])[（(][\u4e00-\u9fff]{2,6}[)）](?=类?(?:院校|学校|学院|医院|机构|基地|医师|药师|教师))"
    # 18个县（市）入围, 9个县（市、区）
    r"|(?<=[县区市旗])[（(][县市区旗、]{1,5}[)）](?=入围|上榜|入选|入榜|[，。；、和及]|$)"
    # 村（居）民小组
    r"|(?<=村)[（(]居[)）](?=民小组)|(?<=居)[（(]村[)）](?=民小组)"
    # 大学（指大专及以上）文化程度的人口: what a word takes in
    r"|(?<=[\u4e00-\u9fff])[（(](?:指|不?含|不?包括)[\u4e00-\u9fff、]{1,14}[)）](?=(?!其中|占|达|为|共|增|下|同)[\u4e00-\u9fff]{2})"
)
EACH_BEHIND = re.compile(r"(?<=[\u4e00-\u9fff]{2})[人户]均[\u4e00-\u9fff]{2,6}$")
# the noun that a verb inside a name belongs to, at the end of what is counted
MODIFIED = re.compile(r"(?:试点|工程|项目|基地|示范区|示范县|任务|点位)(?=[，、；。）和及]|$)")


@lru_cache(maxsize=1)
def _stop() -> re.Pattern[str]:
    return guarded(alternation("right_stop") + r"|[，,。；;：:、（）()！!？?\n—\t｜|│]|\d(?!\d*强)")


@lru_cache(maxsize=1)
def closings() -> frozenset[str]:
    """Words of two characters whose second looks like a verb or particle (人才, 合同, 基地)."""
    return frozenset(words("noun_close"))


@lru_cache(maxsize=1)
def _modifiers() -> re.Pattern[str]:
    return guarded(alternation("modifier") + r"+(?:[及或和]?以上)?")


@lru_cache(maxsize=1)
def _nouns() -> re.Pattern[str]:
    return guarded(alternation("noun_open"))


def opens_noun(text: str, start: int, end: int) -> bool:
    """Whether a word that looks like a connective or a verb begins a noun (新能源, 全社会, 生产总值, 出口额)."""
    return _nouns().match(text, start, end) is not None


def peel_right(text: str, start: int, end: int) -> tuple[str, int]:
    """The noun that a counted quantity stands before.

    Args:
        text: The sentence.
        start: Offset behind the quantity.
        end: Offset that the noun cannot pass (the end of the clause).

    Returns:
        (noun phrase or "", offset behind it).

    Examples:
        >>> peel_right("8家全国重点实验室落户", 2, 11)
        ('全国重点实验室', 9)
        >>> peel_right("450家，", 4, 4)
        ('', 4)
    """
    position = start
    while position < end and text[position] in " 　的":
        position += 1
    begin = position
    nouns, stop = _nouns(), _stop()
    if begin < end and text[begin] in '“"‘《':
        closing = {"“": "”", '"': '"', "‘": "’", "《": "》"}[text[begin]]
        closed = text.find(closing, begin + 1, end)
        if closed > 0:
            position = closed + 1
    elif opening := nouns.match(text, begin, end) or GRADE.match(text, begin, end):
        position = opening.end()
    while position < end:
        if text[position] in "（(" and (bracket := BRACKET_INSIDE.match(text, position, end)):
            position = bracket.end()
            continue
        match = stop.search(text, position, end)
        if match is None:
            position = end
            break
        if inside := nouns.match(text, match.start(), end) or GRADE.match(text, match.start(), end):
            position = inside.end()
            continue
        if len(match.group()) == 1 and match.start() > begin and text[match.start() - 1 : match.end()] in closings():
            # 产业基|地, 民|居: the second character of a word, no particle
            position = match.end()
            continue
        if match.start() == begin and (modifier := MODIFIES.match(text, match.end(), end)) and len(match.group()) > 1:
            # 26个|改造项目: the verb modifies a noun
            position = modifier.end()
            continue
        if len(match.group()) == 2 and (modifier := MODIFIED.match(text, match.end(), end)):
            # 12个和美乡村|建设试点
            position = modifier.end()
            continue
        if match.start() == begin:
            return "", begin
        if len(match.group()) > 1 and _modifiers().fullmatch(text, begin, match.start()):
            # 9个国家级|服务业集聚区: a class alone is no noun, so that the verb belongs to what follows
            position = match.end()
            continue
        position = match.start()
        if text[position] in "（(" and BRACKET_INSIDE.match(text, position, end):
            continue
        break
    noun = text[begin:position].strip(" 　")
    if text[position : position + 1].isdigit() and (each := EACH_BEHIND.search(noun)):
        # 320户村民|人均增收4200元
        noun = noun[: each.start()]
    return noun, begin + len(noun)
