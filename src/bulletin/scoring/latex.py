"""The table of systems for a paper."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin.scoring.evaluate import Evaluation
from bulletin.scoring.metrics import LOWER_IS_BETTER

_SPECIAL = str.maketrans(
    {
        "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}",
    }
)  # fmt: skip


def dump_latex(evaluations: Sequence[Evaluation], *, significant: float = 0.05) -> str:
    """A ``tabular`` (booktabs) of all systems; the best of each column is bold.

    A dagger marks a difference to the baseline with p below ``significant`` by paired approximate
    randomisation. The signatures stand below as comments.
    """
    first = evaluations[0]
    titles = [
        f"{escape(metric.name)} $\\{'downarrow' if metric.key in LOWER_IS_BETTER else 'uparrow'}$"
        for metric in first.scores.metrics
    ]
    if first.terms is not None:
        titles.append("Terms $\\uparrow$")
    lines = [
        f"\\begin{{tabular}}{{l{'r' * len(titles)}}}",
        "\\toprule",
        " & ".join(["System", *titles]) + " \\\\",
        "\\midrule",
    ]
    best = _best(evaluations)
    for each in evaluations:
        cells = [escape(each.name)]
        for place, metric in enumerate(each.scores.metrics):
            text = f"{metric.value:.1f}"
            if len(evaluations) > 1 and metric.value == best[place]:
                text = f"\\textbf{{{text}}}"
            if each.intervals:
                text += f" {{\\small $\\pm$ {each.intervals[place].half:.1f}}}"
            if each.comparisons and each.comparisons[place].p_randomisation < significant:
                text += "\\textsuperscript{\\dag}"
            cells.append(text)
        if first.terms is not None:
            rate = each.terms.rate if each.terms else None
            cells.append("--" if rate is None else f"{rate:.1f}")
        lines.append(" & ".join(cells) + " \\\\")
    lines += ["\\bottomrule", "\\end{tabular}"]
    lines += [f"% {metric.name}: {metric.signature}" for metric in first.scores.metrics]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """``text`` with the characters that LaTeX would take for commands made harmless."""
    return " ".join(text.split()).translate(_SPECIAL)


def _best(evaluations: Sequence[Evaluation]) -> list[float]:
    columns = zip(*(each.scores.metrics for each in evaluations), strict=True)
    return [
        (min if column[0].key in LOWER_IS_BETTER else max)(metric.value for metric in column)
        for column in columns
    ]
