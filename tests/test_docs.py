"""What the documentation says is what the program does."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import auditor
from auditor.rules import CATALOGUE

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: str(rule.ID))
def test_a_rule_says_what_why_and_how(rule: object) -> None:
    text = rule.__doc__ or ""
    assert text.strip().splitlines()[0].endswith(".")
    for part in ("What it checks:", "Why it matters:", "How to fix:"):
        assert part in text


def test_the_public_names_are_complete_and_sorted() -> None:
    assert auditor.__all__ == sorted(auditor.__all__)
    for name in auditor.__all__:
        assert getattr(auditor, name) is not None
    with pytest.raises(AttributeError):
        _ = auditor.nothing


COMMANDS = "check licenses obligations notices report trace templates baseline publish init".split()


def test_the_readme_names_only_options_that_exist() -> None:
    help_text = "".join(
        subprocess.run(
            [sys.executable, "-m", "auditor", command, "--help"], capture_output=True, text=True, check=True
        ).stdout
        for command in COMMANDS
    )
    for page in ("README.md", "docs/interface.md"):
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", (ROOT / page).read_text("utf-8")):
            assert option in help_text, f"{page} names {option}"


@pytest.mark.parametrize("page", [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob(".github/*.md")], ids=str)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_changelog_has_a_place_for_the_next_release() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
