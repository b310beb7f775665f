"""heshu opens no connection: add, ask, verify and review run under an audit of every socket the process touches."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "assistant" / "samples" / "chenghu-edu-2022.docx"

SCRIPT = """
import sys
asked = []
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        asked.append((event, arguments[1:] if event == "socket.connect" else arguments))
sys.addaudithook(watch)
from pathlib import Path
from assistant import Assistant, Settings
with Assistant(Settings(home=Path(sys.argv[1]))) as assistant:
    entry = assistant.add(Path(sys.argv[2]))
    assistant.ask("2022年支出决算数是多少？")
    assistant.verify("2022年支出决算数为74434.38万元。")
    assistant.review(entry["id"])
    assistant.reindex()
sys.exit(repr(asked) if asked else 0)
"""


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)


def test_no_socket_is_opened(tmp_path: Path) -> None:
    """Reading, asking, verifying, reviewing and indexing ask nothing of any network."""
    done = run(SCRIPT, str(tmp_path / "home"), str(SAMPLE))
    assert done.returncode == 0, done.stderr


def test_a_question_on_a_stored_report_loads_no_heavy_library(tmp_path: Path) -> None:
    """The embedded model needs no torch; a cold question stays light."""
    add = "import sys; from pathlib import Path; from assistant import Assistant, Settings\n"
    add += "with Assistant(Settings(home=Path(sys.argv[1]))) as a: a.add(Path(sys.argv[2]))"
    assert run(add, str(tmp_path), str(SAMPLE)).returncode == 0
    ask = "import sys; from pathlib import Path; from assistant import Assistant, Settings\n"
    ask += "with Assistant(Settings(home=Path(sys.argv[1]))) as a: a.ask('支出决算数是多少？')\n"
    ask += "sys.exit(','.join({'torch', 'transformers', 'sklearn', 'gradio', 'chromadb'} & set(sys.modules)) or 0)"
    done = run(ask, str(tmp_path))
    assert done.returncode == 0, done.stderr
