"""The git blob id, by which a file's content is remembered wherever it lies."""

import hashlib


def blob_id(data: bytes) -> str:
    """The id (SHA-1, 40 hex digits) that git gives a file with this content (git's "Git Objects" chapter)."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
