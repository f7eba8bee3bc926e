"""Runs one command and prints its seconds, the most memory it held and its exit code as JSON.

    python stopwatch.py OUTPUT COMMAND [ARGUMENT ...]

A process of its own, because Linux counts what a parent held at the time of the fork as memory of the child:
measured from a program that keeps a corpus in memory, every command would look as large as that program.
The command reads this process's standard input and writes to the file OUTPUT.
"""

import json
import os
import sys
import time

MAC = 1 << 20  # bytes; elsewhere ru_maxrss counts kibibytes (getrusage(2))
OTHER = 1 << 10


def main() -> None:
    """Run, wait, tell."""
    output, *command = sys.argv[1:]
    actions = [(os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)]
    begin = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - begin
    megabytes = usage.ru_maxrss / (MAC if sys.platform == "darwin" else OTHER)
    print(json.dumps({"seconds": seconds, "megabytes": megabytes, "code": os.waitstatus_to_exitcode(status)}))


if __name__ == "__main__":
    main()
