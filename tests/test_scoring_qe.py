import json
import random
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.article import BlockKind
from bulletin.cli.score import command
from bulletin.drafting.draft import State
from bulletin.drafting.xliff import write_draft
from bulletin.errors import ScoringError
from bulletin.scoring.calibrate import (
    Sample,
    auc,
    cross_validate,
    fit,
    found_first,
    measure_risks,
    pearson,
    spearman,
)  # fmt: skip
from bulletin.scoring.qe import (
    FOUND_WRONG,
    builtin_calibration,
    dump_calibration,
    estimate,
    note_on,
    parse_calibration,
    worst_first,
)  # fmt: skip
from bulletin.scoring.signals import SIGNALS, Signals, measure
from bulletin.terminology.occurrence import Occurrence, Status
from drafting_samples import SIGNATURE, draft, units
from drafting_samples import unit as plain_unit

SOURCE = "Sáng 16/1, Quốc hội đã thông qua nghị quyết về phát triển kinh tế trong 5 năm tới."
ENGLISH = (
    "On the morning of January 16, the National Assembly adopted a resolution on developing the economy"
    " in the next 5 years."
)


def unit(id="b1.s1", source=SOURCE, target=ENGLISH, score=-0.6, **more):
    return plain_unit(id, source, target, score=score, **more)


def risk_of(*items):
    return estimate(draft(*items))[0]


def term(status):
    return Occurrence(
        "b1.s1", "quoc-hoi", "institution", 11, 19, "Quốc hội", ("National Assembly",), "", -1, -1, "", status
    )


def test_an_unsure_model_raises_the_risk_and_is_told():
    risks = [risk_of(unit(score=score)).risk for score in (-0.2, -0.8, -1.5, -2.5)]
    assert risks == sorted(risks)
    assert risks[-1] > risks[0] + 0.2
    assert "the model is unsure (mean log-probability -2.50)" in risk_of(unit(score=-2.5)).reasons
    assert risk_of(unit(score=-0.2)).reasons == ()


def test_half_a_sentence_is_riskier_than_the_whole():
    half = risk_of(unit(target="On the morning of January 16."))
    assert half.risk > risk_of(unit()).risk
    assert any("the English is short" in reason for reason in half.reasons)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (unit(target=ENGLISH.replace("5", "7")), "the figure '5' is not in the English"),
        (unit(target=ENGLISH.replace("16", "17")), "the date '16/1' is not in the English"),
        (unit(occurrences=(term(Status.MISSING),)), "the institution 'National Assembly' is missing"),
        (
            unit(source="Bà Nguyễn Thị Hoa phát biểu.", target="Mrs. Hoa spoke."),
            "the name 'Nguyen Thi Hoa' is not in the English",
        ),
        (
            unit(target=ENGLISH + " in the next 5 years" * 4),
            "the English repeats itself (46 % of its runs of three words)",
        ),
        (unit(target=ENGLISH + " nghị quyết"), "Vietnamese is left: 'nghị quyết'"),
    ],
)
def test_what_is_wrong_is_told_and_never_ranks_low(item, reason):
    found = risk_of(item)
    assert reason in found.reasons
    assert found.risk >= FOUND_WRONG > risk_of(unit()).risk


def test_terms_as_the_house_accepts_them_are_no_reason():
    item = unit(occurrences=(term(Status.EXACT), term(Status.ACCEPTED)))
    assert risk_of(item) == risk_of(unit())


def test_a_figure_that_another_segment_of_the_block_tells_is_no_reason():
    first = unit("b1.s1", "Có 35 người dự.", "People attended.")
    second = unit("b1.s2", "Họ vui.", "All 35 were glad.")
    assert [each.facts for each in measure([first, second])] == [(), ()]
    apart = measure([first, replace(second, block=1)])
    assert all(each.facts for each in apart)


def test_no_english_is_the_highest_risk_and_a_byline_or_a_made_headline_has_none():
    items = (
        unit("headline", "", "A headline"),
        unit("b1.s1"),
        unit("b1.s2", target=" ", state=State.INITIAL),
        unit("b2.s1", "Nguyễn Văn An", "Nguyen Van An", kind=BlockKind.BYLINE),
    )
    risks = estimate(draft(*items))
    assert [risk.segment for risk in risks] == ["b1.s1", "b1.s2"]
    assert risks[1].risk == 1
    assert [risk.segment for risk in worst_first(risks)] == ["b1.s2", "b1.s1"]
    assert estimate(draft()) == ()


def test_a_segment_without_a_score_is_taken_as_average():
    mean = builtin_calibration().weights["unsure"].mean
    assert risk_of(unit(score=None)).risk == pytest.approx(risk_of(unit(score=-mean)).risk, abs=1e-4)


@settings(max_examples=60, deadline=None)
@given(st.lists(units, max_size=4))
def test_any_draft_has_risks_between_0_and_1(items):
    for risk in estimate(draft(*items)):
        assert 0 <= risk.risk <= 1
        assert all(isinstance(reason, str) and reason for reason in risk.reasons)


def test_the_builtin_calibration_reads_back_and_never_counts_a_fault_as_a_merit():
    calibration = builtin_calibration()
    assert parse_calibration(dump_calibration(calibration), "x") == calibration
    assert all(weight.weight >= 0 for weight in calibration.weights.values())
    assert calibration.weights["unsure"].weight > 0
    assert calibration.measured[0].name == "all"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"format": 1, "weights": {}}',
        b'{"format": 99}',
        b"null",
    ],
)
def test_a_damaged_calibration_is_one_line(data):
    with pytest.raises(ScoringError, match=r"^x\.json: .*benchmarks/qe\.py"):
        parse_calibration(data, "x.json")


def test_a_calibration_with_no_scale_is_refused():
    values = json.loads(dump_calibration(builtin_calibration()))
    for bad in (0, float("nan")):
        values["weights"]["size"]["scale"] = bad
        with pytest.raises(ScoringError, match="must be"):
            parse_calibration(json.dumps(values).encode(), "x.json")


def test_another_model_is_one_note():
    calibration = builtin_calibration()
    other = draft(unit())
    assert "a1b2" in note_on(other) and calibration.revision in note_on(other)
    assert "\n" not in note_on(other)
    same = draft(unit(), signature=replace(SIGNATURE, revision=calibration.revision))
    assert note_on(same) == ""


def made_up(count=200, noise=6.0, seed=1):
    """Segments whose chrF++ falls as the model is less sure, and with nothing else but chance."""
    rng = random.Random(seed)
    found = []
    for index in range(count):
        unsure = rng.uniform(0.2, 2.0)
        signals = Signals(unsure, rng.uniform(0.7, 1.3), rng.randint(5, 60))
        found.append(Sample(signals, 70 - 20 * unsure + rng.gauss(0, noise), f"d{index // 5}", "made"))
    return found


def test_fitting_finds_the_signal_that_counts():
    calibration = fit(made_up(), "m", "r", "d")
    weights = {name: weight.weight for name, weight in calibration.weights.items()}
    assert max(weights, key=weights.get) == "unsure"
    assert all(weights[name] < weights["unsure"] / 5 for name in SIGNALS if name != "unsure")


def test_risks_are_the_share_of_the_worst_quarter():
    samples = made_up(2000, noise=12.0)
    calibration = fit(samples, "m", "r", "d")
    risk = np.array([calibration.risk(each.signals) for each in samples])
    bad = np.array([each.chrf < calibration.worst for each in samples])
    assert bad.mean() == pytest.approx(0.25, abs=0.01)
    for low, high in ((0.0, 0.2), (0.2, 0.5), (0.5, 1.0)):
        inside = (risk >= low) & (risk < high)
        assert bad[inside].mean() == pytest.approx(risk[inside].mean(), abs=0.07)


def test_cross_validation_finds_what_is_there_and_nothing_in_noise():
    samples = made_up()
    held = measure_risks("x", cross_validate(samples), samples)
    assert held.spearman[1] > 0.7
    assert held.segments == 200
    # without anything found wrong, the least risk changes no order
    alone = measure_risks("x", cross_validate(samples, alone=True), samples)
    assert alone.spearman == held.spearman
    chance = [replace(each, chrf=value) for each, value in zip(samples, _noise(), strict=True)]
    none = measure_risks("x", cross_validate(chance), chance)
    # held-out figures of noise straddle chance; those of a fit on its own segments would not
    assert none.spearman[0] < 0.15
    assert none.auc[1] < 0.55


def _noise():
    rng = random.Random(7)
    return [rng.gauss(50, 10) for _ in range(200)]


def test_too_few_segments_cannot_be_fitted():
    with pytest.raises(ScoringError, match="too few"):
        fit(made_up(10), "m", "r", "d")


def test_figures_by_hand():
    risk = np.array([0.9, 0.5, 0.5, 0.1, 0.3, 0.2, 0.4, 0.6])
    chrf = np.array([10.0, 20, 30, 80, 60, 70, 50, 40])
    # ranks of the risks, the two halves sharing 5.5, against those of chrF++
    ours, theirs = [8, 5.5, 5.5, 1, 3, 2, 4, 7], [8, 7, 6, 1, 3, 2, 4, 5]
    assert spearman(risk, chrf) == pytest.approx(np.corrcoef(ours, theirs)[0, 1])
    assert pearson(risk, chrf) == pytest.approx(np.corrcoef(risk, -chrf)[0, 1])
    # the worst two: 0.9 beats all 6 others; 0.5 beats 4, ties with one, loses to one
    assert auc(risk, chrf) == pytest.approx((6 + 4.5) / 12)
    assert found_first(risk, chrf) == 50
    assert np.isnan(pearson(np.ones(8), chrf))


@pytest.fixture
def paths(tmp_path):
    good, bad = tmp_path / "good.xlf", tmp_path / "bad.xlf"
    write_draft(draft(unit("b1.s1"), unit("b1.s2", state=State.REVIEWED), name="good"), good)
    write_draft(draft(unit("b1.s1", score=-2.5, target="In [the] 7 years."), name="bad"), bad)
    return [str(good), str(bad)]


def test_the_command_lists_the_worst_first_and_leaves_out_what_is_reviewed(paths):
    result = CliRunner().invoke(command, [*paths, "--qe"])
    assert result.exit_code == 0, result.output
    # reasons that do not fit run on under their column
    first = [line.split()[0] for line in result.stdout.splitlines() if not line.startswith(" ")]
    assert first == ["draft", "bad", "good"]
    assert "'5' is not in the English" in " ".join(result.stdout.split())
    assert "1 of 3 segments are reviewed" in result.stderr
    assert result.stderr.count("note: ") == 2
    assert "rank correlation" in result.stderr
    quiet = CliRunner().invoke(command, [*paths, "--qe", "--quiet"])
    assert quiet.stderr == ""


def test_json_has_every_segment_and_what_the_figures_are_worth(paths):
    result = CliRunner().invoke(command, [*paths, "--qe", "--json"])
    values = json.loads(result.stdout)
    assert result.stderr == ""
    assert [each["draft"] for each in values["segments"]] == ["bad", "good", "good"]
    assert [each["reviewed"] for each in values["segments"]] == [False, False, True]
    assert values["segments"][0]["risk"] > values["segments"][1]["risk"]
    assert values["calibration"]["measured"][0]["spearman"]
    assert len(values["notes"]) == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--qe", "--reference", "x.tsv"], "--reference does not go with --qe"),
        (["--qe", "--latex"], "--latex does not go with --qe"),
        (["--qe", "--fail-under", "chrf=60"], "--fail-under does not go with --qe"),
        (["--qe", "--format", "junit"], "--qe goes with the formats text and json"),
        ([], "give a --reference, or --qe"),
    ],
)
def test_options_that_do_not_go_together_are_a_usage_error(paths, options, message):
    result = CliRunner().invoke(command, [*paths, *options])
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_file_that_is_no_draft_is_one_error(tmp_path):
    from bulletin.errors import DraftError

    path = tmp_path / "a.txt"
    path.write_text("not a draft")
    result = CliRunner().invoke(command, [str(path), "--qe"])
    assert isinstance(result.exception, DraftError)
    assert CliRunner().invoke(command, ["-", "--qe"]).exit_code == 2
