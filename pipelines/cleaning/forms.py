"""Lines of a fixed form that state something about the page without a label: of blogs, periodicals, public accounts.

Belongs here: such forms, and the fields that they fill. Does not belong here: labels (`labels.py`) and bylines
(`bylines.py`). A new form is a pattern whose groups are called as fields are, and an example of it.
"""

import re

_DAY = r"(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
# In this order; the first that reads the line counts.
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        # admin 2年前 (2020-09-18) 厂房出租 4371: author, age, day, column and counter of a blog
        rf"(?P<author>\S{{2,16}})\s\d{{1,3}}\s?(?:年|个月|月|周|天|小时|分钟)前\s?[(（](?P<published>{_DAY})[)）].{{0,40}}",
        # 原创 张小微 某某发布 2022-03-04 18:30 发表于浙江
        rf"(?:原创[:：]?\s(?P<author>\S{{2,12}})\s)?(?P<publisher>[^\s\d]{{2,20}})\s(?P<published>{_DAY}(?:\s\d{{1,2}}:\d{{2}})?)"
        r"\s(?:发表于|发布于|IP属地[:：]?)\s?[\u4e00-\u9fff]{2,4}",
        # 《某某》杂志 2016年第11期 封面故事, 某某论坛 2017年第3期（总第87期）
        r"(?P<publisher>《[^《》]{2,20}》(?:杂志|周刊|月刊|半月刊|内参)?|[\u4e00-\u9fff·]{2,14})[\s·|丨/,，—-]{0,4}"
        r"(?P<published>(?:19|20)\d{2}年(?:\s?\d{1,2}月)?)\s?第?\s?[\d一二三四五六七八九十]{1,4}\s?期"
        r"(?:[\s·|丨/]?[(（]?\s?总第?\s?\d{1,5}\s?期\s?[)）]?)?(?:[\s·|丨/]{1,3}[^。，；！？]{0,20})?",
        # 某某日报 2021年6月17日 第A05版 作者：王大海
        rf"(?P<publisher>《?[\u4e00-\u9fff]{{2,12}}报》?)[\s·|丨/,，]{{0,3}}(?P<published>{_DAY})[\s·|丨/]?(?:\s?星期[一二三四五六日天])?"
        r"\s?[(（]?第?\s?[A-Z]?\d{1,3}\s?版[)）]?(?:\s?[:：]?[\u4e00-\u9fff]{0,6})??"
        r"(?:\s(?:作者|记者)[:：]?\s?(?P<author>[\u4e00-\u9fff·、 ]{2,30}))?",
        # （2016年11月15日出刊）
        r"[(（\[【]?\s?(?P<published>(?:19|20)\d{2}年\s?\d{1,2}月(?:\s?\d{1,2}日)?)\s?"
        r"(?:出刊|出版|刊发|刊出|刊登|发布|发表|公布|印发|发行)\s?[)）\]】]?",
    )
)


def read_form(text: str) -> dict[str, str]:
    """What a line of a fixed form states, by field; empty where it has none.

    >>> read_form("某某论坛 2017年第3期（总第87期）")
    {'publisher': '某某论坛', 'published': '2017年'}
    >>> read_form("2017年第3期工程建成标准厂房")
    {}
    """
    for form in _FORMS:
        if found := form.fullmatch(text):
            return {field: value for field, value in found.groupdict().items() if value}
    return {}
