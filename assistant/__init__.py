"""What the rest of the world uses of heshu: the Assistant and the few things around it."""

from assistant.check import verify

__all__ = ["verify"]
