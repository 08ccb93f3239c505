"""Figures of one person or family: “今年我家种了6亩葡萄”, 老马家5口人.

Here: telling them from figures of a place. Not here: those of firms (`firms`).
"""

import re

from pipelines.extraction.quantity import Quantity

# “今年我家种了6亩葡萄，|一年收入12万元”: what a farmer says of himself is no figure of the county
OF_SPEAKER = re.compile(
    r"[“\"][^”\"。]*我(?:家|自己|一个人|一家|们家)?(?![们市县省区国州旗镇乡村校院局司党公])[^，。；”\"]{0,8}(?:(?:种|养|承包|租|挣|赚|打工|务工|采茶|卖|分红|流转)[^”\"]*|有)$"
)
# 他家5口人|年收入不足万元
OF_FAMILY = re.compile(
    r"(?<![\d均])[\d两三四五六七八]口(?:人|之家)(?!以[上下])[，,]?[^，。；]{0,8}(?:收入|挣|种了|养了|住|靠)[^，。；]*$"
    r"|[家户][\d两三四五六七八]口(?:人|之家)$"
)
# 社员老张家|种了2.6万袋，除去成本净落7万元
OF_MEMBER = re.compile(
    r"(?:社员|村民|农户|果农|茶农|菜农|脱贫户|贫困户|种植户|养殖户)[\u4e00-\u9fff]{2,4}家(?:里|今年|去年)*(?:种|养|承包|流转|卖)了?[^。；]*$"
)


def of_one_family(text: str, quantity: Quantity) -> bool:
    """Whether a number is one that somebody tells of himself, or of one family.

    Args:
        text: The sentence.
        quantity: The number.
    """
    if "我" in text and OF_SPEAKER.search(text, 0, quantity.number_start):
        return True
    if "家" in text and OF_MEMBER.search(text, 0, quantity.number_start):
        return True
    ends = (quantity.number_start, quantity.number_end + len("口人"))
    return "口" in text and any(OF_FAMILY.search(text, 0, end) for end in ends)
