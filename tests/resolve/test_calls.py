"""What a line of code can have called, read from its text."""

import time

import pytest

from auditor.resolve.calls import Call, judge_call, statement_at


@pytest.mark.parametrize(
    ("line", "called", "expected"),
    [
        ("execute(self.server.app)", "execute", "named"),
        ("super().handle()", "BaseHandler.handle", "named"),
        ("x = self.process_request_thread(a)", "process request thread", "named"),
        ("println!(x)", "println", "named"),
        ("answer = app(environ, start_response)", "__call__", "named"),
        ("self.RequestHandlerClass(request)", "_init__", "named"),
        ("method()", "run_wsgi", "possible"),
        ("Thread(target=self.run)", "run", "possible"),
        ("return self.url", "url", "possible"),
        ("total = a + b", "__add__", "possible"),
        ("for part in parts:", "stream", "possible"),
        ("with self.lock:", "acquire", "possible"),
        ("import helper", "load", "possible"),
        ("self.close()", "execute", "unlikely"),
        ("self.close()", "__call__", "unlikely"),
        ("if (ready and not done):", "execute", "unlikely"),
        ("count = 1", "execute", "unlikely"),
        ("return", "execute", "unlikely"),
    ],
)
def test_what_a_line_calls(line: str, called: str, expected: Call) -> None:
    assert judge_call(line, [called], lambda name: name == "close") == expected


def test_either_neighbour_may_be_the_one_that_is_called() -> None:
    assert judge_call("run()", ["main", "run"], lambda name: True) == "named"


LINES = ["x = 1", "send(", "    [first,", "     second],", ")", "y = (2)"]


@pytest.mark.parametrize(("line", "first", "last"), [(1, 1, 1), (2, 2, 5), (3, 2, 5), (4, 2, 5), (5, 2, 5), (6, 6, 6)])
def test_brackets_hold_the_lines_of_a_statement_together(line: int, first: int, last: int) -> None:
    assert statement_at(LINES, line) == "\n".join(LINES[first - 1 : last])


def test_a_bracket_that_never_closes_ends_somewhere() -> None:
    assert statement_at(["f(", *["x"] * 1000], 1).count("\n") == 20


@pytest.mark.parametrize("text", ["(" * 100_000, "a(" * 50_000, "a " * 50_000, "a\\!" * 30_000, "_" * 100_000])
def test_hostile_lines_take_no_time(text: str) -> None:
    start = time.perf_counter()
    judge_call(statement_at([text] * 50, 25), ["execute", "__call__"], lambda name: False)
    assert time.perf_counter() - start < 1
