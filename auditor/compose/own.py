"""The author's own code on the way: its repository at HEAD, as long as what ran is what is committed there."""

from dataclasses import dataclass
from pathlib import Path

from auditor.compose.frames import excerpt_around
from auditor.decode import decode_text
from auditor.errors import DocumentError
from auditor.model.document import Excerpt
from auditor.model.trace import TraceFrame
from auditor.permalinks import Hosts, file_link, parse_repository, render_link
from auditor.shipment import blob_id


@dataclass(frozen=True, slots=True)
class OwnCode:
    """A checkout: `root` is where its files lie, `repository` the address of its origin, `commit` its HEAD."""

    root: Path
    repository: str
    commit: str
    hosts: Hosts

    def excerpt(self, frame: TraceFrame) -> tuple[str, Excerpt] | str:
        """The permalink of the line that ran at HEAD, with the lines around it; else why there is none."""
        from auditor.fetch import committed_blob

        committed = committed_blob(self.root, frame.path)
        if committed is None:
            return f"{frame.path} is not in the last commit of {self.repository}"
        if frame.blob != committed:
            return f"{frame.path} is not as the last commit has it: commit it and record anew"
        try:
            data = (self.root / frame.path).read_bytes()
            lines = decode_text(data, frame.path).text.splitlines()
        except (OSError, DocumentError) as error:
            return str(error)
        if blob_id(data) != committed or not 1 <= frame.line <= len(lines):
            return f"{frame.path} was changed since it was recorded"
        link = file_link(self.repository, self.commit, frame.path, (frame.line, frame.line), self.hosts)
        if link is None:
            return f"how {self.repository} writes links is not known"
        url = render_link(link)
        return url, excerpt_around(lines, frame.line, self.repository, self.commit, frame.path, url)


def own_code(document: Path, hosts: Hosts) -> OwnCode | None:
    """The repository that a document lies in; None without a commit or a known address."""
    from auditor.fetch import own_repository

    found = own_repository(document)
    if found is None:
        return None
    root, commit, url = found
    repository = parse_repository(url, hosts) if url else None
    return OwnCode(root, repository, commit, hosts) if repository and commit else None
