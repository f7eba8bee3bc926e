"""The queue: a table of tasks. SQLite's own locks keep two workers from taking the same one."""

import json
import sqlite3
import time

_TABLE = """
create table if not exists task (
    id integer primary key, name text, arguments text, due real, attempts integer default 0, taken real
)
"""
_DUE = "select id, name, arguments, attempts from task where taken is null and due <= ? order by due limit 1"


class Queue:
    """Tasks in the file at `path`; every call is one transaction."""

    def __init__(self, path):
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute(_TABLE)

    def put(self, name, delay=0.0, **arguments):
        """Add a task that is due in `delay` seconds; returns its number."""
        row = (name, json.dumps(arguments), time.time() + delay)
        return self._database.execute("insert into task (name, arguments, due) values (?, ?, ?)", row).lastrowid

    def take(self):
        """The task that is due longest, marked as taken; None if there is none."""
        self._database.execute("begin immediate")
        try:
            row = self._database.execute(_DUE, (time.time(),)).fetchone()
            if row is not None:
                self._database.execute("update task set taken = ? where id = ?", (time.time(), row[0]))
        finally:
            self._database.execute("commit")
        return row

    def retry(self, number, delay):
        """Give a task back; it is due again in `delay` seconds."""
        change = "update task set taken = null, attempts = attempts + 1, due = ? where id = ?"
        self._database.execute(change, (time.time() + delay, number))

    def done(self, number):
        """Forget a task."""
        self._database.execute("delete from task where id = ?", (number,))
