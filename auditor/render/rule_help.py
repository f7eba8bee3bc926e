"""A rule's documentation, taken apart for the formats that show it beside a finding."""

from dataclasses import dataclass
from functools import cache
from types import ModuleType

from auditor.rules import CATALOGUE

_PARTS = ("What it checks", "Why it matters", "How to fix")  # the parts of every rule's docstring, in this order


@dataclass(frozen=True, slots=True)
class RuleHelp:
    """What `auditor explain` says: `name` is the id as one word, `summary` one sentence, `parts` are (title, text)."""

    id: str
    name: str
    summary: str
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """All of it as plain text."""
        return "\n\n".join([self.summary, *(f"{title}: {text}" for title, text in self.parts)])

    @property
    def markdown(self) -> str:
        """All of it as Markdown."""
        return "\n\n".join([self.summary, *(f"**{title}:** {text}" for title, text in self.parts)])


def help_of(rule: ModuleType) -> RuleHelp:
    """The documentation of a rule's module."""
    paragraphs = [" ".join(part.split()) for part in (rule.__doc__ or "").strip().split("\n\n")]
    parts: list[tuple[str, str]] = []
    for paragraph in paragraphs[1:]:
        title, colon, rest = paragraph.partition(": ")
        if colon and title in _PARTS:
            parts.append((title, rest[:1].upper() + rest[1:]))
        elif parts:  # a part of several paragraphs
            parts[-1] = (parts[-1][0], f"{parts[-1][1]}\n\n{paragraph}")
    return RuleHelp(rule.ID, _one_word(rule.ID), paragraphs[0], tuple(parts))


@cache
def catalogue_help() -> tuple[RuleHelp, ...]:
    """The documentation of every rule, in the order of the catalogue."""
    return tuple(help_of(rule) for rule in CATALOGUE)


@cache
def project_url(label: str) -> str | None:
    """A web address of the project by its label ("Homepage", "Rules") in the package's metadata; None without one."""
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        urls = metadata("auditor").get_all("Project-URL") or []
    except PackageNotFoundError:
        return None
    labelled = dict(url.split(", ", 1) for url in urls if ", " in url)  # as the core metadata write them
    return labelled.get(label)


def _one_word(rule_id: str) -> str:
    return "".join(word.capitalize() for word in rule_id.split("-"))
