"""Inside the traced program: starts it as Python itself would, with a recorder at work.

Run as `python [FLAGS] child.py OPTIONS [ARGUMENTS]`; OPTIONS is a JSON object with those of `Recorder`, and "kind"
("script", "module" or "code"), "name" (which one) and "records" (the file to write to). `sys.argv`, `sys.path` and
`__main__` are then as they would be without this file. `sys.orig_argv` is not: a program that starts itself anew by it,
as the reloader of Werkzeug 2.3 and newer does, stays recorded.

Each record is one line of JSON that is written at once: what was seen survives a kill, and a forked process adds to the
same file. Kinds: "start" (facts about the interpreter), "stack", "call", "end" (why the target was not reached, and
whether there were other processes),
"refused" (nothing was run).
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import resource
import sys
from types import ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any


def main() -> None:
    """Start the program that the arguments name; returns when it ends, or raises what it raises."""
    options = json.loads(sys.argv[1])
    kind, name = options["kind"], options["name"]
    _restore_arguments(kind, name)
    write = _writer(options["records"])
    recorder, watch = _beside("recorder"), _beside("watch")
    looking = recorder.Recorder(options, write)
    write(facts())
    before = _children()
    atexit.register(lambda: write({"kind": "end", "why": looking.explain(), "others": _children() > before}))
    own = sys.modules["__main__"]  # kept, for its globals are in use
    sys.modules["__main__"] = program = ModuleType("__main__")
    vars(program).update(__annotations__={}, __builtins__=vars(own)["__builtins__"])
    recorder.note_starts(looking)
    try:
        watch.watch(looking)
    except watch.CannotWatch as error:
        write({"kind": "refused", "why": str(error)})
        sys.exit(2)
    _run_shown(kind, name, program)


def _restore_arguments(kind: str, name: str) -> None:
    arguments = sys.argv[2:]
    sys.argv[:] = [{"script": name, "module": "-m", "code": "-c"}[kind], *arguments]
    if _puts_folder_first():
        sys.path[0] = {"script": os.path.dirname(os.path.realpath(name)), "module": os.getcwd(), "code": ""}[kind]


def _puts_folder_first() -> bool:
    """Whether Python has put this file's folder first in `sys.path`, as it would the program's."""
    return not (getattr(sys.flags, "safe_path", False) or sys.flags.isolated)


def _beside(name: str) -> Any:
    """A module of this folder, loaded without a trace: it is in no `sys.modules`, and no bytecode is kept."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{name}.py")
    module = ModuleType(f"_auditor_{name}")
    vars(module)["__file__"] = path
    with open(path, encoding="utf-8") as file:
        exec(compile(file.read(), path, "exec"), vars(module))
    return module


def _writer(path: str) -> Callable[[dict[str, Any]], None]:
    opened, written, closed = os.open, os.write, os.close  # the program may replace them

    def write(record: dict[str, Any]) -> None:
        data = json.dumps(record).encode() + b"\n"
        with contextlib.suppress(OSError):  # then the recording is over, and the program none the worse for it
            file = opened(path, os.O_WRONLY | os.O_APPEND)
            try:
                written(file, data)
            finally:
                closed(file)

    return write


def _children() -> int:
    """A number that grows with each process that was started and has ended: the pages of memory that they asked for."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_minflt


def facts() -> dict[str, Any]:
    """The first record: which interpreter this is, and where it finds modules."""
    return {
        "kind": "start",
        "version": sys.version.split()[0],
        "library": os.path.dirname(os.path.abspath(os.__file__)),
        "folder": os.getcwd(),
        "path": [str(entry) for entry in sys.path],
    }


def _run_shown(kind: str, name: str, program: ModuleType) -> None:
    """Run the program; the traceback of what it does not catch begins with its own frames."""
    try:
        _run(kind, name, program)
    except SystemExit:
        raise
    except BaseException as error:
        own = _trimmed(error.__traceback__)
        sys.excepthook(type(error), error.with_traceback(own), own)
        sys.exit(130 if isinstance(error, KeyboardInterrupt) else 1)


def _run(kind: str, name: str, program: ModuleType) -> None:
    if kind == "module":
        _run_module(name, True)
    elif kind == "code":
        vars(program).update(__loader__=None)
        exec(compile(name, "<string>", "exec", dont_inherit=True), vars(program))
    elif os.path.isdir(name) or _is_archive(name):
        if _puts_folder_first():
            sys.path.pop(0)
        sys.path.insert(0, os.path.join(os.getcwd(), name))
        _run_module("__main__", False)
    else:
        _run_script(name, program)


def _run_module(name: str, sets_argument: bool) -> None:
    import runpy

    runpy._run_module_as_main(name, sets_argument)  # type: ignore[attr-defined] # what Python itself calls


def _run_script(name: str, program: ModuleType) -> None:
    from importlib.machinery import SourceFileLoader

    file = os.path.abspath(name) if sys.version_info >= (3, 9) else name
    vars(program).update(__file__=file, __cached__=None, __loader__=SourceFileLoader("__main__", file))
    with open(file, "rb") as opened:
        code = compile(opened.read(), file, "exec", dont_inherit=True)
    exec(code, vars(program))


def _is_archive(name: str) -> bool:
    import pkgutil

    return pkgutil.get_importer(name) is not None


def _trimmed(traceback: TracebackType | None) -> TracebackType | None:
    while traceback and traceback.tb_frame.f_globals.get("__name__") == "_auditor_child":
        traceback = traceback.tb_next
    return traceback


if __name__ == "__main__":
    vars(sys.modules["__main__"])["__name__"] = "_auditor_child"
    main()
