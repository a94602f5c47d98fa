"""Time the translation memory: import of N units, look-up of one, and the memory that both need.

Run it as ``python benchmarks/memory.py --units 1000000``; the units are made up from set phrases, so
that word pairs are as common and as rare as in the news. It prints what issue measures ask for:
1,000,000 units imported in under 10 minutes, p95 of a look-up under 50 ms, under 500 MB.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path

from bulletin.language.calendar import MONTHS
from bulletin.memory.importing import import_file
from bulletin.memory.search import Memory
from bulletin.memory.store import Store

_TIMES = ("Sáng", "Chiều", "Tối", "Trưa ngày", "Sáng ngày")
_PLACES = ("Hà Nội", "Đà Nẵng", "Huế", "Cần Thơ", "Hải Phòng", "tỉnh Hà Nam", "tỉnh Nghệ An", "tỉnh Cà Mau")
_WHO = ("Thủ tướng Chính phủ", "Chủ tịch nước", "Chủ tịch Quốc hội", "Phó Thủ tướng", "Bộ trưởng Bộ Y tế",
        "Bộ trưởng Bộ Ngoại giao", "Bí thư Tỉnh ủy", "Thứ trưởng Bộ Tài chính")  # fmt: skip
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ")
_GIVEN = ("Văn An", "Thị Bình", "Minh Châu", "Quốc Dũng", "Thanh Hà", "Xuân Khoa", "Hữu Lộc", "Ngọc Mai")
_DID = ("đã tiếp", "đã hội đàm với", "đã gặp mặt", "đã làm việc với", "đã thăm", "đã trao quà cho")
_ONSETS = "b c ch d đ g gi h kh l m n ng nh ph qu r s t th tr v x".split()
_RIMES = (
    "a á ạ ai ám an áng anh áo áp át ay âm ân âu e em ê iên iết inh o oa oàn ó ong ô ôi ơ u ư ương ữu".split()
)


def main() -> None:
    """Make the units, import them, look some up, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=20_000)
    parser.add_argument("--lookups", type=int, default=200)
    parser.add_argument("--memory", default="", help="a PostgreSQL URL or a file to keep")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "units.tmx"
        write_units(path, options.units, options.seed)
        print(f"file: {path.stat().st_size / 2**20:,.0f} MiB of TMX, {options.units:,} units")
        location = options.memory or str(Path(folder) / "memory.sqlite")
        with Store(location) as store:
            wall, cpu = time.perf_counter(), time.process_time()
            result = import_file(store, path, style="vna")
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(f"import: {wall:,.1f} s ({cpu:,.1f} s of CPU), {result.added.added:,} units added")
        if not options.memory:
            print(f"database: {Path(location).stat().st_size / 2**20:,.0f} MiB")
        memory = Memory((Store(location, read_only=True),))
        times = list(look_up(memory, options))
        memory.close()
    for name, values in zip(("wall", "CPU"), zip(*times, strict=True), strict=True):
        ordered = sorted(values)
        p50, p95 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
        print(
            f"look-up ({name}): p50 {p50 * 1000:.1f} ms, p95 {p95 * 1000:.1f} ms, "
            f"worst {ordered[-1] * 1000:.1f} ms"
        )
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def look_up(memory: Memory, options: argparse.Namespace) -> Iterator[tuple[float, float]]:
    """Seconds (wall, CPU) for each look-up; half are sentences of the memory with changes, half are new."""
    known, new = random.Random(options.seed), random.Random(options.seed + 1)
    found = 0
    for number in range(options.lookups):
        source = changed(sentence(known)[0], new) if number % 2 else sentence(new)[0]
        start = time.perf_counter(), time.process_time()
        matches = memory.lookup(source, style="vna")
        yield time.perf_counter() - start[0], time.process_time() - start[1]
        found += bool(matches)
    print(f"found: {found} of {options.lookups}")


def changed(source: str, maker: random.Random) -> str:
    """``source`` with another date and two other words."""
    words = source.split()
    place = next(place for place, word in enumerate(words) if "/" in word)
    words[place] = f"{maker.randint(1, 28)}/{maker.randint(1, 12)},"
    for _ in range(2):
        words[maker.randrange(len(words) - 6, len(words))] = maker.choice(_lexicon())
    return " ".join(words)


def write_units(path: Path, count: int, seed: int) -> None:
    """A TMX file of made-up units."""
    maker = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0"?><tmx version="1.4"><header srclang="vi"/><body>\n')
        for _ in range(count):
            source, target = sentence(maker)
            file.write(
                f'<tu><tuv xml:lang="vi"><seg>{source}</seg></tuv>'
                f'<tuv xml:lang="en"><seg>{target}</seg></tuv></tu>\n'
            )
        file.write("</body></tmx>\n")


def sentence(maker: random.Random) -> tuple[str, str]:
    """One made-up sentence of news, and something that stands for its English."""
    day, month, guests = maker.randint(1, 28), maker.randint(1, 12), maker.randint(2, 900)
    about = maker.choices(_lexicon(), cum_weights=_weights(), k=maker.randint(6, 16))
    source = (
        f"{maker.choice(_TIMES)} {day}/{month}, tại {maker.choice(_PLACES)}, {maker.choice(_WHO)} "
        f"{maker.choice(_FAMILIES)} {maker.choice(_GIVEN)} {maker.choice(_DID)} "
        f"{guests} đại biểu về {' '.join(about)}."
    )
    target = f"On {MONTHS[month - 1]} {day}, {guests} delegates discussed {' '.join(reversed(about))}."
    return source, target


@cache
def _lexicon() -> list[str]:
    """Words of one or two syllables, the most frequent first."""
    maker = random.Random(0)
    syllables = [onset + rime for onset in _ONSETS for rime in _RIMES]
    maker.shuffle(syllables)
    return [
        " ".join(maker.choices(syllables, k=1 if number < 200 else maker.choice((1, 2, 2))))
        for number in range(20000)
    ]


@cache
def _weights() -> list[float]:
    """How often each word comes, summed: by Zipf's law, as in any language."""
    return list(accumulate(1 / (rank + 30) for rank in range(len(_lexicon()))))


if __name__ == "__main__":
    main()
