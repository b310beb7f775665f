"""Files that the page offers for download: each in a folder of its own that nobody can guess."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

_UNSAFE = re.compile(r"[^\w\-（）()]+")


def offered(data: bytes, name: str, form: str) -> str:
    """Writes the bytes where Gradio may take them from; it copies them to its own folder, which it clears."""
    folder = Path(tempfile.mkdtemp(prefix="made-", dir=os.environ.get("GRADIO_TEMP_DIR")))
    if form == "annotated":
        form = "pdf" if data.startswith(b"%PDF-") else "docx"
    path = folder / f"{_UNSAFE.sub('_', name)[:60]}.{form}"
    path.write_bytes(data)
    return str(path)
