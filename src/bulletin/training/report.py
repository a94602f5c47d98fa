"""The log of a run: a table (TSV and Markdown) and a plot (SVG) of its loss and chrF."""

from __future__ import annotations

from pathlib import Path

from bulletin.files import write_atomic

TABLE = "log.tsv"


def append_row(folder: Path, row: dict[str, float | int]) -> None:
    """Add a row to the run's table; rows after its step (from before a kill) are dropped."""
    rows = [old for old in read_rows(folder) if old["step"] < row["step"]] + [row]
    columns = list(dict.fromkeys(key for one in rows for key in one))
    lines = ["\t".join(columns)]
    lines += ["\t".join(_shown(one.get(key)) for key in columns) for one in rows]
    write_atomic(folder / TABLE, "\n".join(lines) + "\n")


def read_rows(folder: Path) -> list[dict[str, float | int]]:
    """Return the rows of a run's table (none if there is no table yet)."""
    path = folder / TABLE
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    columns = lines[0].split("\t")
    return [
        {key: float(value) for key, value in zip(columns, line.split("\t"), strict=True) if value}
        for line in lines[1:]
    ]


def _shown(value: float | int | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else f"{value:.6g}"


def write_report(folder: Path) -> None:
    """Write ``log.md`` and ``log.svg`` from the table."""
    rows = read_rows(folder)
    if not rows:
        return
    columns = list(dict.fromkeys(key for row in rows for key in row))
    lines = ["| " + " | ".join(columns) + " |", "| " + " | ".join("---" for _ in columns) + " |"]
    lines += ["| " + " | ".join(_shown(row.get(key)) for key in columns) + " |" for row in rows]
    write_atomic(folder / "log.md", "\n".join(lines) + "\n")
    write_atomic(folder / "log.svg", plot(rows))


_COLOURS = {"loss": "#1f5fa8", "dev_loss": "#b3541e", "chrf": "#2b7a3d", "general_chrf": "#7a4fa3"}


def plot(rows: list[dict[str, float | int]]) -> str:
    """Return an SVG of losses (left axis) and chrF (right axis) by step."""
    width, height, edge = 760, 360, 56
    series = {key: [(row["step"], row[key]) for row in rows if key in row] for key in _COLOURS}
    series = {key: points for key, points in series.items() if points}
    last = max((row["step"] for row in rows), default=1) or 1
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="12"><rect width="{width}" height="{height}" fill="#fff"/>'
        f'<path d="M{edge} 20V{height - edge}H{width - edge}V20" fill="none" stroke="#888"/>'
    ]
    for side, keys in (("left", ("loss", "dev_loss")), ("right", ("chrf", "general_chrf"))):
        values = [value for key in keys for _, value in series.get(key, [])]
        if not values:
            continue
        low, high = min(values), max(values)
        room = (high - low) or 1.0
        for mark in (low, (low + high) / 2, high):
            y = _height(mark, low, room, height, edge)
            x, anchor = (edge - 6, "end") if side == "left" else (width - edge + 6, "start")
            parts.append(f'<text x="{x}" y="{y + 4:.1f}" text-anchor="{anchor}">{mark:.2f}</text>')
        for key in keys:
            points = " ".join(
                f"{edge + step / last * (width - 2 * edge):.1f},{_height(value, low, room, height, edge):.1f}"
                for step, value in series.get(key, [])
            )
            if points:
                parts.append(
                    f'<polyline points="{points}" fill="none" stroke="{_COLOURS[key]}" stroke-width="2"/>'
                )
    for place, key in enumerate(series):
        x = edge + 10 + place * 130
        parts.append(f'<text x="{x}" y="{height - 14}" fill="{_COLOURS[key]}">{key.replace("_", " ")}</text>')
    parts.append(
        f'<text x="{width - edge}" y="{height - edge + 18}" text-anchor="end">step {last:g}</text></svg>'
    )
    return "".join(parts) + "\n"


def _height(value: float, low: float, room: float, height: int, edge: int) -> float:
    return height - edge - (value - low) / room * (height - edge - 20)
