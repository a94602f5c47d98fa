"""Tiny, randomly initialised models of every family, saved as a hub checkpoint would be."""

from __future__ import annotations

import json
from pathlib import Path

from tokenizers import Tokenizer, models, pre_tokenizers, processors
from tokenizers import decoders as tokenizer_decoders
from transformers import (
    BartConfig,
    BartForConditionalGeneration,
    M2M100Config,
    M2M100ForConditionalGeneration,
    MarianConfig,
    MarianMTModel,
    MBartConfig,
    MBartForConditionalGeneration,
    PreTrainedTokenizerFast,
    T5Config,
    T5ForConditionalGeneration,
)

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
WORDS = [
    "▁xin",
    "▁chào",
    "▁Hà",
    "▁Nội",
    "▁hello",
    "▁Hanoi",
    "▁the",
    "▁Politburo",
    "▁",
    ",",
    ".",
    ":",
    "▁vi",
    "▁en",
]
LETTERS = list("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'-⟦⟧")


def save_tokenizer(folder: Path, codes: list[str] | None = None) -> int:
    """Save a small Unigram tokenizer; the size of its vocabulary is returned."""
    pieces = [*SPECIAL, *WORDS, *LETTERS, *(codes or [])]
    tokenizer = Tokenizer(
        models.Unigram([(piece, -1.0 - i / 100) for i, piece in enumerate(pieces)], unk_id=3)
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = tokenizer_decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A </s>", pair="$A $B </s>", special_tokens=[("</s>", 2)]
    )
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", pad_token="<pad>", eos_token="</s>", unk_token="<unk>",
        model_max_length=512,
    )  # fmt: skip
    if codes:
        fast.add_special_tokens({"additional_special_tokens": codes})
    fast.save_pretrained(folder)
    return len(fast)


def make_model(family: str, folder: Path) -> Path:
    """Save a tiny model of ``family`` (plain, marian, mbart, nllb, m2m100, envit5, madlad) in ``folder``."""
    codes = {"mbart": ["vi_VN", "en_XX"], "nllb": ["vie_Latn", "eng_Latn"], "m2m100": ["vi", "en"],
             "madlad": ["<2en>"]}.get(family, [])  # fmt: skip
    size = save_tokenizer(folder, codes)
    ids = {"pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2, "decoder_start_token_id": 2}
    bart = {
        "vocab_size": size, "d_model": 16, "encoder_layers": 1, "decoder_layers": 1,
        "encoder_attention_heads": 2, "decoder_attention_heads": 2, "encoder_ffn_dim": 32,
        "decoder_ffn_dim": 32, "max_position_embeddings": 256, "forced_eos_token_id": None, **ids,
    }  # fmt: skip
    if family == "plain":
        model = BartForConditionalGeneration(BartConfig(**bart))
    elif family == "marian":
        model = MarianMTModel(MarianConfig(**bart))
    elif family == "mbart":
        model = MBartForConditionalGeneration(MBartConfig(**bart))
    elif family in {"nllb", "m2m100"}:
        model = M2M100ForConditionalGeneration(M2M100Config(**bart))
    else:
        model = T5ForConditionalGeneration(
            T5Config(
                vocab_size=size,
                d_model=16,
                d_kv=8,
                d_ff=32,
                num_layers=1,
                num_heads=2,
                pad_token_id=1,
                eos_token_id=2,
                decoder_start_token_id=1,
            )
        )
    model.save_pretrained(folder)
    return folder


def state_terms(folder: Path) -> None:
    """Say in ``bulletin.json`` that the model carries terms."""
    (folder / "bulletin.json").write_text(json.dumps({"carries_terms": True, "version": "tiny"}))
