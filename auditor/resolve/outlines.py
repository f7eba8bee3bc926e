"""Outlines kept by blob id: a file's definitions depend on nothing but its bytes and the grammar.

One SQLite file holds them for all repositories. It is a cache: whatever is wrong with
it, it is thrown away, and an audit without it is only slower. A file without an outline,
even one that no process survived, is kept as empty bytes, so that it is not tried again.
"""

import contextlib
import sqlite3
import threading
from pathlib import Path

from auditor.model import Outline
from auditor.resolve.outliner import Outliner
from auditor.symbols import language_of, load_outline, signature

_SCHEMA = """CREATE TABLE IF NOT EXISTS outline (
    blob TEXT, language TEXT, data BLOB, PRIMARY KEY (blob, language)
) WITHOUT ROWID"""
_PENDING = 200


class OutlineCache:
    """Outlines by blob id, shared by the threads of a run. `path` None keeps nothing."""

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.Lock()
        self._pending: list[tuple[str, str, bytes]] = []
        self._database = _open(path) if path else None
        self._outliner = Outliner()

    @property
    def warning(self) -> str | None:
        """Why nothing could be outlined, if so; known once it was tried."""
        return self._outliner.warning

    def outline(self, blob: str, path: str, source: bytes) -> Outline | None:
        """The outline of a blob, from the cache or made now in a process of its own.

        None when no grammar knows the language, or when the file took out of all proportion (see `Outliner`).
        """
        first_line = source[:200].split(b"\n", 1)[0].decode("utf-8", "replace")
        language = language_of(path, first_line)
        if language is None:
            return None
        kept = self._get(blob, language)
        if kept is not None:
            with contextlib.suppress(ValueError):  # a damaged one is made anew
                return _loaded(kept)
        made = self._outliner.outline(path, source)
        if made is None:
            return None
        try:
            outline = _loaded(made)
        except ValueError:
            return None
        self._put(blob, language, made)
        return outline

    def close(self) -> None:
        """End what is under way and write what is pending. A disk that is full costs the cache only."""
        self._outliner.close()
        with self._lock:
            self._flush()
            if self._database is not None:
                self._database.close()
                self._database = None

    def _get(self, blob: str, language: str) -> bytes | None:
        with self._lock:
            if self._database is None:
                return None
            try:
                row = self._database.execute(
                    "SELECT data FROM outline WHERE blob = ? AND language = ?", (blob, language)
                ).fetchone()
            except sqlite3.Error:
                self._database = None
                return None
        return row[0] if row and isinstance(row[0], bytes) else None

    def _put(self, blob: str, language: str, data: bytes) -> None:
        with self._lock:
            if self._database is None:
                return
            self._pending.append((blob, language, data))
            if len(self._pending) >= _PENDING:
                self._flush()

    def _flush(self) -> None:
        if self._database is None or not self._pending:
            return
        try:
            with self._database:
                self._database.executemany("INSERT OR REPLACE INTO outline VALUES (?, ?, ?)", self._pending)
        except sqlite3.Error:
            self._database = None
        self._pending.clear()


def _loaded(data: bytes) -> Outline | None:
    return load_outline(data) if data else None


def _open(path: Path) -> sqlite3.Connection | None:
    for attempt in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(path, timeout=5, check_same_thread=False, isolation_level=None)
            _prepare(database)
        except (sqlite3.Error, OSError):
            if attempt:
                return None
            try:
                path.unlink(missing_ok=True)
            except OSError:
                return None
        else:
            return database
    return None


def _prepare(database: sqlite3.Connection) -> None:
    """Drop what other grammars made: the file's user_version is a digest of their signature."""
    import zlib

    version = zlib.crc32(signature().encode()) & 0x7FFFFFFF
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=OFF")
    if database.execute("PRAGMA user_version").fetchone()[0] != version:
        database.execute("DROP TABLE IF EXISTS outline")
        database.execute(f"PRAGMA user_version={version}")
    database.execute(_SCHEMA)
