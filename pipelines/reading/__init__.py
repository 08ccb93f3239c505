"""Reading: from the bytes of a file to a `RawDocument`, or to a `Refusal` that says what to do.

Belongs here: formats, encodings, limits. Does not belong here: which files there are (`pipelines.inventory`), and what
of the text is content (`pipelines.cleaning`). Nothing here changes a character of a text; binary formats become text in
a process apart.
"""

from pipelines.reading.files import read_documents, read_file
from pipelines.reading.limits import Limits

__all__ = ["Limits", "read_documents", "read_file"]
