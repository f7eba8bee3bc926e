"""The option that rewrites what the cases expect: `pytest tests/cases --update-cases`, then read the difference."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-cases", action="store_true", help="rewrite the expected results of tests/cases")
