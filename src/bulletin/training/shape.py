"""A BART-shaped model built from a pretrained BERT-shaped encoder, for training from the beginning.

BERT's layers are post-norm with learned positions, as BART's are, so they load one to one; decoder
layers start from them too, with cross-attention as a copy of self-attention (Rothe et al. 2020).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bulletin.errors import TrainingError

# BART's name for each part of a BERT layer
_SELF = {
    "attention.self.query": "self_attn.q_proj",
    "attention.self.key": "self_attn.k_proj",
    "attention.self.value": "self_attn.v_proj",
    "attention.output.dense": "self_attn.out_proj",
    "attention.output.LayerNorm": "self_attn_layer_norm",
}
_REST = {
    "intermediate.dense": "fc1",
    "output.dense": "fc2",
    "output.LayerNorm": "final_layer_norm",
}
_WORDS = "embeddings.word_embeddings.weight"
_OFFSET = 2
"""BART's learned positions start at this row."""


def evenly(available: int, wanted: int) -> list[int]:
    """Return ``wanted`` of ``available`` layer numbers, spread evenly, first and last among them."""
    if wanted == 1:
        return [available - 1]
    return [round(place * (available - 1) / (wanted - 1)) for place in range(wanted)]


def build_from_encoder(
    folder: str, encoder_layers: int, decoder_layers: int, vocabulary: str = ""
) -> tuple[Any, Any]:
    """Return (model, tokenizer): a BART shape whose layers start from the BERT-shaped encoder in ``folder``.

    ``vocabulary`` is the folder of a model whose (smaller) tokenizer is taken instead of the encoder's own;
    each of its pieces starts from the encoder's row of that piece, or from the mean row where there is none.
    Raises TrainingError where the folder holds no encoder, or one with fewer layers than wanted.
    """
    import torch
    from transformers import AutoTokenizer, BartConfig, BartForConditionalGeneration, BertModel

    try:
        bert = BertModel.from_pretrained(folder, add_pooling_layer=False, dtype=torch.float32)
        tokenizer = AutoTokenizer.from_pretrained(folder)
    except (OSError, ValueError, KeyError) as error:
        raise TrainingError(
            f"{folder}: no BERT-shaped encoder can be loaded from there ({str(error).splitlines()[0]}); "
            "the recipe builds its model from one: give --base its folder"
        ) from error
    words = bert.embeddings.word_embeddings.weight.detach()
    if vocabulary:
        own = tokenizer.get_vocab()
        tokenizer = AutoTokenizer.from_pretrained(vocabulary, local_files_only=True)
        pieces = tokenizer.convert_ids_to_tokens(list(range(len(tokenizer))))
        mean = words.mean(dim=0)
        words = torch.stack([words[own[piece]] if piece in own else mean for piece in pieces])
    old = bert.config
    if encoder_layers > old.num_hidden_layers:
        raise TrainingError(
            f"{folder}: has {old.num_hidden_layers} layers, and the recipe wants {encoder_layers}; lower it"
        )
    start = tokenizer.bos_token_id if tokenizer.bos_token_id is not None else tokenizer.cls_token_id
    end = tokenizer.eos_token_id if tokenizer.eos_token_id is not None else tokenizer.sep_token_id
    config = BartConfig(
        vocab_size=words.shape[0],
        d_model=old.hidden_size,
        encoder_layers=encoder_layers,
        decoder_layers=decoder_layers,
        encoder_attention_heads=old.num_attention_heads,
        decoder_attention_heads=old.num_attention_heads,
        encoder_ffn_dim=old.intermediate_size,
        decoder_ffn_dim=old.intermediate_size,
        max_position_embeddings=old.max_position_embeddings,
        activation_function=old.hidden_act,
        bos_token_id=start,
        pad_token_id=tokenizer.pad_token_id,
        eos_token_id=end,
        decoder_start_token_id=start,
        forced_eos_token_id=end,
        tie_word_embeddings=True,
    )
    model = BartForConditionalGeneration(config)
    state = _state(
        bert.state_dict() | {_WORDS: words},
        model.state_dict(),
        old.num_hidden_layers,
        encoder_layers,
        decoder_layers,
    )
    model.load_state_dict(state, strict=False)
    model.tie_weights()
    return model, tokenizer


def _state(
    bert: dict[str, Any], bart: dict[str, Any], available: int, encoder_layers: int, decoder_layers: int
) -> dict[str, Any]:
    words = bert[_WORDS]
    # BERT adds its type-0 row to every position
    places = (
        bert["embeddings.position_embeddings.weight"] + bert["embeddings.token_type_embeddings.weight"][0]
    )
    state = dict.fromkeys(("model.shared.weight", "lm_head.weight"), words)
    for side in ("encoder", "decoder"):
        state[f"model.{side}.embed_tokens.weight"] = words
        rows = bart[f"model.{side}.embed_positions.weight"].clone()
        rows[_OFFSET:] = places[: rows.shape[0] - _OFFSET]
        state[f"model.{side}.embed_positions.weight"] = rows
        for kind in ("weight", "bias"):
            state[f"model.{side}.layernorm_embedding.{kind}"] = bert[f"embeddings.LayerNorm.{kind}"]
    for side, layers in (
        ("encoder", evenly(available, encoder_layers)),
        ("decoder", evenly(available, decoder_layers)),
    ):
        state |= _layers(bert, side, layers)
    return state


def _layers(bert: dict[str, Any], side: str, layers: Sequence[int]) -> dict[str, Any]:
    state = {}
    for number, layer in enumerate(layers):
        for kind in ("weight", "bias"):
            for old, new in (_SELF | _REST).items():
                state[f"model.{side}.layers.{number}.{new}.{kind}"] = bert[
                    f"encoder.layer.{layer}.{old}.{kind}"
                ]
            if side == "decoder":
                for old, new in _SELF.items():
                    cross = new.replace("self_attn", "encoder_attn")
                    state[f"model.{side}.layers.{number}.{cross}.{kind}"] = bert[
                        f"encoder.layer.{layer}.{old}.{kind}"
                    ]
    return state
