"""Making words of documents harmless to look at.

Escaping is the business of the templates (`templating.py`); here are characters that a browser would obey instead of
showing: controls, and marks that turn the direction of the text around.
"""

import re

# C0 and C1 controls but tab and line ends, marks of direction, surrogates (which UTF-8 cannot hold), and the characters
# that are none. Invisible joiners and variation selectors are part of ordinary text and stay.
OBEYED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
BYTE_ORDER_MARK = "\ufeff"
LOOKED_FOR = re.compile(f"{OBEYED.pattern}|[{BYTE_ORDER_MARK}\r]")


def harmless(text: str) -> str:
    r"""The text with such characters replaced by their code in brackets.

    >>> harmless("a\u202eb\x00")
    'a⟨202E⟩b⟨0000⟩'
    >>> harmless("县\t志\n")
    '县\t志\n'
    """
    # Nearly all words are harmless, and a page has tens of thousands.
    if not LOOKED_FOR.search(text):
        return text
    shown = text.replace(BYTE_ORDER_MARK, "").replace("\r\n", "\n").replace("\r", "\n")
    return OBEYED.sub(lambda found: f"⟨{ord(found[0]):04X}⟩", shown)
