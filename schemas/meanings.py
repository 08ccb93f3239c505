"""What the closed words of an observation mean: by column, each word with its meaning.

Belongs here: meanings that several places tell, such as a column's description and `xianzhi explain`. Does not belong
here: the words themselves as types (`vocabulary.py`), or columns (`tables/`).
"""

MEANINGS: dict[str, dict[str, str]] = {
    "place_basis": {
        "named": "named in the sentence",
        "context": "from the context before it",
        "document": "the place that the document is about",
        "unknown": "the text does not let one tell",
    },
    "period_basis": {
        "explicit": "stated in the sentence",
        "relative": "words such as 去年, resolved with the publication date",
        "context": "from a heading or an earlier sentence",
        "inferred": "the latest state as of publication: weak",
        "unknown": "the text does not let one tell",
    },
    "measure": {
        "level": "how much there is",
        "growth": "rate over a period, negative for a decline",
        "change": "increment, or percentage points",
        "share": "part of a whole",
        "multiple": "N倍, 翻番",
        "ratio": "one to another",
    },
    "bound": {
        "exact": "the number itself",
        "approx": "约, 左右, 近",
        "at_least": "以上, 超, 突破",
        "at_most": "以内, 不超过",
        "range": "from value to value_high",
    },
    "nature": {
        "actual": "reached",
        "target": "aimed at: 力争, 到2025年…达",
        "estimate": "expected: 预计",
    },
    "obs_status": {
        "A": "normal",
        "E": "estimated",
        "F": "forecast or target",
        "P": "provisional",
        "Q": "suspect: a plausible range or a cross-check doubts it",
    },
}


def meanings(column: str) -> str:
    """The words of a column with their meanings, as one sentence of its description."""
    return "; ".join(f"{word} ({meaning})" for word, meaning in MEANINGS[column].items()) + "."
