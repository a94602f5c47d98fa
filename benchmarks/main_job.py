"""What the main job costs: start-up, and one article from cold start to four outputs.

    python benchmarks/main_job.py [ARTICLE]

Prints a table: seconds of wall time and peak memory, each the median of a few runs in new processes.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "tests" / "data" / "sample-article.vi.txt"


def measure(arguments: list[str], times: int) -> tuple[float, float]:
    """The median wall time in seconds and the highest peak memory in MB over ``times`` runs."""
    seconds, peaks = [], []
    for _ in range(times):
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "bulletin", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - started)
        peaks.append(_peak(usage))
        if os.waitstatus_to_exitcode(status) != 0:
            assert process.stderr is not None
            raise SystemExit(process.stderr.read().decode())
    return statistics.median(seconds), max(peaks)


def _peak(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Measure and print."""
    article = sys.argv[1] if len(sys.argv) > 1 else str(SAMPLE)
    with tempfile.TemporaryDirectory() as out:
        rows = [
            ("bulletin --help", *measure(["--help"], 5)),
            ("bulletin run, beam 4", *measure(["run", article, "--out", out, "--quiet"], 3)),
            ("bulletin run, greedy", *measure(["run", article, "--out", out, "--quiet", "--beam", "1"], 3)),
        ]
    machine = platform.processor() or platform.machine()
    print(f"{machine}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print("\n| command | seconds | peak MB |\n| --- | --- | --- |")
    for name, seconds, peak in rows:
        print(f"| {name} | {seconds:.2f} | {peak:.0f} |")


if __name__ == "__main__":
    main()
