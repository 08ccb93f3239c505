"""Half-width marks between Chinese words: read as if they were the full-width ones that the words call for.

Here: rewriting them one for one, so that offsets stay and every rule meets one kind of mark. Not here: marks inside
numbers (12,300, 1.75:1), which are parts of them (`numerals`), and brackets; the clean text and all quotes stay as the
page has them.
"""

import re

FULL = {",": "，", ";": "；", ":": "："}
WORD = r"[\u4e00-\u9fff％%”’“‘）】》（【《]"
HALF_WIDTH = re.compile(rf"(?<={WORD})[,;:]|[,;:](?={WORD})")


def full_width(text: str) -> str:
    """A text with the half-width marks beside Chinese characters as full-width ones, character for character.

    Args:
        text: A text.

    Examples:
        >>> full_width("增长4.2%;税收12,300万元,占7.1%")
        '增长4.2%；税收12,300万元，占7.1%'
        >>> full_width("见 http://a.cn, 12:30")
        '见 http://a.cn, 12:30'
    """
    if "," not in text and ";" not in text and ":" not in text:
        return text
    return HALF_WIDTH.sub(lambda mark: FULL[mark.group()], text)
