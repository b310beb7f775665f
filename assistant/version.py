"""The version of heshu, one place: the installed distribution's own."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("heshu")
except PackageNotFoundError:  # run from a folder that was never installed
    VERSION = "0"
