"""The transformers engine: any sequence-to-sequence checkpoint, local, cached or built in."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletin.errors import ModelError
from bulletin.translation.catalogue import BUILTIN, model_info, resolve_model
from bulletin.translation.clauses import join_clauses, split_clauses
from bulletin.translation.constrain import RequirePhrases
from bulletin.translation.engine import Constraint, Decoding, Hypothesis, Progress, Reading
from bulletin.translation.families import Family, family_of
from bulletin.translation.forced import read_pairs
from bulletin.translation.recorded import RecordScores

if TYPE_CHECKING:
    import torch

BATCH_PIECES = 1500
"""A batch holds at most this many source pieces, padding and beams counted."""

SENTENCE_PIECES = 60
"""Longer sentences are translated clause by clause: small models lose clauses beyond this."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """One distinct string for the model: a whole source or one clause of it."""

    text: str
    size: int
    constraint: Constraint


class Seq2SeqEngine:
    """Translates with one loaded checkpoint; build it with ``load_engine``."""

    def __init__(
        self,
        name: str,
        revision: str,
        carries_terms: bool,
        family: Family,
        model: Any,
        tokenizer: Any,
        decoding: Decoding,
        sentence_pieces: int = SENTENCE_PIECES,
    ) -> None:
        self.name = name
        self.revision = revision
        self.carries_terms = carries_terms
        self.family = family
        self.decoding = decoding
        self._model = model
        self._tokenizer = tokenizer
        self._start: dict[str, int] = _target_start(family, tokenizer, name)
        self._positions = int(getattr(model.config, "max_position_embeddings", None) or 512)
        self._limit = max(16, min(sentence_pieces, int(self._positions / decoding.max_ratio) - 8))

    def translate(
        self,
        sources: Sequence[str],
        *,
        n_best: int = 1,
        constraints: Sequence[Constraint] | None = None,
        progress: Progress | None = None,
    ) -> list[tuple[Hypothesis, ...]]:
        """Translate each source; see ``Engine.translate``. An empty source gives an empty hypothesis.

        Sources of over ``SENTENCE_PIECES`` pieces are cut at clause boundaries, translated and joined;
        they get one hypothesis. Equal sources with equal constraints are translated once.
        """
        wanted = constraints or [Constraint()] * len(sources)
        clauses = [self.split(source) for source in sources]
        distinct: dict[tuple[str, Constraint], _Piece] = {}
        keys: list[list[tuple[str, Constraint]]] = []
        for parts, constraint in zip(clauses, wanted, strict=True):
            # which clause a required phrase belongs to is not known: a cut sentence is left unconstrained
            limit = constraint if len(parts) == 1 else Constraint(banned=constraint.banned)
            keys.append([(part, limit) for part in parts])
            for key in keys[-1]:
                distinct.setdefault(key, _Piece(key[0], self._size(key[0]), limit))
        found: dict[tuple[str, Constraint], tuple[Hypothesis, ...]] = {}
        pieces = sorted(distinct.values(), key=lambda piece: (piece.size, piece.text))
        total = len(pieces)
        for batch in _batches(pieces, max(n_best, self.decoding.beam)):
            for piece, hypotheses in zip(batch, self._decode(batch, n_best), strict=True):
                found[piece.text, piece.constraint] = hypotheses
            if progress is not None:
                progress(len(found), total)
        return [found[parts[0]] if len(parts) == 1 else (self._joined(parts, found),) for parts in keys]

    def split(self, source: str) -> list[str]:
        """Cut a sentence of over ``sentence_pieces`` pieces at clause boundaries."""
        return split_clauses(source, self._limit, self._size)

    def aligned(self, source: str, hypothesis: Hypothesis) -> Hypothesis:
        """``hypothesis`` with its alignment to ``source``, read off the decoder's cross-attention.

        Pairs are (source offset, target offset) of the starts of pieces; each target piece is paired
        with the source piece it attends to most (last layer but for its end, mean over heads: Garg et
        al. 2019). Left as it is where the tokenizer gives no offsets or the sentence is too long.
        """
        if not getattr(self._tokenizer, "is_fast", False) or not hypothesis.text:
            return hypothesis
        prefix = self.family.prefix
        inputs = self._tokenizer(prefix + source, return_tensors="pt", return_offsets_mapping=True)
        target = self._tokenizer(
            text_target=hypothesis.text, return_tensors="pt", return_offsets_mapping=True
        )
        if inputs["input_ids"].shape[1] > 2 * self._limit:
            return hypothesis
        attention = self._cross_attention(inputs["input_ids"], target["input_ids"])
        spans, target_spans = inputs["offset_mapping"][0].tolist(), target["offset_mapping"][0].tolist()
        real = [i for i, (start, end) in enumerate(spans) if end > start and start >= len(prefix)]
        if not real:
            return hypothesis
        pairs = tuple(
            (spans[real[int(attention[row, real].argmax())]][0] - len(prefix), start)
            for row, (start, end) in enumerate(target_spans)
            if end > start
        )
        return replace(hypothesis, alignment=pairs)

    def read(self, pairs: Sequence[tuple[str, str]], progress: Progress | None = None) -> list[Reading]:
        """How likely each (source, English) pair's English is; see ``Engine.read``."""
        return read_pairs(self._model, self._tokenizer, self.family, self._positions, pairs, progress)

    def _cross_attention(self, source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """Target pieces × source pieces: the attention paid while each target piece is written."""
        import torch

        device = self._model.device
        usual = self._model.config._attn_implementation
        self._model.set_attn_implementation("eager")
        try:
            with torch.inference_mode():
                output = self._model(
                    input_ids=source.to(device), labels=target.to(device), output_attentions=True
                )
        finally:
            self._model.set_attn_implementation(usual)
        attention: torch.Tensor = output.cross_attentions[-1][0].mean(dim=0)
        return attention.float().cpu()

    def _joined(
        self,
        parts: list[tuple[str, Constraint]],
        found: dict[tuple[str, Constraint], tuple[Hypothesis, ...]],
    ) -> Hypothesis:
        best = [found[part][0] for part in parts]
        tokens = tuple(token for hypothesis in best for token in hypothesis.tokens)
        weights = [max(1, len(hypothesis.tokens)) for hypothesis in best]
        score = sum(h.score * w for h, w in zip(best, weights, strict=True)) / sum(weights)
        text = join_clauses([text for text, _ in parts], [hypothesis.text for hypothesis in best])
        return Hypothesis(text, score, tokens)

    def _size(self, text: str) -> int:
        return len(self._tokenizer(self.family.prefix + text, verbose=False)["input_ids"])

    def _decode(self, batch: Sequence[_Piece], n_best: int) -> list[tuple[Hypothesis, ...]]:
        import torch

        texts = [self.family.prefix + (piece.text or " ") for piece in batch]
        inputs = self._tokenizer(texts, return_tensors="pt", padding=True, verbose=False)
        inputs.pop("token_type_ids", None)
        beams = max(self.decoding.beam, n_best)
        longest = int(inputs["input_ids"].shape[1])
        arguments: dict[str, Any] = {
            "num_beams": beams,
            "num_return_sequences": n_best,
            "max_new_tokens": int(longest * self.decoding.max_ratio) + 16,
            "do_sample": False,
            "length_penalty": self.decoding.length_penalty,
            "no_repeat_ngram_size": self.decoding.no_repeat_ngram or None,
            "early_stopping": beams > 1,
            **self._start,
        }
        recorded = RecordScores(beams, self._end)
        arguments["logits_processor"] = self._processors(recorded, batch, beams)
        with torch.inference_mode():
            sequences = self._model.generate(**inputs.to(self._model.device), **arguments).tolist()
        hypotheses = [
            self._hypothesis(ids, recorded.mean(row // n_best, ids), batch[row // n_best])
            for row, ids in enumerate(sequences)
        ]
        return [tuple(hypotheses[i : i + n_best]) for i in range(0, len(hypotheses), n_best)]

    def _hypothesis(self, ids: list[int], score: float, piece: _Piece) -> Hypothesis:
        if not piece.text:
            return Hypothesis("", 0.0)
        text = self._tokenizer.decode(ids, skip_special_tokens=True).strip()
        text = text.removeprefix(self.family.strip.strip()).strip()
        special = set(self._tokenizer.all_special_ids)
        kept = [i for i in ids if i not in special]
        return Hypothesis(text, score, tuple(self._tokenizer.convert_ids_to_tokens(kept)))

    def _processors(self, recorded: RecordScores, batch: Sequence[_Piece], beams: int) -> Any:
        from transformers import LogitsProcessorList

        if all(piece.constraint == Constraint() for piece in batch):
            return LogitsProcessorList([recorded])
        constrained = RequirePhrases(
            [[self._ids(phrase) for phrase in piece.constraint.required] for piece in batch],
            [[self._ids(phrase) for phrase in piece.constraint.banned] for piece in batch],
            beams,
            self._end,
        )
        return LogitsProcessorList([recorded, constrained])

    @property
    def _end(self) -> int:
        """The piece that ends an output."""
        end = self._model.generation_config.eos_token_id
        return int(end[0] if isinstance(end, list) else end)

    def _ids(self, phrase: str) -> list[int]:
        encode = self._tokenizer(text_target=phrase, add_special_tokens=False, verbose=False)
        return list(encode["input_ids"])


def load_engine(
    model: str = BUILTIN, decoding: Decoding | None = None, *, sentence_pieces: int = SENTENCE_PIECES
) -> Seq2SeqEngine:
    """Load a model by name or folder, on a GPU where there is one; downloads nothing.

    Raises ModelError for a model that is unknown, not on this machine, damaged or no translator.
    """
    folder = resolve_model(model)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    # threads that spin while they wait are many times slower on a machine that does other work too
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import torch

    _quiet()
    network = _load_network(model, folder)
    tokenizer = _load_tokenizer(model, folder)
    vocabulary = tokenizer.get_vocab()
    family = family_of(network.config.model_type, vocabulary, model)
    if family.source_code and hasattr(tokenizer, "src_lang"):
        tokenizer.src_lang, tokenizer.tgt_lang = family.source_code, family.target_code
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = network.to(device, dtype=torch.float16 if device == "cuda" else torch.float32).eval()
    info = model_info(folder)
    return Seq2SeqEngine(
        model,
        info.revision,
        info.carries_terms,
        family,
        network,
        tokenizer,
        decoding or Decoding(),
        sentence_pieces,
    )


def _quiet() -> None:
    """Keep transformers' notices and bars off our standard error; real errors are raised."""
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]


def _load_network(name: str, folder: Path) -> Any:
    from transformers import AutoConfig, AutoModelForSeq2SeqLM

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            config = AutoConfig.from_pretrained(folder, local_files_only=True)
            if not config.is_encoder_decoder:
                raise ModelError(
                    f"{name}: type {config.model_type!r} does not translate; "
                    "give a sequence-to-sequence model"
                )
            network = AutoModelForSeq2SeqLM.from_pretrained(folder, local_files_only=True)
    except ModelError:
        raise
    except (OSError, ValueError, KeyError, RuntimeError, json.JSONDecodeError, ImportError) as error:
        raise ModelError(f"{name}: the model in {folder} cannot be loaded ({_line(error)})") from error
    except Exception as error:  # safetensors raises its own class straight from Exception
        if type(error).__module__.startswith("safetensors"):
            raise ModelError(
                f"{name}: damaged weights in {folder} ({_line(error)}); fetch them again"
            ) from error
        raise
    return network


def _load_tokenizer(name: str, folder: Path) -> Any:
    from transformers import AutoTokenizer

    try:
        return AutoTokenizer.from_pretrained(folder, local_files_only=True)
    except ImportError as error:
        raise ModelError(
            f"{name}: its tokenizer needs a further package ({_line(error)}); pip install 'bulletin[hub]'"
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{name}: no tokenizer can be loaded from {folder} ({_line(error)}); "
            "save it beside the weights, or pip install 'bulletin[hub]'"
        ) from error


def _target_start(family: Family, tokenizer: Any, name: str) -> dict[str, int]:
    """How ``generate`` is told to write English: a forced first token where the family has codes."""
    if not family.target_code:
        return {}
    code = tokenizer.convert_tokens_to_ids(family.target_code)
    if code is None or code == tokenizer.unk_token_id:
        raise ModelError(
            f"{name}: its vocabulary lacks the language code {family.target_code!r}; it cannot write English"
        )
    return {"forced_bos_token_id": code}


def _batches(pieces: Sequence[_Piece], beams: int) -> Iterator[list[_Piece]]:
    """Cut size-sorted pieces into batches of at most BATCH_PIECES, padding and beams counted."""
    batch: list[_Piece] = []
    for piece in pieces:
        if batch and (len(batch) + 1) * max(piece.size, 1) * beams > BATCH_PIECES * 2:
            yield batch
            batch = []
        batch.append(piece)
    if batch:
        yield batch


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
