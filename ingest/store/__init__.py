"""The truth of a data folder (存储): reports, facts, findings, conversations and decisions in one database."""

from ingest.store.store import Store
from ingest.store.written import Written, written

__all__ = ["Store", "Written", "written"]
