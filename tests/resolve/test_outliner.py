"""Files are outlined in processes of their own: a hostile one costs its outline and nothing else."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import auditor
from auditor.model import Outline
from auditor.resolve import outliner as module
from auditor.resolve.outliner import Outliner
from auditor.resolve.outlines import OutlineCache
from auditor.symbols import load_outline, outline_source

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux enforces a limit of memory, and has /proc")

PLAIN = b"def f():\n    return 1\n"
# What tree-sitter takes gigabytes for: the path, what is repeated, how many bytes of it.
HOSTILE = [("A.java", b"a<a", 40_000), ("a.c", b"a=>", 16_000), ("A.java", b"a=>", 16_000), ("a.sh", b"a|", 16_000)]
JAVA = b"a<a" * 13_333


@pytest.fixture
def outliner() -> Iterator[Outliner]:
    made = Outliner()
    yield made
    made.close()


def names(data: bytes | None) -> list[str]:
    assert data
    return [symbol.name for symbol in load_outline(data).symbols]


def children() -> list[int]:
    """The ids of this process's children that outline."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_bytes()
        except OSError:  # ended meanwhile
            continue
        if parent == os.getpid() and b"auditor.symbols.child" in command:
            found.append(int(folder.name))
    return found


def peak(process: int | str = "self") -> int:
    """The most memory a process ever held, in MiB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024


def test_the_answer_is_that_of_this_process(outliner: Outliner) -> None:
    path = Path(__file__)
    answer = outliner.outline(path.name, path.read_bytes())
    assert answer
    assert load_outline(answer) == outline_source(path.name, path.read_bytes())
    assert outliner.outline("a.unknown", PLAIN) == b""
    assert outliner.outline("a.py", b"\0") == b""
    assert outliner.outline("a.py", b"") is not None
    assert names(outliner.outline("\udcff ü.py", PLAIN)) == ["f"]


@linux
@pytest.mark.parametrize(("path", "unit", "size"), HOSTILE)
def test_a_hostile_file_has_no_outline(outliner: Outliner, path: str, unit: bytes, size: int) -> None:
    began, before = time.monotonic(), peak()
    assert outliner.outline(path, unit * (size // len(unit))) == b""
    assert time.monotonic() - began < 20
    assert peak() - before < 50
    assert names(outliner.outline("a.py", PLAIN)) == ["f"]


@linux
def test_the_memory_of_a_child_is_bounded() -> None:
    code = (
        "import resource; from auditor.resolve.outliner import Outliner; outliner = Outliner();"
        f"outliner.outline('A.java', {JAVA[:3]!r} * {len(JAVA) // 3}); outliner.close();"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 200 < int(ran.stdout) < 400


@linux
def test_it_leaves_no_core_dump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outliner: Outliner) -> None:
    import resource

    monkeypatch.chdir(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    try:
        assert outliner.outline("A.java", JAVA) == b""
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


def test_large_ordinary_files_are_not_refused(outliner: Outliner) -> None:
    table = b"static const int table[] = {\n" + b"    0x1f, 0x2e,\n" * 60_000 + b"};\n"
    assert names(outliner.outline("a.h", table)) == ["table"]
    functions = b"".join(b"def f%d(a, b):\n    return a[b] + %d\n\n" % (n, n) for n in range(20_000))
    assert len(names(outliner.outline("a.py", functions))) == 20_000


def test_threads_share_a_few_processes(outliner: Outliner) -> None:
    sources = [b"".join(b"def f%d(): pass\n" % n for n in range(size)) for size in range(1, 40)]
    alone = [outline_source("a.py", source) for source in sources]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda source: outliner.outline("a.py", source), sources * 3))
        assert 0 < len(outliner._children) <= min(module.MAX_CHILDREN, os.cpu_count() or 1)
    assert [load_outline(answer or b"") for answer in together] == alone * 3


@linux
def test_a_child_killed_at_rest_is_replaced(outliner: Outliner) -> None:
    assert outliner.outline("a.py", PLAIN)
    (first,) = children()
    os.kill(first, signal.SIGKILL)
    assert names(outliner.outline("a.py", PLAIN)) == ["f"]
    (second,) = children()
    assert second != first


@linux
def test_ctrl_c_does_not_end_a_child(outliner: Outliner) -> None:
    assert outliner.outline("a.py", PLAIN)
    before = children()
    os.kill(before[0], signal.SIGINT)
    assert names(outliner.outline("a.py", PLAIN)) == ["f"]
    assert children() == before


def test_what_takes_too_long_is_ended_and_not_held_against_the_file(
    outliner: Outliner, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert outliner.outline("a.py", PLAIN)
    slow = b"a=1\n" * 1_000_000
    with monkeypatch.context() as patch:
        patch.setattr(module, "MAX_SECONDS", 0.5)
        began = time.monotonic()
        assert outliner.outline("a.py", slow) is None
        assert time.monotonic() - began < 10
    outliner.warning = None  # where starting takes half a second, that is what took too long
    assert names(outliner.outline("a.py", PLAIN)) == ["f"]


@linux
def test_a_file_that_takes_too_much_processor_time_has_no_outline(outliner: Outliner) -> None:
    assert outliner.outline("a.py", PLAIN)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(outliner.outline, "a.py", b"a=1\n" * 1_000_000)
        time.sleep(0.3)
        os.kill(children()[0], signal.SIGXCPU)  # as the system does at the limit
        assert answer.result(timeout=2) == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
def test_processor_time_is_limited() -> None:
    code = "import auditor.symbols.child as child; child.SPARE_SECONDS = 0; child._limit(0)\nwhile True: pass"
    ran = subprocess.run([sys.executable, "-c", code], timeout=30, check=False)
    assert ran.returncode == -signal.SIGXCPU


@linux
def test_no_child_is_left_after_close() -> None:
    outliner = Outliner()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: outliner.outline("a.py", PLAIN), range(8)))
    assert children()
    outliner.close()
    assert children() == []
    assert outliner.outline("a.py", PLAIN) is None
    assert outliner.warning is None
    outliner.close()


@linux
def test_close_ends_what_is_under_way() -> None:
    outliner = Outliner()
    assert outliner.outline("a.py", PLAIN)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(outliner.outline, "a.py", b"a=1\n" * 1_000_000)
        time.sleep(0.3)
        outliner.close()
        assert answer.result(timeout=5) is None
    assert children() == []


@linux
def test_no_child_outlives_a_parent_that_is_killed() -> None:
    code = (
        "import os, signal; from auditor.resolve.outliner import Outliner; outliner = Outliner();"
        "outliner.outline('a.py', b'x = 1'); print(next(iter(outliner._children))._process.pid, flush=True);"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == -signal.SIGKILL
    state = Path(f"/proc/{int(ran.stdout)}/stat")
    for _ in range(100):
        # Where nobody collects orphans one stays listed as ended ("Z").
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] in "ZX":
            break
        time.sleep(0.05)
    else:
        pytest.fail("the child still runs")


@pytest.mark.parametrize("program", ["", "/nowhere/python", shutil.which("false")])
def test_a_process_that_cannot_run_is_a_warning(
    program: str, monkeypatch: pytest.MonkeyPatch, outliner: Outliner
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    assert outliner.outline("a.py", PLAIN) is None
    assert outliner.warning
    assert outliner.warning.startswith("no source file can be outlined")
    assert outliner.outline("a.py", PLAIN) is None


def test_it_runs_from_an_unpacked_package_and_imports_nothing_from_the_current_folder(tmp_path: Path) -> None:
    site, current = tmp_path / "site", tmp_path / "current"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(auditor.__file__).parent, site / "auditor", ignore=ignored)
    current.mkdir()
    for trap in ("struct.py", "json.py", "tree_sitter.py", "auditor.py"):
        (current / trap).write_text("open('caught', 'w')\nraise SystemExit\n")
    code = (
        "import sys; sys.path[0] = sys.argv[1]; import auditor.resolve.outliner as module;"
        "assert module.__file__.startswith(sys.argv[1]), module.__file__;"
        "outliner = module.Outliner(); print(outliner.outline('a.py', b'def f(): pass')); outliner.close()"
    )
    command = [sys.executable, "-c", code, str(site)]
    ran = subprocess.run(command, cwd=current, capture_output=True, text=True, check=False)
    assert ran.stdout.startswith('b\'["python"'), ran.stderr
    assert not (current / "caught").exists()


@linux
def test_the_cache_remembers_that_there_is_no_outline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = OutlineCache(tmp_path / "outlines.sqlite")
    assert cache.outline("1" * 40, "A.java", JAVA) is None
    found = cache.outline("2" * 40, "a.py", PLAIN)
    cache.close()
    assert children() == []

    asked: list[str] = []
    monkeypatch.setattr(Outliner, "outline", lambda self, path, source: asked.append(path))
    again = OutlineCache(tmp_path / "outlines.sqlite")
    assert again.outline("1" * 40, "A.java", JAVA) is None
    assert again.outline("2" * 40, "a.py", PLAIN) == found == outline_source("a.py", PLAIN)
    assert asked == []
    assert again.outline("3" * 40, "a.py", PLAIN) is None
    again.close()
    assert asked == ["a.py"]


@pytest.mark.parametrize("trouble", [None, b"garbage"])
def test_the_cache_does_not_remember_trouble(
    trouble: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "outlines.sqlite"
    with monkeypatch.context() as patch:
        patch.setattr(Outliner, "outline", lambda *_: trouble)
        cache = OutlineCache(path)
        assert cache.outline("1" * 40, "a.py", PLAIN) is None
        cache.close()
    cache = OutlineCache(path)
    assert isinstance(cache.outline("1" * 40, "a.py", PLAIN), Outline)
    cache.close()


def test_a_damaged_entry_is_made_anew(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "outlines.sqlite"
    OutlineCache(path).close()
    database = sqlite3.connect(path)
    with database:
        database.executemany(
            "INSERT INTO outline VALUES (?, 'python', ?)", [("1" * 40, b"[1"), ("2" * 40, "text"), ("3" * 40, 0)]
        )
    database.close()
    cache = OutlineCache(path)
    assert all(cache.outline(digit * 40, "a.py", PLAIN) is not None for digit in "123")
    cache.close()
