"""The shipped weights are plain: other programs' own converters take them."""

from __future__ import annotations

import ctranslate2
import pytest
from ctranslate2.converters import TransformersConverter

from bulletin.translation.catalogue import builtin_path
from bulletin.translation.engine import Decoding
from bulletin.translation.seq2seq import load_engine

SOURCES = [
    "Thủ tướng Chính phủ chủ trì phiên họp thường kỳ tháng 9.",
    "Hội nghị thảo luận dự thảo nghị quyết và cho ý kiến về công tác cán bộ.",
    "⟦National Assembly Chairman⟧ tiếp ⟦Dinh Van Hoa⟧ tại Hà Nội.",
]


@pytest.mark.parametrize("quantization", [None, "int8"])
def test_ctranslate2_takes_the_model_and_says_the_same(tmp_path, quantization):
    engine = load_engine(decoding=Decoding(beam=1))
    ours = [hypotheses[0].text for hypotheses in engine.translate(SOURCES)]
    TransformersConverter(str(builtin_path())).convert(str(tmp_path / "ct2"), quantization=quantization)
    translator = ctranslate2.Translator(str(tmp_path / "ct2"), device="cpu", intra_threads=1)
    tokenizer = engine._tokenizer
    pieces = [tokenizer.convert_ids_to_tokens(tokenizer(source)["input_ids"]) for source in SOURCES]
    made = translator.translate_batch(pieces, beam_size=1, max_decoding_length=120)
    texts = [
        tokenizer.decode(tokenizer.convert_tokens_to_ids(result.hypotheses[0]), skip_special_tokens=True)
        for result in made
    ]
    if quantization is None:
        assert texts == ours
    for text, source in zip(texts, SOURCES, strict=True):
        assert len(text.split()) > len(source.split()) / 3
        assert "⟦" not in text
