"""Who wrote and who published a document, as lines say it without a label.

Belongs here: forms of bylines, signatures, mastheads and notices, and how a statement of persons is cut to their names.
Does not belong here: labels (`labels.py`), and which of several statements wins (`metadata.py`).
"""

import re

from pipelines.cleaning.labels import ORGANISATION

_ROLE = (
    r"(?:(?:本刊|本报|本网|本台|本社)?(?:全媒体|融媒体|新媒体|首席|特约|见习|实习|特派)*"
    r"(?:记者|通讯员|撰稿人|撰稿|评论员|撰文))"
)
_ROLES = re.compile(
    rf"(?:^|(?<=[\s|丨/、,，]))[\u4e00-\u9fff]{{0,12}}?{_ROLE}(?=[\s:：/|丨、]|$|[\u4e00-\u9fff]{{2,4}}(?:$|[\s、,，]))"
)
# 秦大远 图/申小强: who made the pictures is no author; nor is whoever edited.
_OTHERS = re.compile(
    r"(?:^|[\s|丨、,，;；/])(?:图|摄影|摄|供图|制图|视频|编辑|责编|责任编辑|校对|审核)(?:\s?[/:：|]|\s|$).*"
)
# 作者：中共某县县委书记: a post without a name.
_POST = re.compile(r"^[\u4e00-\u9fff]*(?:书记|[省市县区旗州]长|主任|局长|部长|院长|主席)$")
_TAIL = re.compile(r"\s?[(（]\s?\d*\s?[)）]$")
_SEPARATORS = " \t/|丨:：,，;；、□■●◎"
_BYLINE = re.compile(
    r"(?:《(?P<paper>[^《》]{2,20})》|(?P<desk>[\u4e00-\u9fff]{2,12}?))\s?(?:特约|见习|首席|实习|全媒体)?记者\s?(?P<name>[\u4e00-\u9fff]{2,4})(?=$|[\s|丨/、,，])"
)
# A line of its own that names the journalist: 《某某周刊》记者 王小茹 | 北京报道.
BYLINE_LINE = re.compile(
    r"[□■●(（]?\s?(?:《(?P<paper>[^《》]{2,20})》|[\u4e00-\u9fff]{0,12}?)\s?(?:特约|见习|首席|实习|全媒体)*(?:记者|撰稿人|评论员)(?!手记|观察|调查|视点|日记|来信|见闻|专访|走)\s?[:：/|]?\s?"
    r"(?P<name>[\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff] [\u4e00-\u9fff])(?:[\s|丨/、,，][^。！？；:：]{0,30})?[)）]?"
)
# 原创 author account: how public accounts sign their articles.
ACCOUNT = re.compile(r"原创[:：]?\s(?P<author>\S{2,12})\s(?P<publisher>\S{2,20})")
# (来源:某县发布 2022-07-09): the source, and when it published.
_WITH_DATE = re.compile(r"\s*(?:(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]?\d{0,2}日?.*)$")
# 赵 大 农: a name set wide, in a line of its own below the title.
_NO_NAMES = frozenset(
    ("目录", "前言", "序言", "引言", "附录", "摘要", "正文", "通知", "公告", "决定", "公报", "后记", "导语")
)
_NAME_SEPARATORS = re.compile(r"[\s、,，]+")
_FURTHER_NAME = re.compile(r"[\u4e00-\u9fff]{2,3}")
_WIDE_NAME = re.compile(r"[\u4e00-\u9fff](?: [\u4e00-\u9fff]){1,3}")
# 某某网讯（记者 王小茹 通讯员 陈大山）, 新华社某市5月6日电 at the start of the prose.
_DATELINE = re.compile(
    r"[【\[(（]?(?P<publisher>(?!本)[\u4e00-\u9fffA-Za-z·]{1,14}?(?:网|报|社|台|新闻|客户端|融媒体?))"
    r"(?:[\u4e00-\u9fff]{2,5})?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:讯|电)(?=[\s(（】\])）:：])"
)
_REPORTERS = re.compile(rf".{{0,30}}?[(（]\s?(?P<names>{_ROLE}[^()（）。]{{2,40}}?)(?:\s?报道)?\s?[)）]")
_COPYRIGHT = re.compile(
    r"(?:版权所有|版权归)\s?[:：]?\s?(?P<after>[\u4e00-\u9fffA-Za-z]{2,24})"
    r"|(?:©|[Cc]opyright|COPYRIGHT)[\s©\d,，.–—-]{0,24}(?P<before>[\u4e00-\u9fff]{2,24}?)\s?(?:版权所有|All|all)"
)
_HOME_OF = re.compile(r"(?P<site>[\u4e00-\u9fff]{1,12}网)首页.*")
_SITE_WORDS = re.compile(r"(?:门户网站|官方网站|政府网站?|数字报|电子版|电子报|多媒体版|文件)$")


def persons(text: str) -> str | None:
    """The names in a statement of authors, without their roles and without who took the pictures.

    >>> persons("本刊记者 秦大远 实习记者 路小满 图/申小强")
    '秦大远、路小满'
    >>> persons("综合科 周小敏")
    '综合科 周小敏'
    >>> persons("周 平")
    '周平'
    >>> persons("图 记者") is None
    True
    """
    text = _TAIL.sub("", _OTHERS.sub("", text)).strip(_SEPARATORS)
    names = [name for piece in _ROLES.split(text) if (name := piece.strip(_SEPARATORS)) and not _POST.search(name)]
    if not names or (len(names) == 1 and names[0] == text and re.fullmatch(_ROLE, text)):
        return None
    return wide_name("、".join(names))


def wide_name(text: str) -> str:
    """A name without the spaces that set its characters apart: 周 平."""
    return text.replace(" ", "") if _WIDE_NAME.fullmatch(text) else text


def is_wide_name(text: str) -> bool:
    """Whether a line is nothing but a name whose characters are set apart."""
    return _WIDE_NAME.fullmatch(text) is not None and text.replace(" ", "") not in _NO_NAMES


def source(value: str) -> tuple[str, str]:
    """A source without its date, and the journalist that it names: 某湃新闻记者 邱大海."""
    value = _WITH_DATE.sub("", value)
    if byline := _BYLINE.search(value):
        rest = value[byline.start("name") :]
        return byline["paper"] or byline["desk"], persons(rest) or byline["name"]
    return value, ""


def dateline(prose: str) -> tuple[str, str]:
    """The publisher and the journalists that the first paragraph begins with, empty where it names none.

    >>> dateline("某某县域网讯（记者 林小遥 通讯员 陈大岸）11月28日，大会开幕。")
    ('某某县域网', '林小遥、陈大岸')
    >>> dateline("本报讯 全县工业增长12%。")
    ('', '')
    """
    start = _DATELINE.match(prose)
    reporters = _REPORTERS.match(prose[:80])
    return start["publisher"] if start else "", (persons(reporters["names"]) or "") if reporters else ""


def byline_names(line: str, name: str) -> str:
    """All names of a byline whose first one is known: 记者 张小微 王大力 | 北京报道."""
    names = [name]
    for part in _NAME_SEPARATORS.split(line[line.index(name) + len(name) :].strip(")） ")):
        if _FURTHER_NAME.fullmatch(part) and not _OTHERS.match(part):
            names.append(part)
        elif part and not re.fullmatch(_ROLE, part):
            break
    return "、".join(dict.fromkeys(names))


def site(text: str) -> str:
    """The site that a piece of furniture names: a notice of rights, the link to its home page, a masthead."""
    if found := _COPYRIGHT.search(text):
        name = found["after"] or found["before"]
        return name if ORGANISATION.fullmatch(name) else ""
    if found := _HOME_OF.fullmatch(text):
        return found["site"]
    return ""


def masthead(text: str) -> str:
    """The office or paper that the head of a page names: 某某县人民政府办公室文件."""
    return _SITE_WORDS.sub("", text)
