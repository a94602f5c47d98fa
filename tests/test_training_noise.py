"""Sub-word sampling and consistency: what a recipe may ask for against learning by heart."""

from __future__ import annotations

import math
import random
from functools import cache
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.errors import TrainingError
from bulletin.training.loop import batch_loss, set_dropout
from bulletin.training.recipe import Schedule
from bulletin.training.sampling import cuts, make_sampler
from bulletin.training.stream import Example

SENTENCE = "Ông Nguyễn Văn Nam, ⟦Deputy Minister⟧, thăm xã Quảng Phú ngày 16/1; kinh phí 1.234 tỷ đồng."


@cache
def tokenizer() -> Any:
    from transformers import AutoTokenizer

    from bulletin.translation.catalogue import BUILTIN, resolve_model

    return AutoTokenizer.from_pretrained(resolve_model(BUILTIN))


@given(st.text(alphabet="abc", min_size=1, max_size=7), st.integers(1, 6))
def test_cuts_are_the_best_of_all_ways_to_spell_the_word(word: str, most: int) -> None:
    scores = {"a": -1.0, "b": -2.5, "c": -4.0, "ab": -2.2, "bc": -3.1, "abc": -4.4, "ca": -3.0, "aa": -1.7}
    every = []
    for count in range(len(word)):
        for places in combinations(range(1, len(word)), count):
            edges = (0, *places, len(word))
            pieces = tuple(word[begin:end] for begin, end in pairwise(edges))
            if all(piece in scores for piece in pieces):
                every.append(sum(scores[piece] for piece in pieces))
    found = cuts(word, scores, most)
    assert [score for score, _ in found] == pytest.approx(sorted(every, reverse=True)[:most])
    assert all("".join(pieces) == word for _, pieces in found)


def test_what_cannot_be_spelt_has_no_cut() -> None:
    assert cuts("ax", {"a": -1.0}) == []


@settings(max_examples=60)
@given(st.text(max_size=80), st.integers(0, 9))
def test_a_row_cut_anew_reads_as_before(text: str, seed: int) -> None:
    sample = make_sampler(tokenizer(), 0.2)
    row = tokenizer()(text)["input_ids"]
    anew = sample(row, random.Random(seed))
    assert tokenizer().decode(anew) == tokenizer().decode(row)


def test_sampling_changes_cuts_but_never_marks_or_ends_and_repeats_by_seed() -> None:
    row = tokenizer()(SENTENCE)["input_ids"]
    sample = make_sampler(tokenizer(), 0.2)
    rows = [sample(row, random.Random(seed)) for seed in range(20)]
    assert len({tuple(anew) for anew in rows}) > 10
    added = set(tokenizer().added_tokens_decoder)
    for anew in rows:
        assert [number for number in anew if number in added] == [number for number in row if number in added]
    assert sample(row, random.Random(3)) == sample(row, random.Random(3))


def test_a_sharp_choice_is_the_tokenizer_s_own() -> None:
    row = tokenizer()(SENTENCE)["input_ids"]
    assert make_sampler(tokenizer(), 1000.0)(row, random.Random(1)) == row


def test_a_vocabulary_that_is_no_unigram_is_refused() -> None:
    from tokenizers import Tokenizer, models
    from transformers import PreTrainedTokenizerFast

    other = PreTrainedTokenizerFast(tokenizer_object=Tokenizer(models.WordLevel({"a": 0}, unk_token="a")))
    with pytest.raises(TrainingError, match="Unigram vocabulary, and this model's is WordLevel"):
        make_sampler(other, 0.2)


def losses(dropout: float, consistency: float) -> tuple[float, int]:
    import torch
    from transformers import BartConfig, BartForConditionalGeneration

    torch.manual_seed(7)
    model = BartForConditionalGeneration(
        BartConfig(
            vocab_size=40, d_model=16, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2,
            decoder_attention_heads=2, encoder_ffn_dim=32, decoder_ffn_dim=32, max_position_embeddings=32,
            init_std=0.5,
        )
    )  # fmt: skip
    set_dropout(model, dropout)
    model.train()
    batch = [Example([0, 5, 6, 7, 2], [0, 9, 10, 2]), Example([0, 8, 2], [0, 11, 2])]
    loss, pieces = batch_loss(
        model, batch, Schedule(dropout=dropout, consistency=consistency), 1, 2, torch.device("cpu")
    )
    loss.backward()
    assert all(torch.isfinite(weight.grad).all() for weight in model.parameters() if weight.grad is not None)
    return float(loss.detach()), pieces


def test_consistency_is_nothing_without_dropout_and_costs_where_two_answers_differ() -> None:
    plain, pieces = losses(0.0, 0.0)
    assert losses(0.0, 5.0) == (pytest.approx(plain, rel=1e-5), pieces)
    small, large = losses(0.3, 1.0)[0], losses(0.3, 5.0)[0]
    assert large > small > 0 and math.isfinite(large)
    # the divergence enters in proportion to its weight
    none = losses(0.3, 1e-9)[0]
    assert large - none == pytest.approx(5 * (small - none), rel=1e-3)
