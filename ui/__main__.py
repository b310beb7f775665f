"""`python -m ui` opens the web page."""

from assistant import read_settings
from ui.web import serve

if __name__ == "__main__":
    serve(read_settings(), host="127.0.0.1", port=7860)
