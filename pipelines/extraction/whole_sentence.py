"""A sentence with its tokens: the marks, periods, places and quantities that stand in it.

Here: finding them in one go, so that none takes what is another's. Not here: what is in force around the sentence
(`flow`), and what it says (`binding`).
"""

import re

from pipelines.extraction.blocks import Block, Sentence
from pipelines.extraction.marks import find_marks
from pipelines.extraction.numerals import CHINESE_NUMERAL
from pipelines.extraction.periods import iterate_periods
from pipelines.extraction.places import find_mentions
from pipelines.extraction.quantities import find_quantities
from pipelines.extraction.setting import Setting

# marks that no expression of time reaches into
PARTS = frozenset(("town", "zone", "locality"))
NUMERAL = re.compile(f"[{CHINESE_NUMERAL}\\d]")
SHUT = frozenset(("identifier", "ordinal", "rank", "programme"))


def whole_sentence(text: str, start: int, block: Block, setting: Setting) -> Sentence:
    """A sentence, or a row of a table, with its tokens.

    Args:
        text: Its clean text.
        start: Its offset in the document's clean text.
        block: The block that it stands in.
        setting: What is in force.
    """
    marks = find_marks(text)
    periods = list(iterate_periods(text, setting.clock))
    if marks and periods:
        shut = [(mark.start, mark.end) for mark in marks if mark.kind in SHUT]
        periods = [
            period
            for period in periods
            # 第七次 is an ordinal, 第七次全国人口普查 a year
            if not any(a < period.end and period.start < b and not period.start <= a < b < period.end for a, b in shut)
        ]
    mentions = find_mentions(text, setting.known)
    taken = [(mark.start, mark.end) for mark in marks]
    if periods:
        taken += [(period.start, period.end) for period in periods]
    # 廿三里街道, 三元村: no three miles and no three yuan
    taken += [(one.start, one.end) for one in mentions if one.level in PARTS and NUMERAL.search(one.text)]
    return Sentence(text, start, block, setting, marks, periods, mentions, find_quantities(text, taken))
