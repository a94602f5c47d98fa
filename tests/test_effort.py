import datetime
import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from bulletin.cli.effort import command
from bulletin.drafting.draft import State
from bulletin.drafting.xliff import write_draft
from bulletin.errors import DraftError
from bulletin.scoring.effort import by_week, draft_effort
from bulletin.terminology.occurrence import Occurrence, Status
from drafting_samples import draft, unit


def edited(machine, final, *found):
    occurrences = tuple(
        Occurrence(
            "s", kind, kind, 0, 1, "x", (text,), text, at, at + len(text), "edited", Status.EXACT
        )
        for kind, text in found
        for at in [final.index(text)]
    )  # fmt: skip
    return unit("s", hypothesis=machine, target=final, occurrences=occurrences, state=State.REVIEWED)


@pytest.mark.parametrize(
    ("item", "kinds"),
    [
        (edited("The Assembly met.", "The Assembly met."), {}),
        (edited("The bureau met.", "The Politburo met.", ("title", "Politburo")), {"term": 1}),
        (edited("Tran Bin spoke.", "Tran Binh spoke.", ("name", "Tran Binh")), {"name": 1}),
        (edited("It met on May 5.", "It met on June 6."), {"figure": 2}),
        (edited("two three one", "one two three"), {"order": 1}),
        (edited("He came.", "He came late again."), {"wording": 1, "added": 2}),
        (edited("He surely came.", "He came."), {"removed": 1}),
    ],
)
def test_edits_are_told_apart(item, kinds):
    effort = draft_effort(draft(item))
    assert dict(effort.kinds) == kinds
    assert effort.edits == sum(kinds.values())
    assert effort.hter == pytest.approx(100 * effort.edits / len(item.target.split()))


def test_hter_is_ter_against_the_final_text():
    from sacrebleu.metrics.ter import TER

    items = [
        replace(edited("The cat sat on mat a", "A cat sat on the mat"), id="a"),
        replace(edited("All is well here", "All is well"), id="b"),
    ]
    effort = draft_effort(draft(*items))
    # TER leaves case out; an editor does not
    theirs = TER(case_sensitive=True).corpus_score(
        [item.hypothesis for item in items], [[item.target for item in items]]
    )
    assert effort.hter == pytest.approx(theirs.score)
    assert [part.id for part in effort.parts] == ["a", "b"]


def test_what_has_no_machine_version_or_no_text_is_left_out():
    effort = draft_effort(draft(unit("a", hypothesis=""), unit("b", target="", hypothesis="x"), unit("c")))
    assert (effort.segments, effort.untouched, effort.reviewed, effort.hter) == (1, 1, 0, 0)
    empty = draft_effort(draft())
    assert (empty.segments, empty.hter, empty.chrf) == (0, 0, 0)


def test_weeks_add_up_in_order_and_undated_articles_stand_last():
    item = edited("The bureau met.", "The Politburo met.")
    days = [datetime.date(2026, 1, 16), None, datetime.date(2026, 1, 5), datetime.date(2026, 1, 12)]
    weeks = by_week([draft_effort(draft(item, date=day), {"s": 30_000}) for day in days])
    assert [(week.week, week.segments, week.seconds) for week in weeks] == [
        ("2026-W02", 1, 30),
        ("2026-W03", 2, 60),
        ("", 1, 30),
    ]
    assert weeks[1].hter == pytest.approx(100 / 3)


@pytest.fixture
def paths(tmp_path):
    found = []
    for week, (machine, final) in enumerate(
        [("It bad & <b>.", "It was good & <b>."), ("It was bad.", "It was good.")]
    ):
        path = tmp_path / f"d{week}" / "draft.xlf"
        day = datetime.date(2026, 1, 5) + datetime.timedelta(weeks=week)
        write_draft(draft(edited(machine, final), unit("t"), name=f"article-{week}", date=day), path)
        found.append(str(path))
    return found


def test_the_command_prints_a_table_and_json(paths):
    result = CliRunner().invoke(command, paths)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split() == [
        "article",
        "week",
        "segments",
        "untouched",
        "HTER",
        "chrF++",
        "minutes",
        "edits",
    ]
    assert lines[1].split()[:4] == ["article-0", "2026-W02", "2", "1"]
    assert [line.split()[0] for line in lines[3:]] == ["week", "week", "all"]
    assert "2 of 4 segments are not reviewed" in result.stderr
    values = json.loads(CliRunner().invoke(command, [*paths, "--json"]).stdout)
    assert values["drafts"][0]["parts"][0]["kinds"] == {"added": 1, "wording": 1}
    assert values["total"]["segments"] == 4


def test_the_page_shows_weeks_and_the_most_edited_segments_and_runs_nothing(paths, tmp_path):
    out = tmp_path / "effort.html"
    assert CliRunner().invoke(command, [*paths, "--html", str(out)]).exit_code == 0
    page = out.read_text(encoding="utf-8")
    assert page.count('<svg class="plot"') == 2
    assert "2026-W03" in page
    assert "<ins>was good</ins> &amp; &lt;b&gt;." in page
    assert "<script" not in page


def test_a_file_that_is_no_draft_is_one_clear_error(tmp_path):
    result = CliRunner().invoke(command, [str(tmp_path / "none.xlf")])
    assert isinstance(result.exception, DraftError)
