"""Finds stack frames and bare mentions of a line (`src/types.py:124`) in plain text.

A frame says which function ran and where; a path line only says where. Each form below is
what a runtime prints, or what people and text recognition make of a debugger's call stack.
URLs are not looked at here; the caller takes them out first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

# fmt: off
# Extensions that name a program text; with them even a bare `name.ext:12` is a mention.
SOURCE_EXTENSIONS = frozenset({
    "asm", "bash", "bat", "c", "cc", "cjs", "clj", "cljs", "cpp", "cs", "cts", "cu", "cxx", "dart", "ex", "exs",
    "erl", "f90", "fs", "go", "groovy", "h", "hh", "hpp", "hrl", "hs", "hxx", "java", "jl", "js", "jsx", "kt",
    "kts", "lua", "m", "mjs", "ml", "mli", "mm", "move", "mts", "nim", "php", "pl", "pm", "proto", "ps1", "py",
    "pyi", "pyx", "r", "rb", "rs", "s", "scala", "sh", "sol", "sql", "svelte", "swift", "tcl", "ts", "tsx", "v",
    "vb", "vue", "vy", "zig", "zsh",
})
# Other text files of a repository: a mention only together with a directory.
TEXT_EXTENSIONS = frozenset({
    "cfg", "cmake", "conf", "css", "gradle", "hbs", "html", "ini", "json", "json5", "less", "md", "mk", "rst",
    "scss", "toml", "txt", "xml", "yaml", "yml",
})
# Extensions that are top-level domains too, and the ports that then speak for a host (`docs.rs:443`).
_DOMAIN_EXTENSIONS = frozenset({
    "cc", "cs", "js", "md", "ml", "mm", "pl", "pm", "ps", "py", "rs", "sh", "st",
})
# fmt: on
_PORTS = frozenset({22, 80, 443, 3000, 5000, 8000, 8080, 8443})
# No runtime prints a longer line; the bound keeps the time of the patterns for whole lines linear in the text.
_LONGEST_LINE = 1000
_LONGEST_PATH = 300


@dataclass(frozen=True, slots=True)
class FrameText:
    """A frame or a path line as it stands in a text.

    `function` is qualified with dots whatever the language, without the runtime's decoration ("": none is named).
    `line` and `end_line` (None: one line only) are one-based and inclusive, as written, perhaps inverted.
    `start` (inclusive) and `end` (exclusive) are offsets in characters.
    """

    function: str
    file: str
    line: int
    start: int
    end: int
    end_line: int | None = None
    kind: Literal["frame", "path-line"] = "frame"


_MARKUP = r"[ \t>|*+`-]{0,40}(?:\d{1,3}[.)][ \t]{1,4})?[`*]{0,3}"
_IDENTIFIER = r"[A-Za-z_$\\][\w$\\]{0,100}"
_QUALIFIED = rf"{_IDENTIFIER}(?:(?:\.|::|#){_IDENTIFIER}){{0,12}}(?:\(\))?"
_FILE = r"(?P<file>[\w.@+~/\\-]{1,300}\.(?P<extension>[A-Za-z][A-Za-z0-9]{0,6}))"
_LINE = r"(?P<line>\d{1,7})(?!\d)"
_SEPARATOR = r"[`*]{0,3}(?:,[ \t]{0,4}|[ \t]{1,4}[-\u2013\u2014][ \t]{1,4})[`*]{0,3}"
_FRAME_END = r"(?=[`*]{0,3}[ \t]*(?:[.,;]?[ \t]*$|[(:;\u2013\u2014-]|https?://))"

_CALL_STACK = re.compile(
    rf"{_MARKUP}(?P<function>{_QUALIFIED}){_SEPARATOR}{_FILE}(?::[ \t]?|,? line |[ \t]){_LINE}{_FRAME_END}"
)
_SPACED = re.compile(
    rf"{_MARKUP}(?P<function>[a-z_][a-z0-9_]*(?: [a-z0-9_]+){{1,3}}){_SEPARATOR}{_FILE}:{_LINE}[`*]{{0,3}}[ \t]*$"
)
# In the middle of prose only a name that looks like code is taken for the function.
_INLINE = re.compile(rf"(?<![\w.$\\/])(?P<function>(?=[\w$\\]{{0,100}}(?:[_.(]|::)){_QUALIFIED})`?, `?{_FILE}:{_LINE}")
_PYTHON = re.compile(
    r'[ \t>|]*File "(?P<file>[^"<>]{1,300})", line (?P<line>\d{1,7})(?:, in (?P<function>[^\n]{1,200}?))?[ \t]*$'
)
_JAVA = re.compile(
    r"[ \t>|]*at (?P<function>[\w$.<>@/-]{1,300})\((?P<file>[\w$.-]{1,200}\.(?:java|kt|scala|groovy|clj)):"
    r"(?P<line>\d{1,7})\)"
)
_DOTNET = re.compile(
    r"[ \t>|]*at (?P<function>[^()\n]{1,300})\([^\n]*\) in (?P<file>[^\n]{1,300}):line (?P<line>\d{1,7})[ \t]*$"
)
_JAVASCRIPT = re.compile(
    r"[ \t>|]*at (?:async )?(?:new )?(?P<function>[^()\n]{1,200}) \((?:async )?(?P<file>[^()<>\n]{1,300}?)"
    r":(?P<line>\d{1,7})(?::\d{1,7})?\)[ \t]*$"
)
_JAVASCRIPT_BARE = re.compile(
    r"[ \t>|]*at (?:async )?(?P<file>[^()<>\s]{1,300}?):(?P<line>\d{1,7}):\d{1,7}[ \t]*$(?P<function>)"
)
_DEBUGGER = re.compile(
    r"[ \t>|]*#\d{1,5}[ \t]+(?:0x[0-9a-fA-F]+ in )?(?P<function>[^()\n]{1,200}?)[ \t]?\([^\n]*\) at "
    r"(?P<file>[^\s:]{1,300}):(?P<line>\d{1,7})[ \t]*$"
)
_LLDB = re.compile(
    r"[ \t>|*]*frame #\d{1,5}: 0x[0-9a-fA-F]+ [^`\n]{1,200}`(?P<function>[^()\n]{1,200}?)(?:\([^\n]*\))? at "
    r"(?P<file>[^\s:]{1,300}):(?P<line>\d{1,7})(?::\d{1,7})?[ \t]*$"
)
_RUBY = re.compile(
    r"[ \t>|]*(?:from )?(?P<file>[^\s:`']{1,300}\.\w{1,6}):(?P<line>\d{1,7}):in [`'](?P<function>[^'\n]{1,200})'"
)
_PHP = re.compile(r"[ \t>|]*#\d{1,5} (?P<file>[^\s(][^(\n]{0,300})\((?P<line>\d{1,7})\): (?P<function>[^(\n]{1,200})\(")
# Go and Rust print the function on one line and its place on the next.
_GO_FUNCTION = re.compile(
    r"[ \t>|]*(?:created by )?(?P<function>(?:[\w.~%@-]{1,100}/){0,12}[\w.%-]{1,100}"
    r"(?:\.\(\*?\w{1,100}(?:\[[^\]\n]*\])?\))?"
    r"(?:[.·][\w\[\].-]{1,100}){0,12})(?<!\.)(?:\([^\n]*\)| in goroutine \d+)?[ \t]*$"
)
_GO_PLACE = re.compile(r"[ \t>|]+(?P<file>[^\s:][^\n:]{0,300}\.(?:go|s)):(?P<line>\d{1,7})(?: \+0x[0-9a-f]+)?[ \t]*$")
_RUST_FUNCTION = re.compile(r"[ \t>|]*\d{1,5}:[ \t]+(?:0x[0-9a-f]+ - )?(?P<function>[^\s\n][^\n]{0,300})$")
_RUST_PLACE = re.compile(r"[ \t>|]+at (?P<file>[^\s:]{1,300}\.rs):(?P<line>\d{1,7})(?::\d{1,7})?[ \t]*$")

_ONE_LINE = (_PYTHON, _JAVA, _DOTNET, _JAVASCRIPT, _JAVASCRIPT_BARE, _DEBUGGER, _LLDB, _RUBY, _PHP)
_TWO_LINES = ((_GO_FUNCTION, _GO_PLACE), (_RUST_FUNCTION, _RUST_PLACE))

# fmt: off
# Words that prose has before a comma, so that "see the file, app.py:12" names no function.
_PROSE = frozenset({
    "a", "about", "also", "an", "and", "are", "as", "at", "be", "below", "but", "by", "called", "calls", "can",
    "code", "example", "file", "files", "for", "found", "from", "function", "has", "have", "here", "how", "if",
    "in", "is", "it", "its", "line", "lines", "method", "module", "of", "on", "or", "see", "so", "that", "the",
    "then", "there", "this", "to", "used", "was", "we", "where", "which", "with", "you",
})
# fmt: on

# What runtimes put around or in place of a name, in the order of removal.
_DECORATION: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\\([_*$])"), r"\1"),  # Markdown's escapes
    (re.compile(r"\(\)$| \[as [^\]]*\]$|::h[0-9a-f]{16}$|(?:::\{\{?closure\}?\}|\{closure\})+$"), ""),
    (re.compile(r"^(?:block|rescue|ensure)(?: \(\d+ levels\))? in "), ""),  # Ruby
    (re.compile(r"^(?:[\w.~%@-]+/)+"), ""),  # a Go package's or a Java module's path
    (re.compile(r"lambda\$(\w+)\$\d+$"), r"\1"),  # Java
    (re.compile(r"\.<init>$|\.func\d+(?:\.\d+)*$|\[\.\.\.\]"), ""),  # Java constructors, Go closures, Go generics
    (re.compile(r"^<(?:\w+::)*(\w+)[^>]*>(?=::)"), r"\1"),  # Rust: <T as Trait>::method
    (re.compile(r"\(\*?(\w+)[^)]*\)"), r"\1"),  # Go receivers
    (re.compile(r"::|->|#|\\"), "."),
)
# What stands for a name where there is none: `<module>`, `Object.<anonymous>`, `<top (required)>`.
_NAMELESS = re.compile(r"(?:^|\.)<[^<>]{0,100}>$")


def find_frames(text: str, base: int = 0) -> Iterator[FrameText]:
    """Every stack frame of `text` in order; `base` is added to the offsets. Time is linear in the text."""
    previous, previous_start = "", 0
    position = base
    for raw in text.splitlines(keepends=True):
        line = raw.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        short = len(line) <= _LONGEST_LINE
        frame = _over_two_lines(previous, previous_start, line, position) if short else None
        if frame or (short and (frame := _on_one_line(line, position))):
            yield frame
        else:
            yield from _inline(line, position)
        previous, previous_start = (line, position) if short else ("", position)
        position += len(raw)


def _over_two_lines(previous: str, previous_start: int, line: str, start: int) -> FrameText | None:
    for function_form, place_form in _TWO_LINES:
        if (place := place_form.match(line)) and (function := function_form.match(previous)):
            begin = previous_start + function.start("function")
            return _frame(function["function"], place["file"], place["line"], begin, start + place.end("line"))
    return None


def _on_one_line(line: str, start: int) -> FrameText | None:
    for form in _ONE_LINE:
        if match := form.match(line):
            begin = start + min(match.start(group) for group in ("function", "file") if match[group])
            end = start + max(match.end("line"), match.end("function"))
            return _frame(match["function"] or "", match["file"], match["line"], begin, end)
    if match := _CALL_STACK.match(line):
        function = match["function"]
    elif (match := _SPACED.match(line)) and not _PROSE & set(match["function"].split()):
        # Text recognition loses underscores; no identifier holds a space.
        function = match["function"].replace(" ", "_")
    else:
        return None
    return _from_call_stack(match, function, start)


def _inline(line: str, start: int) -> Iterator[FrameText]:
    for match in _INLINE.finditer(line):
        if frame := _from_call_stack(match, match["function"], start):
            yield frame


def _from_call_stack(match: re.Match[str], function: str, start: int) -> FrameText | None:
    if match["extension"].lower() not in SOURCE_EXTENSIONS or function.lower() in _PROSE:
        return None
    return _frame(function, match["file"], match["line"], start + match.start("function"), start + match.end("line"))


def _frame(function: str, file: str, line: str, start: int, end: int) -> FrameText | None:
    file = _unescape(re.sub(r"^(?:file|webpack|webpack-internal)://(?:/(?=[A-Za-z]:))?", "", file))
    if int(line) == 0 or "://" in file:
        return None
    return FrameText(_plain_function(function), file, int(line), start, end)


def _plain_function(function: str) -> str:
    """The name without decoration; "" where the runtime says that there is none (`<module>`, `<anonymous>`)."""
    name = function.strip()
    for pattern, replacement in _DECORATION:
        name = pattern.sub(replacement, name)
    return "" if _NAMELESS.search(name) else name.strip(".")


def _unescape(path: str) -> str:
    return re.sub(r"\\([_*])", r"\1", path)


_TAIL = re.compile(
    r"""\.(?P<extension>[A-Za-z][A-Za-z0-9]{0,6})
    (?P<suffix>
        :L?(?P<l1>\d{1,7})(?:[-\u2013]L?(?P<e1>\d{1,7})|:\d{1,7})?
      | \\?\#L(?P<l2>\d{1,7})(?:-\#?L?(?P<e2>\d{1,7}))?
      | [ ]?\((?:L|lines?[ ])(?P<l3>\d{1,7})(?:[ ]?[-\u2013][ ]?L?(?P<e3>\d{1,7}))?\)
      | `?,?[ ](?:(?:on|at)[ ])?lines?[ ](?P<l4>\d{1,7})(?:[ ]?(?:[-\u2013]|to|and)[ ]?(?P<e4>\d{1,7}))?
    )(?![\w]|[.:-]\d)""",
    re.VERBOSE,
)
_LEADING = re.compile(
    r"\b[Ll]ines?[ ](?P<line>\d{1,7})(?:[ ]?(?:[-\u2013]|to|and|through)[ ]?(?P<end>\d{1,7}))?"
    r"[ ](?:of|in|from)[ ][`\"']?"
    r"(?P<file>[\w.+~/\\-]{1,300}/[\w.+~-]{1,100}\.(?P<extension>[A-Za-z][A-Za-z0-9]{0,6}))(?![\w/])"
)
_PATH_CHARACTERS = re.compile(r"[\w.+~/\\@$-]*")
_DRIVE = re.compile(r"(?<!\w)[A-Za-z]:[\\/](?!/)")
# What may stand directly before a path that is the rest of a URL or of `git@host:owner/name`.
_ADDRESS = re.compile(r"(?:://|@)\S{0,200}$|^[\w-]+(?:\.[\w-]+)+:$")


def find_path_lines(text: str, base: int = 0) -> Iterator[FrameText]:
    """Every path with a line in `text`, in order; `base` is added to the offsets. Time is linear in the text.

    Frames are found again here (`serving.py:335`); the caller drops what lies within one. A file
    without a directory counts only as `name.ext:12` or `name.ext#L12`, and only if its extension is in
    `SOURCE_EXTENSIONS`; with a directory, `TEXT_EXTENSIONS` count too.
    """
    found = [*_leading(text, base), *_trailing(text, base)]
    end = -1
    for mention in sorted(found, key=lambda item: item.start):
        if mention.start >= end:
            yield mention
            end = mention.end


def _trailing(text: str, base: int) -> Iterator[FrameText]:
    floor = 0
    for match in _TAIL.finditer(text):
        start = _path_start(text, match.start(), floor)
        floor = match.end()
        path, suffix = text[start : match.end("extension")], match["suffix"]
        line = match["l1"] or match["l2"] or match["l3"] or match["l4"]
        end_line = match["e1"] or match["e2"] or match["e3"] or match["e4"]
        if _is_url(text, start, path) or not _is_source(path, match["extension"], suffix, int(line)):
            continue
        yield FrameText("", _unescape(path), int(line), base + start, base + match.end(),
                        int(end_line) if end_line else None, "path-line")  # fmt: skip


def _leading(text: str, base: int) -> Iterator[FrameText]:
    for match in _LEADING.finditer(text):
        extension = match["extension"].lower()
        if int(match["line"]) and extension in SOURCE_EXTENSIONS | TEXT_EXTENSIONS and "//" not in match["file"]:
            end_line = int(match["end"]) if match["end"] else None
            yield FrameText("", _unescape(match["file"]), int(match["line"]), base + match.start(), base + match.end(),
                            end_line, "path-line")  # fmt: skip


def _path_start(text: str, end: int, floor: int) -> int:
    backwards = text[max(floor, end - _LONGEST_PATH) : end][::-1]
    path = _PATH_CHARACTERS.match(backwards)
    start = end - (path.end() if path else 0)
    return start - 2 if start - 2 >= floor and _DRIVE.match(text, start - 2) else start


def _is_url(text: str, start: int, path: str) -> bool:
    if "//" in path or "/blob/" in path or path.startswith(("@", "www.")):
        return True
    before = text[max(0, start - _LONGEST_PATH) : start]
    return bool(before) and not before[-1].isspace() and bool(_ADDRESS.search(before.split()[-1]))


def _is_source(path: str, extension: str, suffix: str, line: int) -> bool:
    extension, stem = extension.lower(), path.rpartition("/")[2].rpartition("\\")[2].rpartition(".")[0]
    if line == 0 or not stem.strip("."):
        return False
    if re.search(r"/|\\(?![_*])", path):
        return extension in SOURCE_EXTENSIONS or extension in TEXT_EXTENSIONS
    if suffix[0] not in ":#\\" or extension not in SOURCE_EXTENSIONS or "@" in path:
        return False
    return not (extension in _DOMAIN_EXTENSIONS and line in _PORTS and stem in {"docs", "crates", "get", "localhost"})
