"""The layers of a container image as streams, from a folder or from within an archive."""

import gzip
import importlib
import io
from collections.abc import Buffer, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
