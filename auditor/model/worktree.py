"""The repository that the audited documents lie in: other tools know documents by their paths in it."""

import os
import posixpath
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Worktree:
    """A checked out repository, as far as it is known.

    `root` is its top folder and `folder` the one that names of documents are relative to, both absolute; "" where the
    documents lie in no repository. `repository` is the URL of its remote, `commit` the full id that is checked out.
    """

    root: str = ""
    folder: str = ""
    repository: str | None = None
    commit: str | None = None
    branch: str | None = None

    def path_of(self, document: str) -> str | None:
        """The path of a document in the repository, with `/`; None when it lies elsewhere, as standard input does.

        Without a root, names that are relative are taken for such paths.
        """
        if document.startswith("<") or "://" in document or "\0" in document:
            return None
        path = _slashes(document)
        if self.root:
            root = posixpath.normpath(_slashes(self.root)).rstrip("/")
            path = posixpath.normpath(posixpath.join(_slashes(self.folder), path))
            if not path.startswith(f"{root}/"):
                return None
            return path[len(root) + 1 :]
        path = posixpath.normpath(path)
        return None if path.startswith(("/", "../")) or path in (".", "..") or path[1:3] == ":/" else path


UNKNOWN = Worktree()


def _slashes(path: str) -> str:
    return path.replace(os.sep, "/")
