"""What headings and sentences begin with.

Here: how a heading looks, and the period at the head of a sentence. Not here: what it puts in force (`flow`).
"""

import re

from pipelines.extraction.blocks import Block, Sentence
from pipelines.extraction.dated import NOW, dates_an_act
from pipelines.extraction.periods import Period
from pipelines.extraction.time_words import AHEAD
from pipelines.extraction.value_above import stands_alone

HEADING = re.compile(
    r"^(?:第?[一二三四五六七八九十]+[、章部篇]|[（(][一二三四五六七八九十]+[)）]|\d{1,2}[、.．]\s?|[一二三四五六七八九十]是)"
)
TOP_HEADING = re.compile(r"^(?:第[一二三四五六七八九十]+[章部篇]|[一二三四五六七八九十]+、)")
OPENING = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[一二三四五六七八九十]是|[—\-•·\s“]|数据|刚刚?过去的|截至|截止到?|在|的|进入)*"
)
TOLD = re.compile(r"\d(?:[%％]|[万亿]|[人家个户所项亩张套座公])")
LEADING_PERIOD_REACH = 14
# 到2025年, 总体目标：力争到2027年底
GOAL_OPENING = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[—\-•·\s“]|[^，。；]{0,8}目标(?:是|为)?[：:，,]?|通过[^，。；]{1,12}[，,]"
    r"|[^，。；：:\d]{2,10}[：:]|力争|争取|预计|展望|计划|确保){0,4}(?<!截)[到至]"
)
# 【经济发展】2025年, ★ 钛产业：2017年, 财政方面，2021年, 从总量看，2023年, 报告显示，2022年
LABEL = re.compile(
    r"[\s★☆●■◆▲•·]*(?:[【\[][^】\]]{1,12}[】\]]|[^，。；：:\d]{2,10}[：:]|(?!分[季月年])[^，。；\d]{2,12}(?:方面|来看|看|显示|指出|表示|介绍|获悉)[，,：:]"
    r"|(?:近日|日前|昨日|今日|今天|(?:\d{4}年)?\d{1,2}月\d{1,2}日)[，,]?(?:本报)?(?:记者)?从?[^，。；\d]{0,16}(?:获悉|了解到|发布|通报|消息)[，,：:]"
    r"|(?:根?据)[^，。；\d]{1,12}[，,]|(?:经|据)?(?:初步)?(?:核算|统计|测算)[，,]"
    # 发展目标　“十四五”时期, as a page sets its headings in line
    r"|[\u4e00-\u9fff]{2,8}(?=[ \u3000]))\s*"
)


# 吉安县：一块“电路板”带起一条产业链
PLACE_HEADED = re.compile(r"[\u4e00-\u9fff]{1,8}[市县区旗州盟镇乡][：:][^\d。；]+")


def is_heading(block: Block, words: str) -> bool:
    """Whether a block is a heading, by its kind or by its looks.

    Args:
        block: The block.
        words: Its text.
    """
    if block.kind in ("heading", "title"):
        return True
    return (
        len(words) <= 40
        and words.count("，") + words.count(",") <= 1
        and (
            not words.endswith(("。", "；", "，", "：", "!", "！", "?", "？"))
            or (bool(HEADING.match(words)) and len(words) <= 30)
        )
        and bool(HEADING.match(words) or len(words) <= 16 or PLACE_HEADED.fullmatch(words))
    )


def is_item(words: str) -> bool:
    """Whether what looks like a heading tells a fact (2.城镇新增就业3862人，占年度目标任务的110.3%。).

    Args:
        words: Its text.
    """
    return words.endswith("。") and TOLD.search(words) is not None


def leading_period(sentence: Sentence) -> Period | None:
    """The period at the head of a sentence, behind a label or a place at most, None where there is none.

    Args:
        sentence: The sentence.
    """
    labelled = LABEL.match(sentence.text)
    label = labelled.end() if labelled else 0
    first_line = sentence.text.find("\n") + 1
    if first_line and stands_alone(sentence.text[: first_line - 1]):
        # 512.7亿元|2021年全县地区生产总值
        label = first_line
    if any(period.start < label and period.role == "state" and not period.is_day for period in sentence.periods):
        # 今年的主要预期目标是：地区生产总值增长8%: the period stands in what looks like a label
        label = 0
    for period in sentence.periods:
        if (
            period.start - label > LEADING_PERIOD_REACH
            or period.start < label
            or period.role not in ("state", "span")
            or not period.time_period
            or period.is_day
            # 未来三年，投资8亿元。全县拥有企业320家: what is told next may be of now
            or period.text.startswith(AHEAD)
        ):
            continue
        before = sentence.text[label : period.start]
        for mention in reversed(sentence.mentions):
            if label <= mention.start and mention.end <= period.start:
                before = before[: mention.start - label] + before[mention.end - label :]
        if not OPENING.fullmatch(before):
            continue
        if len(period.time_period) == 7 and not re.search(r"[末底]$", period.text):
            continue
        following = sentence.text[period.end : period.end + 1]
        if (
            following not in "，,、：: 　"
            and period.role == "state"
            and len(period.time_period) == 4
            and not re.match(r"(?:全|我|本|度|[\u4e00-\u9fff])", following)
        ):
            continue
        if dates_an_act(sentence.text, period.end) or "年代" in period.text:
            continue
        if period.role == "span" and not re.match(r"(?:过去|这|五年|[一二三四五]年|近)", period.text):
            continue
        return period
    return None


def turns(sentence: Sentence) -> bool:
    """Whether a sentence begins with 目前 or 此后, so that the year told before is over.

    Args:
        sentence: The sentence.
    """
    return any(
        (period.role == "later" or (period.role == "vague" and period.text in NOW))
        and period.start <= LEADING_PERIOD_REACH
        and OPENING.fullmatch(sentence.text, 0, period.start)
        for period in sentence.periods
    )


def opens_goal(text: str, start: int) -> bool:
    """Whether nothing but words of planning stand before a period: 总体目标：力争到|2025年.

    Args:
        text: The sentence.
        start: Where the period begins.
    """
    return GOAL_OPENING.fullmatch(text, 0, start) is not None
