"""Clauses × artifacts: the state of every clause that asks something, where it asks it."""

from dataclasses import replace

from sample_report import entry, shipping

from auditor.model.manifest import Waiver
from auditor.model.obligation import Obligation, WaivedFinding
from auditor.render.matrix import matrix_of


def cells() -> dict[tuple[str, str], tuple[str | None, ...]]:
    matrix = matrix_of(shipping())
    return {(block.name, row.name): row.states for block in matrix.blocks for row in block.rows}


def test_each_artifact_is_a_column_and_what_none_shows_the_last() -> None:
    sections = matrix_of(shipping()).sections
    names = [section.artifact.name if section.artifact else None for section in sections]
    assert names == ["dist/tearoom-1.4.0-py3-none-any.whl", "dist/tearoom-1.4.0.tar.gz", None]


def test_states_stand_where_a_clause_asks_something() -> None:
    assert cells() == {
        ("teapot 2.1.0", "clause 1"): (None, "fulfilled", None),
        ("teapot 2.1.0", "clause 2"): ("fulfilled", None, None),
        ("teapot 2.1.0", "clause 3"): (None, None, "fulfilled"),
        ("kettle 0.9.3", "permission notice condition"): ("violated", "fulfilled", None),
        ("saucer 3.0.1", "its licence"): ("unexamined", "unexamined", None),
    }


def test_a_block_names_the_licence() -> None:
    assert [block.licenses for block in matrix_of(shipping()).blocks] == ["BSD-3-Clause", "MIT", "unknown"]


def test_what_is_waived_is_told_as_waived() -> None:
    judged = shipping()
    waiver = Waiver("notice-missing", "kettle", "on the box", "Ada", None, entry(50))
    changed = tuple(
        replace(one, findings=(), waived=tuple(WaivedFinding(finding, waiver) for finding in one.findings))
        if isinstance(one.subject, Obligation) and one.subject.verdict == "violated" else one
        for one in judged.judgements
    )  # fmt: skip
    matrix = matrix_of(replace(judged, judgements=changed))
    assert [row.states for block in matrix.blocks if block.name == "kettle 0.9.3" for row in block.rows] == [
        ("waived", "fulfilled", None)
    ]


def test_without_obligations_it_is_empty() -> None:
    assert matrix_of(replace(shipping(), judgements=())).blocks == ()
