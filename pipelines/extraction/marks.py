"""Numbers that are not quantities: identifiers, ordinals, names and idioms.

Here: the one scan that marks which digits and numeral characters belong to a phone number, a licence, a list number, a rank
or a word such as 一体化, before quantities are read. Not here: dates (`periods`) and quantities (`quantities`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick_rs

from pipelines.extraction.lexicon import words
from pipelines.extraction.numerals import CHINESE_NUMERAL, parse_numeral


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text whose digits are spoken for.

    Attributes:
        kind: identifier, ordinal, rank, name or enumeration (the disposition of `number_ledger`; rank and enumeration are
            kinds of ordinal).
        start: Offset of the first character.
        end: Offset behind the last.
        value: The number of a rank or an enumeration, else None.
    """

    kind: str
    start: int
    end: int
    value: int | None = None


CHINESE_ORDINAL = "[一二三四五六七八九十百]"
# each alternative is a named kind; the order decides where two could start at one place
PATTERNS = {
    "url": r"(?:https?://|www\.)[^\s，。；、（）()“”<>]+|[\w.-]+@[\w-]+\.[\w.]+|\b[\w-]+\.(?:com|cn|net|org|gov)(?:\.cn)?(?:/[^\s，。；、（）()“”<>]*)?",
    "licence": r"(?:[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?(?:ICP|icp)\s?[备证]\s?(?:案号?|号)?\s?\d+(?:号)?(?:-\d+)?|公网安备\s*\d+\s*号?|"
    r"(?:网站标识码|许可证(?:编?号)?|备案号|统一社会信用代码|邮编|邮政编码|传真|QQ群?|qq|微信号?|VX|Tel|TEL|电话|手机|热线|文号|编号|证号)[:：]?\s*[\w()（）+*-]*\d[\w()（）+-]*)",
    "phone": r"(?<!\d)(?:\+?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[-—]\d{7,8}(?:-\d+)?|400[- ]?\d{3,4}[- ]?\d{3,4}|\d{3}-\d{4}-\d{3}|\d{3}-\d{8})(?!\d)",
    "long_digits": r"(?<![\d.])\d{9,}(?![\d.]*[万亿%元个])",
    "code": r"(?<![A-Za-z\d])(?:[A-Za-z]{1,8}[-－]?\d+(?:\.\d+)?[A-Za-z]?(?:\d+)?(?:[-.]\w+)*|\d{4}-[A-Z]{1,4}-\d+号?|\d+(?:\.\d+)?(?:[GgKkDdHh](?=[^A-Za-z\d/]|$)|[A-Za-z]{2,}[-\w]*)|\d{1,2}A级?)(?![A-Za-z\d])(?!元)",
    "document_number": r"[〔\[【(（](?:19|20)\d{2}[〕\]】)）]\s?第?\d+\s?号|第\s?\d+\s?号(?:公告|令|文|文件)?",
    "sum": r"\d+(?:\+\d+)+(?:[>＞=]\d+)|\d+[xX×]\d+(?!\d*(?:万|亿|元|%))",
    "formula": r"[“\"]?\d+(?:\+(?:\d+|[A-Za-zNX]))+[”\"]?",
    "rank": rf"第(?:\s*\d+\s*|{CHINESE_ORDINAL}+)(?:名|位|方阵|梯队)?(?![产次届期批季轮个条章节款项届]|方面|三方)|前(?:\d+|[一二两三四五六七八九十百]+)(?:名|位|强|列)|(?:居|列|排|位居|位列|排名)(?:全国|全省|全市|全区)?前(?:\d+|{CHINESE_ORDINAL}+)",
    "ordinal": rf"第(?:\s*\d+\s*|{CHINESE_ORDINAL}+)(?:[产次届期批季轮条章节款项个]|方面|三方)?|{CHINESE_ORDINAL}+(?:届(?:[一二三四五六七八九]中全会)?|中全会)|(?<![{CHINESE_NUMERAL}\d]){CHINESE_ORDINAL}{{1,2}}(?:是|要|则)(?=[^一])|[Nn]o\.?\s?\d+|\d+号线|(?<!\d)\d{{1,3}}号(?!召)",
    "enumeration": rf"^[（(]?(?:{CHINESE_ORDINAL}{{1,3}}|\d{{1,2}})[）)、]|^\d{{1,2}}(?:[.．](?!\d)|$)|^\d{{1,2}}\s(?=[\u4e00-\u9fff])|[（(](?:{CHINESE_ORDINAL}{{1,2}}|\d{{1,2}})[）)](?=[\u4e00-\u9fff])|[①-⑳]",
    "times_running": rf"连续(?:\d+|{CHINESE_ORDINAL}+)(?:次|届|轮|个(?:季度|月))",
    "strong": r"(?:世界|全球|中国|全国|全省|全市|民企|民营企业|企业|财富|行业|外贸|竞争力|县域经济|上市公司|潜力|江苏|浙江|福建|广东|山东)\s?[“\"]?(?:\d+|[一二三四五六七八九十百千两]+)强",
    "age": r"\d+(?:[—–~至-]\d+)?(?:周岁|岁)(?:以上|以下)?",
    "circle": r"\d+(?:分钟|小时|公里)(?:经济圈|生活圈|通勤圈|交通圈|都市圈|服务圈|健身圈|旅游圈|养老服务圈|救援圈|医疗圈|阅读圈|见面圈|办结)",
    "versioned": r"[vV]\d+(?:\.\d+)+|(?<=[\u4e00-\u9fffA-Za-z])\d\.0(?:版|时代|阶段)?(?=[^\d%万亿元个]|$)|\d+(?:\.\d+)+版|第?[一二三四五六七八九十]+代(?!表)",
    "weekday": r"(?:星期|周)[一二三四五六日天](?!年)",
    "grade": r"(?:[一二三四五六甲]级|[ⅠⅡⅢⅣⅤIVX]+类|[一二三四]类)",
    "day_count": r"“?(?:7|七)[×xX*](?:24|二十四)(?:小时)?”?|24小时|365天",
    "clock": r"(?<!\d)\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?![\d.:：∶])",
}
KINDS = {
    "url": "identifier",
    "licence": "identifier",
    "phone": "identifier",
    "long_digits": "identifier",
    "code": "name",
    "document_number": "identifier",
    "sum": "name",
    "formula": "programme",
    "rank": "rank",
    "ordinal": "ordinal",
    "enumeration": "enumeration",
    "strong": "name",
    "times_running": "name",
    "age": "name",
    "circle": "name",
    "versioned": "name",
    "weekday": "date",
    "grade": "name",
    "day_count": "name",
    "clock": "date",
}
ORDINAL_VALUE = re.compile(rf"\d+|{CHINESE_ORDINAL}+")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in PATTERNS.items()))


@lru_cache(maxsize=1)
def _idioms() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    numeral = re.compile(f"[{CHINESE_NUMERAL}半]")
    found = tuple(word for word in words("idiom") if numeral.search(word))
    return ahocorasick_rs.AhoCorasick(found, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), found


def find_marks(text: str) -> Iterator[Mark]:
    """Marks of one block or sentence, in the order of the text.

    Args:
        text: Clean text of one block (so that an enumeration at its beginning can be told).

    Yields:
        Marks that do not overlap among the patterns; idioms come after them and may lie inside a quantity's reach.

    Examples:
        >>> [(m.kind, "电话:010-88111629"[m.start:m.end]) for m in find_marks("电话:010-88111629")]
        [('identifier', '电话:010-88111629')]
        >>> [m.value for m in find_marks("全市第15位")]
        [15]
    """
    taken: list[tuple[int, int]] = []
    for match in _pattern().finditer(text):
        name = match.lastgroup or ""
        if match.end() == match.start():
            continue
        value = _ordinal_value(match.group()) if name in ("rank", "ordinal", "enumeration") else None
        taken.append(match.span())
        yield Mark(KINDS[name], *match.span(), value)
    for _, start, end in _idioms()[0].find_matches_as_indexes(text):
        # 1.28万家: digits before the word make it a number
        if start and text[start - 1].isdigit():
            continue
        if not any(a < end and start < b for a, b in taken):
            yield Mark("name", start, end)


def _ordinal_value(text: str) -> int | None:
    match = ORDINAL_VALUE.search(text)
    if match is None:
        return None
    numeral = parse_numeral(text, match.start(), match.end())
    return int(numeral.value) if numeral else None
