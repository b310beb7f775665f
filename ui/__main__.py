"""`python -m ui` opens the web page; with words behind it, it is the command `heshu`."""

import sys

from ui.cli import main

if __name__ == "__main__":
    sys.argv[1:] = sys.argv[1:] or ["ui"]
    main()
