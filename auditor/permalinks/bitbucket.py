"""Bitbucket Cloud: `/workspace/repo/src/<rev>/path#lines-10:20`. What `?at=branch` adds for the reader is dropped."""

import re
from urllib.parse import unquote

from auditor.model.permalink import ParsedLink, Permalink, View
from auditor.permalinks.address import Address, join_url, quote_path, quote_segment
from auditor.permalinks.anchors import BITBUCKET, render_lines
from auditor.permalinks.build import build_commit_link, build_file_link

_REPOSITORY = re.compile(r"([A-Za-z0-9_.{}-]{1,100}/[A-Za-z0-9_.{}-]{1,100})(?:/(.*))?", re.DOTALL)
_VIEWS: dict[str, View | None] = {"src": None, "raw": "raw", "annotate": "blame"}
_PAGES = {"blob": "src", "tree": "src", "raw": "raw", "blame": "annotate"}
