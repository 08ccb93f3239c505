"""The part that a number is for, in words: `{"industry": "装备制造"}` is 产业：装备制造."""

import json

from pipelines.atlas.labels import label


def told(breakdown: str) -> str:
    """A breakdown in words; empty for the whole.

    >>> told('{"industry": "装备制造", "vs": "上年"}'), told("{}")
    ('产业：装备制造；比较对象：上年', '')
    """
    return "；".join(f"{label('Part', key).zh}：{value}" for key, value in json.loads(breakdown).items())
