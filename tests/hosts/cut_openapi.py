"""Cuts GitHub's OpenAPI document down to the requests that auditor sends and the answers it reads.

usage: python tests/hosts/cut_openapi.py api.github.com.json tests/hosts/data/github.json

The input is `generated/api.github.com.json` of the npm package @octokit/openapi. What is kept is the schema of each
request body and of each successful answer, with everything they refer to; prose and examples go, and OpenAPI's
`nullable` becomes JSON Schema's "null", so that any validator of JSON Schema reads the result.
"""

import json
import sys
from pathlib import Path
from typing import Any

REPOSITORY = "/repos/{owner}/{repo}"
OPERATIONS = {
    "/user": ("get",),
    REPOSITORY: ("get",),
    f"{REPOSITORY}/check-runs": ("post",),
    f"{REPOSITORY}/check-runs/{{check_run_id}}": ("get", "patch"),
    f"{REPOSITORY}/code-scanning/sarifs": ("post",),
    f"{REPOSITORY}/commits/{{ref}}/check-runs": ("get",),
    f"{REPOSITORY}/issues/comments/{{comment_id}}": ("patch",),
    f"{REPOSITORY}/issues/{{issue_number}}/comments": ("get", "post"),
    f"{REPOSITORY}/pulls/{{pull_number}}/comments": ("get",),
    f"{REPOSITORY}/pulls/{{pull_number}}/files": ("get",),
    f"{REPOSITORY}/pulls/{{pull_number}}/reviews": ("post",),
}
PROSE = frozenset("description example examples externalDocs deprecated title".split())
JSON = "application/json"


def cut(document: dict[str, Any]) -> dict[str, Any]:
    """The part of the document that `OPERATIONS` names."""
    paths = {
        path: {method: operation(document["paths"][path][method]) for method in methods}
        for path, methods in OPERATIONS.items()
    }
    schemas: dict[str, Any] = {}
    collect(paths, document["components"]["schemas"], schemas)
    origin = {key: document["info"][key] for key in ("title", "version", "license")}
    return {"info": origin, "paths": paths, "components": {"schemas": dict(sorted(schemas.items()))}}


def operation(full: dict[str, Any]) -> dict[str, Any]:
    """Of an operation: the schema of its request, and of its answer for each success (None: an answer without)."""
    body = full.get("requestBody", {}).get("content", {}).get(JSON, {}).get("schema")
    answers = {
        status: plain(answer.get("content", {}).get(JSON, {}).get("schema"))
        for status, answer in full["responses"].items()
        if status.startswith("2")
    }
    return {"request": plain(body), "answers": answers}


def collect(node: object, known: dict[str, Any], found: dict[str, Any]) -> None:
    """Put every schema that the node refers to into `found`, and what those refer to."""
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        collect(inner, known, found)
    reference = node.get("$ref") if isinstance(node, dict) else None
    if isinstance(reference, str):
        name = reference.removeprefix("#/components/schemas/")
        if name not in found:
            found[name] = plain(known[name])
            collect(found[name], known, found)


def plain(node: Any) -> Any:
    """A schema of OpenAPI 3.0 as JSON Schema, without prose."""
    if isinstance(node, list):
        return [plain(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    kept = {
        key: {name: plain(inner) for name, inner in value.items()} if key == "properties" else plain(value)
        for key, value in node.items()
        if key not in PROSE and key != "nullable" and not key.startswith("x-")
    }
    return {"anyOf": [{"type": "null"}, kept]} if node.get("nullable") else kept


if __name__ == "__main__":
    whole = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    Path(sys.argv[2]).write_text(json.dumps(cut(whole), separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
