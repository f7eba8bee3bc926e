"""Whole audits in one call: files become a real repository, a report cites it, the pipeline judges.

Nothing is replaced by a double: git fetches from the repository on disk, through the same mirrors a user has.
"""

import atexit
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from githost import GitHost
from upstream import Content, Upstream

from auditor.fetch import FetchSettings, Limits
from auditor.model import Audit, Finding, Judgement, Located, Replacement, Resolution
from auditor.permalinks import DEFAULT
from auditor.pipeline import CheckOptions, check_documents
from auditor.read import Document
from auditor.rules import CATALOGUE

URL = "https://github.com/o/r"
Files = Mapping[str, Content]

_FOLDER = tempfile.TemporaryDirectory(prefix="audits-")
atexit.register(_FOLDER.cleanup)
_ROOT = Path(_FOLDER.name)
_NUMBERS = count()


def project(*commits: Files) -> Upstream:
    """A repository with a commit for each of the mappings, a day apart; equal ones are built once. Do not change it."""
    return _project(tuple(tuple(sorted(files.items())) for files in commits))


@cache
def _project(commits: tuple[tuple[tuple[str, Content], ...], ...]) -> Upstream:
    return changing_project(*map(dict, commits))


def changing_project(*commits: Files) -> Upstream:
    """Like `project`, but for one test alone: it may be given branches, tags and more commits."""
    made = Upstream(_ROOT / f"project-{next(_NUMBERS)}.git")
    for files in commits:
        made.commit(files)
    return made


def audit(files: Files | Iterable[Files], report: str, name: str = "report.md", *, as_of: str | None = None) -> Audit:
    """Audit a report about `https://github.com/o/r`, whose history is `files` (several: a commit each).

    In the report `{sha}` is the last commit, `{short}` its first ten digits, and `{sha1}`, `{sha2}`, … are the
    commits from the first on. The report's `name` tells its format.
    """
    commits = [files] if isinstance(files, Mapping) else list(files)
    return audit_of({URL: project(*commits)}, report, name, as_of=as_of)


def audit_of(
    projects: Mapping[str, Upstream],
    report: str | bytes,
    name: str = "report.md",
    *,
    as_of: str | None = None,
    path: Path | None = None,
    limits: Limits | None = None,
) -> Audit:
    """Audit a report about several repositories, given by their URLs; placeholders are those of the first one.

    A report that is bytes is taken as it is. `path` is where it lies, if its own history shall be looked at.
    """
    data = filled(report, next(iter(projects.values()))).encode() if isinstance(report, str) else report
    mirrors = tuple((url, str(project.path)) for url, project in projects.items())
    settings = FetchSettings(_ROOT / "cache", mirrors, offline=True, limits=limits or Limits())
    return check_documents([Document(name, data, path)], settings, CheckOptions(CATALOGUE, jobs=2, as_of=as_of))


def audit_on(host: GitHost, project: Upstream, report: str, mode: str = "open") -> Audit:
    """Audit a report about a repository on a host that answers for itself, no copy; `{url}` is its address.

    `mode` is how the host behaves.
    """
    url = host.url(project.path.stem, mode)
    hosts = DEFAULT.with_host(urlsplit(url).netloc, "github")
    data = filled(report.replace("{url}", url), project).encode()
    with tempfile.TemporaryDirectory(dir=_ROOT) as cache:
        settings = FetchSettings(Path(cache), limits=Limits(seconds=10))
        return check_documents([Document("report.md", data)], settings, CheckOptions(CATALOGUE, hosts))


def filled(report: str, project: Upstream) -> str:
    """The report with its placeholders replaced by the project's commits."""
    commits = project.git("rev-list", "--first-parent", "--reverse", "main").split()
    for number, commit in enumerate(commits, 1):
        report = report.replace(f"{{sha{number}}}", commit)
    return report.replace("{sha}", commits[-1]).replace("{short}", commits[-1][:10])


def rules_of(audit: Audit) -> list[str]:
    """The ids of the rules that fired, one for each finding."""
    return [finding.rule for finding in audit.findings]


def finding_of(audit: Audit, rule: str) -> Finding:
    """The one finding of a rule."""
    (found,) = [finding for finding in audit.findings if finding.rule == rule]
    return found


def judgement_of(audit: Audit) -> Judgement:
    """The judgement of a report with one citation."""
    (judgement,) = audit.judgements
    return judgement


def resolution_of(audit: Audit) -> Resolution:
    """The resolution of a report with one citation."""
    return judgement_of(audit).resolution


def located_of(audit: Audit) -> Located:
    """Where the one citation of a report leads, as written."""
    target = resolution_of(audit).target
    assert isinstance(target, Located), target
    return target


def replacement_of(audit: Audit) -> Replacement | None:
    """The replacement that the findings about the one citation share."""
    found = {finding.replacement for finding in judgement_of(audit).findings}
    return next(iter(found), None)
