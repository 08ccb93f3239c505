"""Marks of notes inside of sentences: 常住人口[2]为52.3万人 is read as if the mark were not there.

Here: finding the marks and putting white space in their place, one for one, so that offsets stay. Not here: the notes
themselves, and figures in brackets (〔20.1〕 in the table of a plan, 国发〔2023〕12号, 增长[8]%).
"""

import re

# behind a word, a sign or a closing bracket, never behind a number: 80[400] adds up over the years of a plan
_BEHIND = r"(?<=[\u4e00-\u9fff％%）)”’》])"
_BRACKETED = re.compile(
    rf"{_BEHIND}(?:\[(?:注释?)?\d{{1,2}}\]|［(?:注释?)?\d{{1,2}}］|〔(?:注释?)?\d{{1,2}}〕)(?!\s?(?:[%％号]|第?\d+号))"
)
_RAISED = re.compile(rf"{_BEHIND}(?<![米里])[¹²³⁴-⁹][⁰¹²³⁴-⁹]?")
_CIRCLED = re.compile(rf"{_BEHIND}[①-⑳](?=[\s，。；、为达实完增比（(\d]|$)", re.MULTILINE)
# a list of things to do is numbered so inside of a sentence, before its words; a note stands on a line of its own
_CIRCLED_AT_END = re.compile(rf"{_BEHIND}[①-⑳](?=[，。；、])")
_NOTE = re.compile(r"^\s*(?:注(?:释)?[：:]?\s*)?([①-⑳])", re.MULTILINE)
_SIGNS = re.compile(r"[\[［〔¹²³⁴-⁹①-⑳]")


def without_note_marks(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text with white space for the marks of notes, and where they stood.

    Args:
        text: A text.

    Examples:
        >>> without_note_marks("全县常住人口[2]为52.3万人，增长[8]%")
        ('全县常住人口   为52.3万人，增长[8]%', [(6, 9)])
        >>> without_note_marks("新增床位80[400]张；一是①建成②投用")
        ('新增床位80[400]张；一是①建成②投用', [])
    """
    if not _SIGNS.search(text):
        return text, []
    marks = [found.span() for pattern in (_BRACKETED, _RAISED) for found in pattern.finditer(text)]
    marks += [found.span() for found in _CIRCLED_AT_END.finditer(text)]
    if notes := set(_NOTE.findall(text)):
        marks += [found.span() for found in _CIRCLED.finditer(text) if found[0] in notes]
    for start, end in marks:
        text = text[:start] + " " * (end - start) + text[end:]
    return text, sorted(set(marks))
