"""Reading: from the bytes of a file to a `RawDocument`, or to a `Refusal` that says what to do.

Belongs here: formats, encodings, limits. Does not belong here: which files there are (`pipelines.inventory`), and what
of the text is content (`pipelines.cleaning`). Nothing here changes a character of the text.
"""

from pipelines.reading.files import Limits, read_documents, read_file

__all__ = ["Limits", "read_documents", "read_file"]
