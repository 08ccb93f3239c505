"""E-mails and web archives (.eml, .mhtml): the one part that holds the page or the message.

Belongs here: choosing that part. Does not belong here: its encoding (`encodings.py`) and its elements
(`pipelines.cleaning`). Attachments are no part of the message; save them as files of their own.
"""

from email import policy
from email.message import Message
from email.parser import BytesParser

from pipelines.reading.encodings import Decoded, Fault, decode
from pipelines.reading.limits import Limits, RefusedError

_KINDS = ("text/html", "text/plain")


def read_mail(data: bytes, limits: Limits) -> Decoded | Fault:
    """The text of a message or of an archived page: HTML if there is any, else plain text."""
    # compat32 takes headers apart only when they are asked for, and does not choke on broken ones.
    message = BytesParser(policy=policy.compat32).parsebytes(data)
    best: Message | None = None
    for number, part in enumerate(message.walk()):
        if number > limits.max_parts:
            raise RefusedError(limits.over("max_parts", f"{number:,} parts or more"))
        kind = part.get_content_type()
        if kind not in _KINDS or part.get_content_disposition() == "attachment":
            continue
        if best is None or _KINDS.index(kind) < _KINDS.index(best.get_content_type()):
            best = part
    payload = best.get_payload(decode=True) if best is not None else None
    if not isinstance(payload, bytes) or not payload.strip():
        reason = "It holds no page and no message, only attachments. Save those as files of their own."
        return Fault("empty_file", reason)
    return decode(payload)
