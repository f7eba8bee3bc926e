"""A task queue on one SQLite file."""

from kettle.queue import Queue
from kettle.worker import Worker

__all__ = ["Queue", "Worker"]
