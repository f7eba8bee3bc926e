"""How fast `auditor` is, as ratios to a floor or a peer that is measured in the same run.

Seconds of one machine say nothing on another, a ratio does. Run `python -m benchmarks` (or `make bench`).
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The git host and the repositories of the tests serve here as well.
sys.path.append(str(ROOT / "tests"))
