"""Frames as runtimes, people and text recognition write them; and what must not be taken for one."""

import time

import pytest

from auditor.read.frames import find_frames, find_path_lines

CALL_STACKS = [
    ("run_wsgi, serving.py:335", "run_wsgi", "serving.py", 335),
    (r"run\_wsgi, serving.py:335", "run_wsgi", "serving.py", 335),
    (r"\_\_call\_\_, app.py:2548", "__call__", "app.py", 2548),
    (r"\_init\_\_, socketserver.py:747", "_init__", "socketserver.py", 747),
    ("_init_, x.py:7", "_init_", "x.py", 7),
    ("process request thread, socketserver.py:683", "process_request_thread", "socketserver.py", 683),
    ("Flask.run - app.py 805", "Flask.run", "app.py", 805),
    ("- feed - feedparser.py:176 (line 180 on GitHub)", "feed", "feedparser.py", 176),
    ("`handle`, `server.py:427`", "handle", "server.py", 427),
    ("So it reaches run_wsgi, serving.py:335 and returns.", "run_wsgi", "serving.py", 335),
]

PYTHON = """\
Traceback (most recent call last):
  File "/usr/lib/python3.9/threading.py", line 910, in run
    self._target(*self._args)
  File "app.py", line 3, in <module>
    main()
"""

RUNTIMES = [
    ("    at Foo.bar (/app/lib/router.js:281:22)", "Foo.bar", "/app/lib/router.js", 281),
    ("    at /app/x.js:1:2", "", "/app/x.js", 1),
    ("    at async load (file:///app/y.mjs:10:3)", "load", "/app/y.mjs", 10),
    ("    at Object.<anonymous> (/app/z.js:3:1)", "", "/app/z.js", 3),
    ("    at new Route (/app/r.js:4:1)", "Route", "/app/r.js", 4),
    ("    at Layer.x [as handle] (/app/r.js:4:1)", "Layer.x", "/app/r.js", 4),
    ("\tat org.apache.Foo.bar(Foo.java:123)", "org.apache.Foo.bar", "Foo.java", 123),
    ("\tat java.base/java.lang.Thread.run(Thread.java:829)", "java.lang.Thread.run", "Thread.java", 829),
    ("\tat a.Foo.<init>(Foo.java:5)", "a.Foo", "Foo.java", 5),
    ("\tat a.Foo.lambda$main$0(Foo.java:5)", "a.Foo.main", "Foo.java", 5),
    ("main.(*Server).Serve(0xc000, {0x1})\n\t/src/server.go:45 +0x1b", "main.Server.Serve", "/src/server.go", 45),
    ("net/http.HandlerFunc.ServeHTTP(...)\n\t/go/http.go:9", "http.HandlerFunc.ServeHTTP", "/go/http.go", 9),
    ("main.main.func1()\n\t/src/main.go:7 +0x1", "main.main", "/src/main.go", 7),
    ("created by net/http.(*Server).Serve in goroutine 1\n\t/s.go:3086 +0x5", "http.Server.Serve", "/s.go", 3086),
    ("  12: core::ops::call_once\n             at /rustc/ab/function.rs:250:5", "core.ops.call_once",
     "/rustc/ab/function.rs", 250),
    ("   3: <a::B as C>::run::h0123456789abcdef\n             at ./src/b.rs:7:5", "B.run", "./src/b.rs", 7),
    ("#3  0x0000 in main (argc=1, argv=0x1) at src/main.c:42", "main", "src/main.c", 42),
    ("  * frame #0: 0x01 a.out`main(argc=1) at main.c:42:5", "main", "main.c", 42),
    (r"   at Foo.Bar(String s) in C:\x\Foo.cs:line 12", "Foo.Bar", r"C:\x\Foo.cs", 12),
    ("x.rb:12:in `foo'", "foo", "x.rb", 12),
    ("\tfrom lib/y.rb:3:in 'Foo#bar'", "Foo.bar", "lib/y.rb", 3),
    ("lib/y.rb:3:in `block (2 levels) in baz'", "baz", "lib/y.rb", 3),
    ("#0 /var/www/x.php(12): foo()", "foo", "/var/www/x.php", 12),
    (r"#1 /var/www/x.php(13): App\Foo->bar('x')", "App.Foo.bar", "/var/www/x.php", 13),
]  # fmt: skip

NO_FRAMES = [
    "In the file, app.py:12 shows it",
    "see the file, app.py:12",
    "Also, app.py:12 does so",
    "at 12:30, host.com:8080",
    "the quick brown fox jumps, app.py:12",
    "run, report.pdf:12",
    "run, app.py:0",
    "\t/src/server.go:45 +0x1b",
]

PATH_LINES = [
    ("src/types.py:124-192", "src/types.py", 124, 192),
    ("serving.py:335", "serving.py", 335, None),
    ("src/lib.rs(L159 - L162)", "src/lib.rs", 159, 162),
    ("app.py#L12", "app.py", 12, None),
    ("app.py#L12-L14", "app.py", 12, 14),
    ("path/file.c:12:5", "path/file.c", 12, None),
    ("foo/bar.go, line 77", "foo/bar.go", 77, None),
    ("lines 10-20 of x/y.py", "x/y.py", 10, 20),
    (r"my\_mod/x\_y.py:5", "my_mod/x_y.py", 5, None),
    (r"C:\x\Foo.cs:12", r"C:\x\Foo.cs", 12, None),
    ("docs/README.md:3", "docs/README.md", 3, None),
    ("src/_private.toml:3", "src/_private.toml", 3, None),
    ("src/a.py:9-3", "src/a.py", 9, 3),
]

NO_PATH_LINES = [
    "12:30", "v1.2.3:4", "host.com:8080", "docs.rs:443", "10.0.0.1:80", "README.md:3", "serving.py, line 4", "x.py:0",
    "x.py:3.5", "a@b.py:3", "git@github.com:o/r/x.py:3", "https://github.com/o/r/blob/x/app.py#L12",
    "http://host:8080/a/b.py:3", "github.com/o/r/blob/main/a.py#L3", "//cdn/x.js:4", "1.py:12abc", "paper.pdf:12",
]  # fmt: skip


@pytest.mark.parametrize(("text", "function", "file", "line"), CALL_STACKS + RUNTIMES)
def test_frame(text: str, function: str, file: str, line: int) -> None:
    (frame,) = find_frames(text)
    assert (frame.function, frame.file, frame.line, frame.kind) == (function, file, line, "frame")
    assert str(line) in text[frame.start : frame.end]


@pytest.mark.parametrize("text", NO_FRAMES)
def test_prose_is_no_frame(text: str) -> None:
    assert list(find_frames(text)) == []


def test_python_traceback_skips_the_source_lines() -> None:
    found = [(frame.function, frame.file, frame.line) for frame in find_frames(PYTHON)]
    assert found == [("run", "/usr/lib/python3.9/threading.py", 910), ("", "app.py", 3)]


def test_offsets_count_from_the_base() -> None:
    text = "Stack:\r\nrun_wsgi, serving.py:335\r\nhandle, serving.py:363\r\n"
    frames = list(find_frames(text, base=100))
    assert [text[frame.start - 100 : frame.end - 100] for frame in frames] == [
        "run_wsgi, serving.py:335",
        "handle, serving.py:363",
    ]


def test_long_paragraph_on_one_line_is_searched() -> None:
    text = "word " * 1000 + "then run_wsgi, serving.py:335 is called"
    assert [frame.function for frame in find_frames(text)] == ["run_wsgi"]


@pytest.mark.parametrize(("written", "file", "line", "end_line"), PATH_LINES)
def test_path_line(written: str, file: str, line: int, end_line: int | None) -> None:
    text = f"See `{written}`, and more."
    (mention,) = find_path_lines(text, base=7)
    assert (mention.file, mention.line, mention.end_line, mention.kind) == (file, line, end_line, "path-line")
    assert text[mention.start - 7 : mention.end - 7] == written


@pytest.mark.parametrize("text", NO_PATH_LINES)
def test_no_path_line(text: str) -> None:
    assert list(find_path_lines(f"See {text} here")) == []


@pytest.mark.parametrize(
    "piece",
    ["a.", "a.py:1", "_", "x/", "\\_", "(\n", "a,", "1: a\n", "a ", "#1 a(", "at a(", "at a (:1", ".py:1 ", "::", "a::",
     'File "', "- ", "at a() in :line ", "@", "lines 1 of ", "frame #0: 0x1 a`a(", "a.(*a)", "\n\t", "a.py:1-"],
)  # fmt: skip
@pytest.mark.parametrize("line_length", [990, 100_000])
def test_hostile_text_takes_linear_time(piece: str, line_length: int) -> None:
    line = (piece * line_length)[:line_length]
    text = "\n".join([line] * (100_000 // line_length))
    begun = time.process_time()
    assert sum(1 for _ in find_frames(text)) <= len(text)
    assert sum(1 for _ in find_path_lines(text)) <= len(text)
    assert time.process_time() - begun < 2
