"""A tiny sound registry (the folder ``sample_registry``), and a way to break one row of it."""

from pathlib import Path

SAMPLE = Path(__file__).with_name("sample_registry")
FILES = sorted(path.name for path in SAMPLE.glob("*.csv"))


def write_sample(folder: Path, file: str = "", old: str = "", new: str = "") -> Path:
    """Copy the sample to a folder, with one passage of one file replaced; the passage must be there exactly once."""
    for name in FILES:
        text = (SAMPLE / name).read_text(encoding="utf-8")
        if name == file:
            assert text.count(old) == 1, (file, old)
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
