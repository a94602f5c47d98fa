"""The engine: every family loads, order and count hold, nothing is truncated or lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulletin.errors import ModelError
from bulletin.translation.catalogue import CATALOGUE, builtin_path, cached_model, model_info, resolve_model
from bulletin.translation.clauses import join_clauses, split_clauses
from bulletin.translation.engine import Constraint, Decoding
from bulletin.translation.families import FAMILIES
from bulletin.translation.recorded import RecordScores
from bulletin.translation.seq2seq import load_engine
from tiny_models import make_model

FAMILY_NAMES = ["plain", "marian", "mbart", "nllb", "m2m100", "envit5", "madlad"]


@pytest.mark.parametrize("family", FAMILY_NAMES)
def test_every_family_loads_and_translates(family, tmp_path):
    engine = load_engine(str(make_model(family, tmp_path)), Decoding(beam=2))
    results = engine.translate(["xin chào", "Hà Nội", "xin chào"], n_best=2)
    assert [len(result) for result in results] == [2, 2, 2]
    assert results[0] == results[2]
    assert all(hypothesis.score <= 0 for result in results for hypothesis in result)
    assert engine.family.name == ("plain" if family == "marian" else family)


@pytest.mark.parametrize(("family", "code"), [("mbart", "en_XX"), ("nllb", "eng_Latn"), ("m2m100", "en")])
def test_english_is_forced_where_the_family_has_language_codes(family, code, tmp_path):
    engine = load_engine(str(make_model(family, tmp_path)), Decoding(beam=1))
    assert engine._tokenizer.convert_ids_to_tokens(engine._start["forced_bos_token_id"]) == code


def test_a_model_without_the_english_code_is_refused(tmp_path):
    from tiny_models import save_tokenizer

    make_model("mbart", tmp_path)
    save_tokenizer(tmp_path, ["vi_VN", "fr_XX"])
    with pytest.raises(ModelError, match="en_XX"):
        load_engine(str(tmp_path))


def test_the_catalogue_names_only_known_families():
    assert {model.family for model in CATALOGUE} <= {family.name for family in FAMILIES}


def test_every_model_of_the_hub_is_pinned_to_a_commit():
    for model in CATALOGUE:
        assert re.fullmatch("shipped" if model.name == "builtin" else "[0-9a-f]{40}", model.revision)


def test_a_model_lies_in_the_cache_only_at_its_pinned_commit(tmp_path, monkeypatch):
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path))
    model = next(model for model in CATALOGUE if model.family == "m2m100")
    snapshots = tmp_path / f"models--{model.name.replace('/', '--')}" / "snapshots"
    other = snapshots / ("0" * 40)
    other.mkdir(parents=True)
    make_model("m2m100", other)
    assert cached_model(model.name) is None
    other.rename(snapshots / model.revision)
    assert cached_model(model.name) == snapshots / model.revision
    assert load_engine(model.name).revision == model.revision[:12]


def test_a_missing_model_says_what_is_known_and_how_to_get_it():
    with pytest.raises(ModelError, match="bulletin models get Helsinki-NLP/opus-mt-vi-en"):
        resolve_model("Helsinki-NLP/opus-mt-vi-en")
    with pytest.raises(ModelError, match="builtin"):
        resolve_model("nonsense")


def test_a_folder_without_a_model_is_refused(tmp_path):
    with pytest.raises(ModelError, match=r"config\.json"):
        resolve_model(str(tmp_path))


def test_damaged_weights_are_one_clear_error(tmp_path):
    make_model("plain", tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"\x00" * 100)
    with pytest.raises(ModelError, match=r"damaged|cannot be loaded"):
        load_engine(str(tmp_path))


def test_the_revision_changes_with_the_weights(tmp_path):
    first = model_info(make_model("plain", tmp_path / "a")).revision
    second = model_info(make_model("plain", tmp_path / "b")).revision
    assert first != second
    assert len(first) == 12


def test_the_built_in_model_is_small_and_plain():
    files = list(builtin_path().rglob("*"))
    assert sum(path.stat().st_size for path in files if path.is_file()) <= 60_000_000
    assert all(path.stat().st_size < 50_000_000 for path in files if path.is_file())


def test_the_built_in_model_keeps_order_and_empties(engine):
    sources = ["Hà Nội là thủ đô của Việt Nam.", "", "Chính phủ họp.", "Hà Nội là thủ đô của Việt Nam."]
    results = engine.translate(sources)
    assert len(results) == 4
    assert results[0] == results[3]
    assert results[1][0].text == ""
    assert "Hanoi" in results[0][0].text


def test_a_long_sentence_is_translated_to_its_end(engine):
    clause = "Chính phủ Việt Nam họp bàn về kế hoạch phát triển kinh tế"
    long = "; ".join([clause] * 60 + ["Thủ tướng kết luận hội nghị tại Hà Nội."])
    (result,) = engine.translate([long])
    assert "Hanoi" in result[0].text[-200:]
    assert result[0].text.count(";") >= 5
    assert len(result[0].text.split()) > 300


def test_required_phrases_stand_and_banned_ones_do_not(engine):
    source = "Thủ tướng chủ trì cuộc họp của Chính phủ về kinh tế."
    free = engine.translate([source])[0][0].text
    assert "Prime Minister" in free
    (result,) = engine.translate(
        [source], constraints=[Constraint(required=("Zebra Council",), banned=("Prime Minister",))]
    )
    assert "Zebra Council" in result[0].text
    assert "Prime Minister" not in result[0].text


def test_alignment_points_at_the_words(engine):
    source = "Hội nghị diễn ra tại Hà Nội."
    (result,) = engine.translate([source])
    aligned = engine.aligned(source, result[0])
    assert aligned.alignment is not None
    at = aligned.text.index("Hanoi")
    sources = [s for s, t in aligned.alignment if at <= t < at + len("Hanoi")]
    assert any(source.index("Hà Nội") <= s < len(source) for s in sources)


def test_progress_counts_distinct_sources(engine):
    seen = []
    engine.translate(["Một.", "Hai.", "Một."], progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (2, 2)


words = st.lists(
    st.sampled_from(["và", "để", "Hà Nội", "x" * 40, "a,", "b;", "c:", "⟦Party Cell⟧"]), min_size=1
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(words, st.integers(min_value=4, max_value=60))
def test_clauses_join_to_the_sentence_and_keep_the_limit(parts, limit):
    text = " ".join(parts)
    clauses = split_clauses(text, limit, len)
    assert "".join("".join(clauses).split()) == "".join(text.split())
    assert all(len(clause) <= limit for clause in clauses)


def test_terms_are_not_cut_in_two():
    text = "a b c d ⟦Permanent Member of the Secretariat⟧ e f g h"
    assert any("⟦Permanent Member of the Secretariat⟧" in clause for clause in split_clauses(text, 45, len))


def test_joining_lowers_function_words_and_drops_inner_stops():
    assert join_clauses(["a;", "b"], ["He spoke.", "The end came."]) == "He spoke; the end came."
    assert join_clauses(["a,", "b"], ["He spoke", "Hanoi rose."]) == "He spoke, Hanoi rose."


@pytest.mark.parametrize("beam", [1, 3])
def test_a_score_is_what_the_model_thinks_of_what_was_written(beam):
    """Recorded in the search, it is the mean log-probability that one reading of the output gives."""
    import torch

    engine = load_engine(decoding=Decoding(beam=beam))
    sources = ["Hội nghị khai mạc sáng nay.", "Thủ tướng tiếp Đại sứ và chúc mừng năm mới, nói nhiều điều."]
    inputs = engine._tokenizer(sources, return_tensors="pt", padding=True)
    inputs.pop("token_type_ids", None)
    recorded = RecordScores(beam, engine._end)
    sequences = engine._model.generate(
        **inputs, num_beams=beam, num_return_sequences=beam, max_new_tokens=40, logits_processor=[recorded]
    )
    pad = engine._model.config.pad_token_id
    for row, ids in enumerate(sequences):
        source = {name: values[row // beam : row // beam + 1] for name, values in inputs.items()}
        with torch.inference_mode():
            logits = engine._model(**source, decoder_input_ids=ids[None, :-1]).logits
        steps = logits.log_softmax(-1).gather(2, ids[None, 1:, None]).squeeze()
        mean = float(steps[ids[1:] != pad].mean())
        assert recorded.mean(row // beam, ids.tolist()) == pytest.approx(mean, abs=1e-3)


def test_the_best_hypothesis_comes_first_and_scores_are_told_apart():
    results = load_engine(decoding=Decoding(beam=4)).translate(["Hội nghị khai mạc sáng nay."], n_best=4)
    scores = [hypothesis.score for hypothesis in results[0]]
    assert len(set(scores)) == 4
    assert scores == sorted(scores, reverse=True)
