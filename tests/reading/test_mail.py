from email.message import EmailMessage

import pytest

from pipelines.reading.encodings import Decoded, Fault
from pipelines.reading.limits import Limits, RefusedError
from pipelines.reading.mail import read_mail
from tests.reading.texts import SIMPLIFIED

PAGE = f"<html><body><p>{SIMPLIFIED}</p></body></html>"


def message(plain: str = "", page: str = "", attached: bytes = b"") -> EmailMessage:
    found = EmailMessage()
    found["Subject"] = "统计公报"
    found.set_content(plain)
    if page:
        found.add_alternative(page, subtype="html")
    if attached:
        found.add_attachment(attached, "text", "plain", filename="a.txt")
    return found


def read(data: bytes, limits: Limits | None = None) -> Decoded | Fault:
    return read_mail(data, limits or Limits())


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("transfer", ["base64", "quoted-printable", "8bit"])
def test_the_text_of_a_message_is_read_in_any_encoding(encoding: str, transfer: str) -> None:
    found = EmailMessage()
    found.set_content(SIMPLIFIED, charset=encoding, cte=transfer)
    decoded = read(found.as_bytes())
    assert isinstance(decoded, Decoded)
    assert decoded.text.replace("\r", "") == SIMPLIFIED
    assert decoded.encoding == encoding


def test_the_page_is_preferred_and_attachments_are_no_part_of_it() -> None:
    decoded = read(message("纯文本", PAGE, "附件里的文字".encode()).as_bytes())
    assert isinstance(decoded, Decoded)
    assert decoded.text.strip() == PAGE


def test_a_message_of_attachments_only_is_refused() -> None:
    found = EmailMessage()
    found.add_attachment(b"%PDF-1.7", "application", "pdf", filename="a.pdf")
    fault = read(found.as_bytes())
    assert isinstance(fault, Fault)
    assert (fault.rule, "attachments" in fault.reason) == ("empty_file", True)


def test_messages_inside_of_messages_are_bounded() -> None:
    found = message("文字")
    for _ in range(9):
        outer = EmailMessage()
        outer.add_attachment(found)
        found = outer
    with pytest.raises(RefusedError) as raised:
        read(found.as_bytes(), Limits(max_parts=9))
    assert raised.value.fault.rule == "too_many_parts"
