"""Organizations that no cue and no list tells of: under a name that proves itself, or by what is said of a firm.

Here: the relation of such names and the firms beside them in a list. Not here: finding them (`mentions`, `firms`).
"""

import re
from collections.abc import Iterator

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.facts import Span
from pipelines.extraction.organizations.firms import firms
from pipelines.extraction.organizations.mentions import mentioned
from pipelines.extraction.organizations.names import QUOTES
from pipelines.extraction.organizations.plain import neighbours
from pipelines.extraction.organizations.statements import Named

# parties of an agreement are where they come from
AGREEMENT = re.compile(r"签订|签署|签约|合作|协议|共建|对接|联合|联盟")


def elsewhere(sentence: Sentence) -> Iterator[Named]:
    """Organizations that a sentence names without saying why in so many words.

    Args:
        sentence: The sentence.
    """
    for span, sort in mentioned(sentence):
        relation = "located" if _is_here(sentence, span, sort) else "other"
        yield _named(sentence, span, relation, "full-name")
        if sort == "firm":
            for other in neighbours(sentence, span):
                yield _named(sentence, other, relation, "beside-full-name")
    for span in firms(sentence):
        yield _named(sentence, span, "other" if _agreed(sentence) else "located", "firm-by-deed")


def _agreed(sentence: Sentence) -> bool:
    return AGREEMENT.search(sentence.text) is not None


def _is_here(sentence: Sentence, span: Span, sort: str) -> bool:
    """Whether it can be taken to be at the place that the text is about."""
    if sort == "park":
        return True
    if sort == "firm":
        return not _agreed(sentence)
    return any(
        span[0] <= mention.start < span[1] and mention.level not in ("country", "group", "province")
        for mention in sentence.mentions
    )


def _named(sentence: Sentence, span: Span, relation: str, rule: str) -> Named:
    return Named(sentence.text[slice(*span)].strip(QUOTES), relation, span, (0, 0), rule, span[0], span[0])
