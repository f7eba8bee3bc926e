"""The cache of repositories: a readable folder for each, a lock on it, and what to do when it cannot be written."""

import contextlib
import hashlib
import logging
import os
import re
import shutil
import tempfile
import threading
import time
import weakref
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from auditor.errors import EnvironmentTrouble, FetchError
from auditor.fetch.bare import Bare
from auditor.fetch.config import user_settings
from auditor.fetch.environment import SERVING, Setting
from auditor.fetch.history import History
from auditor.fetch.mirrors import Address, locate, mirror_of
from auditor.fetch.objects import Objects
from auditor.fetch.remote import Remote
from auditor.fetch.repository import Repository
from auditor.fetch.settings import FetchSettings

_LOG = logging.getLogger(__name__)


class Store:
    """Repositories by their URL; processes and threads may share one cache, threads one store.

    `root` is the folder in use: the cache, or a temporary one if that cannot be written, as
    `warning` then says. `cancelled` ends every running git command once it is set.
    """

    def __init__(self, settings: FetchSettings, cancelled: threading.Event | None = None) -> None:
        self._settings = settings
        self._cancelled = cancelled
        self._finalizer: weakref.finalize[..., Store] | None = None
        self.warning: str | None = None
        self.root = settings.cache.expanduser().absolute()
        try:
            self._prepare()
        except OSError as error:
            self.root = Path(tempfile.mkdtemp(prefix="auditor-"))
            self._finalizer = weakref.finalize(self, shutil.rmtree, self.root, ignore_errors=True)
            self.warning = f"the cache {settings.cache} cannot be written ({error.strerror}); nothing is kept"
            self._prepare()

    @contextlib.contextmanager
    def repository(self, url: str) -> Iterator[Repository]:
        """The repository at a URL, locked against other processes and threads until the end.

        Raises `FetchError` "refused" or "not-found" for an address that cannot be fetched from,
        "timeout" if another process keeps the lock too long.
        """
        address = locate(url, self._settings.mirrors)
        folder = self._folder(address)
        with self._locked(folder):
            opened = self._open(address, folder, mirrored=self.is_mirrored(url))
            try:
                yield opened
            finally:
                opened.close()

    def is_mirrored(self, url: str) -> bool:
        """Whether a repository is fetched from elsewhere than its URL."""
        return mirror_of(url, self._settings.mirrors) is not None

    def close(self) -> None:
        """Remove the temporary folder, if there is one."""
        if self._finalizer is not None:
            self._finalizer()

    def _open(self, address: Address, folder: Path, *, mirrored: bool) -> Repository:
        limits = self._settings.limits
        remote = Remote(
            address,
            settings=() if address.local else self._user_settings,
            config_file=self._config_file,
            note=folder / "moved-to",
            seconds=limits.seconds,
            offline=self._settings.offline,
            cancelled=self._cancelled,
        )
        objects = Objects(Bare(folder / "objects.git", limits.seconds, self._cancelled), remote, limits)
        history = History(Bare(folder / "history.git", limits.seconds, self._cancelled), remote, limits)
        return Repository(remote, objects, history, mirrored=mirrored)

    @cached_property
    def _user_settings(self) -> tuple[Setting, ...]:
        return user_settings(self.root)

    @property
    def _config_file(self) -> Path:
        return self.root / "gitconfig"

    def _prepare(self) -> None:
        """Make the cache's folder and git's configuration in it; raises `OSError` if that cannot be."""
        (self.root / "git").mkdir(parents=True, exist_ok=True)
        if not os.access(self.root / "git", os.W_OK):
            raise PermissionError(None, "Permission denied")
        with contextlib.suppress(OSError):
            if self._config_file.read_text("utf-8") == SERVING:
                return
        with tempfile.NamedTemporaryFile("w", dir=self.root, delete=False) as file:
            file.write(SERVING)
        os.replace(file.name, self._config_file)

    def _folder(self, address: Address) -> Path:
        """The repository's folder in the cache, made if need be."""
        place = Path("git", *cache_parts(address.key))
        folder = self.root / place
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EnvironmentTrouble(f"the cache {self.root} cannot be written: {error.strerror}") from error
        if self.warning:
            for name in ("objects.git", "history.git"):
                _borrow(self._settings.cache / place / name, folder / name)
        return folder

    @contextlib.contextmanager
    def _locked(self, folder: Path) -> Iterator[None]:
        """Hold the folder's lock; says whom we wait for, and gives up in the end."""
        from filelock import FileLock, Timeout

        lock = FileLock(folder / "lock")
        holder = folder / "lock-holder"
        end = time.monotonic() + self._settings.limits.lock_seconds
        told = False
        while True:
            try:
                lock.acquire(timeout=0.2)
                break
            except Timeout:
                if self._cancelled is not None and self._cancelled.is_set():
                    raise FetchError("timeout", "cancelled while waiting for another process") from None
                if time.monotonic() > end:
                    raise FetchError("timeout", f"{_who(holder)} keeps {folder.name} locked") from None
                if not told:
                    _LOG.warning("waiting for %s, which works on %s", _who(holder), folder.name)
                    told = True
        try:
            with contextlib.suppress(OSError):
                holder.write_text(str(os.getpid()), "utf-8")
            yield
        finally:
            lock.release()


def cache_parts(key: tuple[str, str]) -> tuple[str, ...]:
    """Readable folder names for (host, path) that any file system takes; a digest keeps different keys apart."""
    host, path = key
    digest = hashlib.sha256(f"{host}\n{path}".encode("utf-8", "surrogateescape")).hexdigest()[:10]
    parts = [part for part in re.split(r"[/\\]", path) if part][-3:] or ["root"]
    *above, name = [re.sub(r"[^A-Za-z0-9._-]", "_", part).strip(".")[:60] or "_" for part in [host, *parts]]
    return (*above, f"{name}-{digest}")


def _who(holder: Path) -> str:
    with contextlib.suppress(OSError):
        if (number := holder.read_text("utf-8").strip()).isdecimal():
            return f"process {number}"
    return "another process"


def _borrow(source: Path, target: Path) -> None:
    """A writable repository that reads the objects of one that cannot be written."""
    if (source / "objects").is_dir() and not target.exists():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("objects"))
        (target / "objects" / "info").mkdir(parents=True)
        (target / "objects" / "pack").mkdir()
        (target / "objects" / "info" / "alternates").write_text(f"{(source / 'objects').absolute()}\n", "utf-8")
