"""Inside the traced program: what is looked for, and the frames that lead to it.

Like `child` and `watch`, this file runs in whatever interpreter (3.8 or newer) and environment the program has, where
`auditor` need not be installed: it imports nothing but the standard library, and little of that.
"""

from __future__ import annotations

import os
import sys
import threading
from itertools import islice
from types import CodeType, FunctionType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import FrameType
    from typing import Any

    Record = dict[str, Any]
    Step = tuple[CodeType, int, int | None, str, str]  # code, last instruction, line, module, thread

_MOST_STEPS = 2000  # of longer paths the middle is left out, and that is said
_MOST_WRAPPERS = 20
_IS_FUNCTION = 0x1  # CO_OPTIMIZED: neither a module nor the body of a class
_RESUMABLE = 0x2A0  # CO_GENERATOR, CO_COROUTINE, CO_ASYNC_GENERATOR
# Python 3.12 runs all but the last within the function around them (PEP 709); here none counts as a function.
_PARTS = frozenset({"<listcomp>", "<dictcomp>", "<setcomp>", "<genexpr>"})
_HERE = os.path.dirname(os.path.abspath(__file__))
_OWN = frozenset(os.path.join(_HERE, name) for name in ("child.py", "recorder.py", "watch.py"))
_STARTED = "_auditor_started"  # on a thread: the path to where it was started


class Recorder:
    """Looks for one target and for the first call of every function of some packages; `write` takes each record.

    `options`: "at" is None, or holds "module" and "name", or "file", "line" and "whole" (the file's path is complete,
    not only its end); "packages" are names of modules; "limit" is how many ways to the target are recorded.
    """

    def __init__(self, options: Mapping[str, Any], write: Callable[[Record], None]) -> None:
        at = options["at"] or {}
        self.write = write
        self.module, self.name = at.get("module", ""), at.get("name", "")
        self.leaf = self.name.rpartition(".")[2]
        self.file, self.line, self.whole = at.get("file", ""), at.get("line", 0), at.get("whole", False)
        self.packages = tuple(options["packages"])
        self.left = options["limit"] if at else 0
        self.lines: set[int] | None = None  # those of the target's file that can run, once it is loaded
        if self.file:
            _lines(_lines.__code__)  # nothing may be imported in the midst of the program's own imports
        self._files: dict[str, bool] = {}
        self._called: dict[int, CodeType] = {}
        self._names: dict[tuple[str, int], str] = {}

    def idle(self) -> bool:
        """Whether all that was asked for has been recorded."""
        return self.left <= 0 and not self.packages

    def entered(self, frame: FrameType) -> bool:
        """A function starts to run. Tells whether its code is of no further interest."""
        code = frame.f_code
        if self.packages:
            self._first_call(frame)
        if self.left <= 0 or not self.leaf:
            return True
        if code.co_name == "<module>" and self.module in module_names(frame.f_globals):
            self._names.update({(one.co_name, one.co_firstlineno): name for one, name in _codes(code)})
        if code.co_name != self.leaf or not code.co_flags & _IS_FUNCTION:
            return True
        if self._is_target(frame) and not _resumes(frame):
            self.hit(frame)
        return self.left <= 0

    def hit(self, frame: FrameType) -> None:
        """The target is reached in this frame."""
        self.left -= 1
        frames = _shown(path_to(frame))
        frames[-1]["positions"] = None  # there the path ends, before anything is called
        self.write({"kind": "stack", "frames": frames, "path": [str(entry) for entry in sys.path]})

    def holds_line(self, code: CodeType) -> bool:
        """Whether the target's line is in this code (not in a function within it)."""
        file = code.co_filename
        if file not in self._files:
            self._files[file] = self._is_file(file)
        if not self._files[file]:
            return False
        self.lines = self.lines or set()
        if code.co_name == "<module>":
            self.lines.update(line for part, _ in _codes(code) for line in _lines(part))
        return self.line in _lines(code)

    def explain(self) -> str:
        """Why the target was not reached, as far as the program's modules tell at its end."""
        file = os.path.basename(self.file)
        if not file:
            return _explain_function(self.module, self.name) if self.leaf else ""
        if self.lines is None:
            return f"no code of {file} was run"
        if self.lines and self.line not in self.lines:
            return f"{file} has no code that runs on line {self.line}"
        return f"line {self.line} of {file} was never reached"

    def _is_file(self, file: str) -> bool:
        here = os.path.realpath(file.replace("\0", ""))  # nothing here may fail: it would in the program
        return here == self.file if self.whole else here.replace(os.sep, "/").endswith("/" + self.file)

    def _first_call(self, frame: FrameType) -> None:
        code = frame.f_code
        if not code.co_flags & _IS_FUNCTION or code.co_name in _PARTS or id(code) in self._called:
            return
        modules = module_names(frame.f_globals)
        if any(module == name or module.startswith(name + ".") for name in self.packages for module in modules):
            self._called[id(code)] = code  # kept alive, so that no other code gets its id
            steps = path_to(frame, 2)
            caller = _raw(steps[0]) if len(steps) > 1 else None
            self.write({"kind": "call", "function": _raw(steps[-1]), "caller": caller})

    def _is_target(self, frame: FrameType) -> bool:
        code = frame.f_code
        if self.module in module_names(frame.f_globals):
            known = self._names.get((code.co_name, code.co_firstlineno), code.co_name)
            name: str = getattr(code, "co_qualname", known)  # since Python 3.11
            if name.replace(".<locals>", "") == self.name:
                return True
        try:
            value = _members(self.module, self.name)[-1]
        except KeyError:
            return False
        return any(known is code for known in _wrapped(value))


def module_names(scope: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the module that a function's globals belong to: what runs as `__main__` has its own, too."""
    name = str(scope.get("__name__"))
    if name != "__main__":
        return (name,)
    spec = scope.get("__spec__")
    file = str(scope.get("__file__", ""))
    if spec is None and not file.endswith(".py"):
        return (name,)  # a console script `flask` is not the module flask
    return (name, str(getattr(spec, "name", "")) if spec else os.path.basename(file)[:-3])


def path_to(frame: FrameType | None, most: int = sys.maxsize) -> list[Step]:
    """The calls that lead to a frame, outermost first; `most` of them at most, from the innermost.

    In a thread, the calls that led to its start come first.
    """
    thread = getattr(threading, "_active", {}).get(threading.get_ident())  # `current_thread` would make one up
    steps: list[Step] = []
    while frame is not None and len(steps) < most:
        if frame.f_code.co_filename not in _OWN:
            module = str(frame.f_globals.get("__name__"))
            steps.append((frame.f_code, frame.f_lasti, frame.f_lineno, module, thread.name if thread else ""))
        frame = frame.f_back
    while steps and steps[-1][3] == "runpy":  # how `python -m` starts a program
        steps.pop()
    steps += reversed(getattr(thread, _STARTED, ())[: most - len(steps)])
    return steps[::-1]


def note_starts(recorder: Recorder) -> None:
    """From now on each thread knows the path to where it was started, until the target is reached."""
    start = threading.Thread.start

    def noting(self: threading.Thread) -> None:
        if recorder.left > 0:
            path = path_to(sys._getframe(1))
            # A timer that always starts the next one would make the path ever longer.
            setattr(self, _STARTED, path if len(path) < _MOST_STEPS else [])
        start(self)

    threading.Thread.start = noting  # type: ignore[method-assign]


def _shown(steps: list[Step]) -> list[Record]:
    """The steps as they are written, with recursion folded."""
    folded: list[tuple[Step, int]] = []
    for step in steps:
        if folded and folded[-1][0] == step:
            folded[-1] = (step, folded[-1][1] + 1)
        else:
            folded.append((step, 0))
    half = _MOST_STEPS // 2
    if len(folded) <= _MOST_STEPS:
        return [_raw(*one) for one in folded]
    return (
        [_raw(*one) for one in folded[:half]]
        + [_raw(*folded[-half], True)]
        + [_raw(*one) for one in folded[1 - half :]]
    )


def _raw(step: Step, repeated: int = 0, gap: bool = False) -> Record:
    code, last, line, module, thread = step
    return {
        "file": code.co_filename,
        "function": getattr(code, "co_qualname", code.co_name),
        "name": code.co_name,
        "first": code.co_firstlineno,
        "line": line or code.co_firstlineno,
        "positions": _positions(code, last),
        "module": module,
        "thread": thread,
        "repeated": repeated,
        "gap": gap,
    }


def _positions(code: CodeType, last: int) -> tuple[int | None, ...] | None:
    """First and last line, first column and the column after the last, in bytes, of what runs (Python 3.11)."""
    positions: Callable[[], Iterator[tuple[int | None, ...]]] | None = getattr(code, "co_positions", None)
    return next(islice(positions(), last // 2, None), None) if positions and last >= 0 else None


def _codes(module: CodeType) -> Iterator[tuple[CodeType, str]]:
    """A module's code and all that is within it, each with its name qualified by dots ("": the module)."""
    rest = [(module, "")]
    while rest:
        code, name = rest.pop()
        yield code, name
        inner = [const for const in code.co_consts if isinstance(const, CodeType)]
        rest += [(one, f"{name}.{one.co_name}".lstrip(".")) for one in inner]


def _lines(code: CodeType) -> set[int]:
    from dis import findlinestarts  # which is loaded already; `co_lines` came with Python 3.10 only

    return {line for _, line in findlinestarts(code) if line}


def _resumes(frame: FrameType) -> bool:
    """Whether a generator or coroutine only goes on, which `sys.setprofile` calls a call, too."""
    code, last = frame.f_code, frame.f_lasti
    if not code.co_flags & _RESUMABLE or last < 0:
        return False
    # Since Python 3.11 the instruction RESUME stands there; its argument is 0 only at the start of the function.
    return not hasattr(code, "co_qualname") or code.co_code[last + 1] & 3 != 0


def _members(module: str, name: str) -> list[Any]:
    """The module's globals and what each part of the name means in the one before, found without running any code.

    Raises KeyError with the parts that were found.
    """
    main = sys.modules["__main__"]
    owner = main if module not in sys.modules and module in module_names(vars(main)) else sys.modules[module]
    found: list[Any] = [getattr(owner, "__dict__", {})]
    for part in name.split("."):
        scope = found[-1] if len(found) == 1 else vars(found[-1]) if isinstance(found[-1], type) else {}
        if part not in scope:
            raise KeyError(found)
        found.append(scope[part])
    return found


def _wrapped(value: Any) -> Iterator[CodeType]:
    """The code of a function and of those that it wraps (`functools.wraps`), outermost first."""
    for _ in range(_MOST_WRAPPERS):
        if type(value) is staticmethod or type(value) is classmethod:
            value = value.__func__
        elif type(value) is property:
            value = value.fget
        elif type(value) is FunctionType:
            yield value.__code__
            value = value.__dict__.get("__wrapped__")
        else:
            return


def _explain_function(module: str, name: str) -> str:
    try:
        found = _members(module, name)
    except KeyError as error:
        return _explain_missing(module, name, error.args[0])
    if isinstance(found[-1], type):
        return f"{module}:{name} is a class; name a function, perhaps {module}:{name}.__init__"
    codes = list(_wrapped(found[-1]))
    if not codes:
        return f"{module}:{name} is not a function written in Python"
    if all(code.co_name != name.rpartition(".")[2] for code in codes):
        return f"{module}:{name} is another name of {codes[-1].co_name}; name that"
    return f"{module}:{name} was never called"


def _explain_missing(module: str, name: str, found: Any) -> str:
    if isinstance(found, str):
        return f"the module {module} was never imported"
    owner, part = found[-1], name.split(".")[len(found) - 1]
    bases = owner.__mro__ if isinstance(owner, type) else ()
    for base in bases:
        if part in vars(base):
            return f"{module}:{name} is inherited; name {base.__module__}:{base.__qualname__}.{part}"
    if isinstance(owner, FunctionType):
        return f"{module}:{name} was never called"
    return f"{module} has no {'.'.join(name.split('.')[: len(found)])}"
