"""The command `heshu`: reads arguments, calls one verb of the Assistant, prints. Computes nothing."""

from __future__ import annotations

import sys

from ui import command_answers, command_library, command_page, command_talks, console
from ui.command import app

COMMANDS = (command_library, command_answers, command_talks, command_page)
"""Each adds its commands to the application when it is imported."""


def main() -> None:
    """Entry point: our own errors become one Chinese sentence and exit code 2."""
    try:
        app()
    except KeyboardInterrupt:
        console.error("已停止。已完成的部分都在库里。")
        sys.exit(130)
    except Exception as error:
        from assistant import HeshuError  # not before: --help needs nothing of it

        if not isinstance(error, HeshuError):
            raise
        console.error(str(error))
        sys.exit(2)


if __name__ == "__main__":
    main()
