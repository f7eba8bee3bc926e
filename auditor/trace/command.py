"""A command line that runs a Python program, taken apart: which interpreter, with which flags, runs what."""

import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from auditor.errors import UsageError

_INTERPRETER = re.compile(r"(?:python|pypy)[\d.]*w?t?(?:\.exe)?")
_SUFFIXES = (".py", ".pyw", ".pyz")
_WITH_VALUE = "WX"  # `python --help`: these flags take a value, the same or the next word
# These print something, wait for a person, or skip the first line of what Python is given.
_REFUSED = {"h": "prints help", "V": "prints a version", "i": "waits for a person", "x": "skips a line", "?": "help"}
# How pip starts a script whose interpreter's path is too long, or holds a space, for a first line of its own.
_LONG_FIRST_LINE = re.compile(r"""'''exec' "?(?P<path>[^"\n]{1,4000}?)"? "\$0" "\$@\"""")


@dataclass(frozen=True, slots=True)
class Invocation:
    """`name` is the path of the script, the module's name or the code; `arguments` are the program's own."""

    interpreter: str
    flags: tuple[str, ...]
    kind: Literal["script", "module", "code"]
    name: str
    arguments: tuple[str, ...]


def read_command(command: Sequence[str], default: str) -> Invocation:
    """Take a command apart: `python …`, a script, `-m module`, or a console script.

    `default` is the interpreter for a command that names none; a console script is looked for beside it, then on the
    search path. Raises UsageError where no Python program is named.
    """
    if not command or not command[0]:
        raise UsageError("no program is named; write its command after --")
    first, rest = command[0], tuple(command[1:])
    if first.startswith("-"):
        return _after_interpreter(default, tuple(command))
    if _INTERPRETER.fullmatch(os.path.basename(first)):
        return _after_interpreter(_program(first), rest)
    if os.sep not in first and not first.endswith(_SUFFIXES):
        path = shutil.which(first, path=os.path.dirname(default)) or shutil.which(first) or first
    else:
        path = _script(first)
    interpreter = _interpreter_of(path)
    if interpreter or path.endswith(_SUFFIXES) or (os.path.exists(path) and not _executable(path)):
        return Invocation(interpreter or default, (), "script", _script(path), rest)
    if not os.path.exists(path):
        raise UsageError(f"{first}: no such program or file")
    raise UsageError(f"{first} is not a Python program; write the command that starts Python itself")


def _after_interpreter(interpreter: str, words: tuple[str, ...]) -> Invocation:
    index = 0
    while index < len(words) and words[index].startswith("-") and words[index] != "-":
        word = words[index]
        index += 1
        if word == "--":
            break
        if word.startswith("--"):
            if word != "--check-hash-based-pycs":
                raise UsageError(f"with {word} Python runs no program")
            index += 1
            continue
        for place, letter in enumerate(word[1:], 2):
            if letter in _REFUSED:
                raise UsageError(f"a program cannot be traced with -{letter}: {_REFUSED[letter]}")
            if letter in "cm":
                return _module_or_code(interpreter, words, index, letter, place)
            if letter in _WITH_VALUE:
                index += place == len(word)
                break
    if index >= len(words) or words[index] == "-":
        raise UsageError("no program is named; a trace needs a script, -m MODULE or -c CODE")
    return Invocation(interpreter, words[:index], "script", _script(words[index]), words[index + 1 :])


def _module_or_code(interpreter: str, words: tuple[str, ...], index: int, letter: str, place: int) -> Invocation:
    """`index` is that of the word after the one in which, before `place`, stands `-c` or `-m`."""
    word = words[index - 1]
    value, rest = (
        (word[place:], words[index:]) if word[place:] else ("".join(words[index : index + 1]), words[index + 1 :])
    )
    if not value:
        raise UsageError(f"-{letter} names no program")
    flags = words[: index - 1] + ((word[: place - 1],) if place > 2 else ())
    return Invocation(interpreter, flags, "module" if letter == "m" else "code", value, rest)


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise UsageError(f"{name}: no such program or file")
    return path


def _executable(path: str) -> bool:
    return os.access(path, os.X_OK) and not os.path.isdir(path)


def _script(path: str) -> str:
    if not os.path.exists(path):
        raise UsageError(f"{path}: no such file")
    if os.path.isdir(path) and not os.path.isfile(os.path.join(path, "__main__.py")):
        raise UsageError(f"{path}: a folder without a __main__.py is no program")
    if path.endswith(".pyc"):
        raise UsageError(f"{path}: compiled code alone cannot be traced; name its source")
    return path


def _interpreter_of(path: str) -> str | None:
    """The Python that a script's first line names by its full path or for the search path; None: it names none."""
    try:
        with open(path, "rb") as file:
            lines = file.read(5000).decode("utf-8", "replace").split("\n")
    except OSError:
        return None
    if not lines[0].startswith("#!"):
        return None
    words = lines[0][2:].split()
    if words and os.path.basename(words[0]) == "env":
        words = [word for word in words[1:] if not word.startswith("-") and "=" not in word]
    elif (
        words and os.path.basename(words[0]) == "sh" and len(lines) > 1 and (match := _LONG_FIRST_LINE.match(lines[1]))
    ):
        words = [match["path"]]
    if not words or not _INTERPRETER.fullmatch(os.path.basename(words[0])):
        return None
    return shutil.which(words[0])
