"""From a path to a view: `/cups/<size>` becomes a regular expression once, at registration."""

import re

_PLACEHOLDER = re.compile(r"<([a-z_]+)>")


class NotFound(Exception):
    """No rule matches the path."""


class Rule:
    """A pattern, compiled, and the view that it leads to."""

    def __init__(self, pattern, view, methods):
        self.pattern = compile_pattern(pattern)
        self.view = view
        self.methods = frozenset(methods)

    def match(self, path, method):
        """The view's arguments; None if the rule does not apply."""
        if method not in self.methods:
            return None
        found = self.pattern.fullmatch(path)
        return found.groupdict() if found else None


class Router:
    """All rules of an application, in the order of registration."""

    def __init__(self):
        self.rules = []

    def add(self, pattern, view, methods):
        """Register a rule."""
        self.rules.append(Rule(pattern, view, methods))

    def match(self, path, method):
        """The first view that fits, with its arguments. Raises NotFound."""
        for rule in self.rules:
            arguments = rule.match(path, method)
            if arguments is not None:
                return rule.view, arguments
        raise NotFound(path)


def compile_pattern(pattern):
    """`/cups/<size>` as a regular expression with a group for every placeholder."""
    parts = _PLACEHOLDER.split(pattern)
    literals = [re.escape(part) for part in parts[::2]]
    groups = [f"(?P<{name}>[^/]+)" for name in parts[1::2]]
    return re.compile("".join(a + b for a, b in zip(literals, [*groups, ""], strict=True)))
