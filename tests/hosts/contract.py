"""GitHub's published schemas: whether a request keeps to them, and the rest of an answer that keeps to them."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

DATA = Path(__file__).parent / "data" / "github.json"
_FORMATS = {"date-time": "2026-11-22T12:00:00Z", "uri": "https://example.org/", "email": "a@example.org"}
_PLAIN = {"string": "x", "integer": 1, "number": 1, "boolean": False, "array": [], "null": None}


class Contract:
    """The operations of the cut-down OpenAPI document."""

    def __init__(self) -> None:
        self.document: dict[str, Any] = _document()

    def operation(self, verb: str, path: str) -> "tuple[Operation, str, dict[str, str]] | None":
        """The operation that a request is for, its path with placeholders, and what stands in their places."""
        for template, operations in self.document["paths"].items():
            pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template)
            found = re.fullmatch(pattern, path)
            if found and verb.lower() in operations:
                return Operation(operations[verb.lower()], self.document["components"]), template, found.groupdict()
        return None


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, with the schemas that it refers to."""

    value: dict[str, Any]
    components: dict[str, Any]

    def request_errors(self, body: Any) -> list[str]:
        """What is wrong with a request, in the words of jsonschema."""
        schema = self.value["request"]
        if schema is None:
            return [] if body is None else ["a body where none belongs"]
        return [error.message[:500] for error in self._validator(schema).iter_errors(body)]

    def answer(self, value: Any) -> tuple[int, Any]:
        """The status of success and the value, with all that the schema requires and nobody set."""
        ((status, schema),) = self.value["answers"].items()
        whole = self._filled(schema, value)
        self._validator(schema).validate(whole)
        return int(status), whole

    def _validator(self, schema: dict[str, Any]) -> jsonschema.Draft202012Validator:
        return jsonschema.Draft202012Validator({**schema, "components": self.components})

    def _filled(self, schema: dict[str, Any], value: Any = ...) -> Any:
        """A value of the schema that says as little as the schema allows, and what `value` says."""
        while "$ref" in schema:
            schema = self.components["schemas"][schema["$ref"].rpartition("/")[2]]
        for choice in ("anyOf", "oneOf", "allOf"):
            if choice in schema:
                options = [option for option in schema[choice] if option != {"type": "null"} or value in (..., None)]
                return self._filled(options[0], value)
        if schema.get("type") == "array" and isinstance(value, list):
            return [self._filled(schema["items"], item) for item in value]
        if "properties" in schema and value is not None:
            given = value if isinstance(value, dict) else {}
            names = [*schema.get("required", ()), *given]
            inner = schema["properties"]
            return {name: self._filled(inner.get(name, {}), given.get(name, ...)) for name in dict.fromkeys(names)}
        return value if value is not ... else _least(schema)


def _least(schema: dict[str, Any]) -> Any:
    if "enum" in schema:
        return schema["enum"][0]
    return {} if schema.get("type") == "object" else _FORMATS.get(schema.get("format", ""), _PLAIN[schema["type"]])


@cache
def _document() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(DATA.read_text("utf-8"))
    return loaded
