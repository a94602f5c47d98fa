"""Measuring a model while it trains: loss on held-out pairs, chrF++ of greedy translations, terms carried."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bulletin.training.pairs import Pair
from bulletin.training.prepare import Prepared
from bulletin.training.recipe import Schedule
from bulletin.training.stream import Example
from bulletin.translation.engine import TERM_CLOSE, TERM_OPEN
from bulletin.translation.families import Family


def held_out_loss(
    model: Any, examples: Sequence[Example], schedule: Schedule, pad: int, start: int, *, batch: int = 16
) -> float:
    """Return the mean negative log-probability of a target piece (natural logarithm)."""
    import torch

    from bulletin.training.loop import batch_loss

    device = next(model.parameters()).device
    total, count = 0.0, 0
    ordered = sorted(examples, key=lambda e: len(e.source) + len(e.target))
    with torch.no_grad():
        for first in range(0, len(ordered), batch):
            loss, pieces = batch_loss(model, ordered[first : first + batch], schedule, pad, start, device)
            total += float(loss)
            count += pieces
    return total / max(1, count)


def translate_greedily(
    model: Any, tokenizer: Any, family: Family, sources: Sequence[str], *, batch: int = 32
) -> list[str]:
    """Return greedy translations, in order."""
    import torch

    forced = (
        {"forced_bos_token_id": tokenizer.convert_tokens_to_ids(family.target_code)}
        if family.target_code
        else {}
    )
    device = next(model.parameters()).device
    order = sorted(range(len(sources)), key=lambda index: len(sources[index]))
    results = [""] * len(sources)
    with torch.no_grad():
        for first in range(0, len(order), batch):
            indices = order[first : first + batch]
            texts = [family.prefix + sources[i] for i in indices]
            encoded = tokenizer(texts, return_tensors="pt", padding=True)
            encoded = {key: encoded[key].to(device) for key in ("input_ids", "attention_mask")}
            made = model.generate(
                **encoded,
                **forced,
                num_beams=1,
                do_sample=False,
                max_new_tokens=min(250, int(encoded["input_ids"].shape[1] * 2) + 16),
            )
            for index, text in zip(
                indices, tokenizer.batch_decode(made, skip_special_tokens=True), strict=True
            ):
                results[index] = text.strip().removeprefix(family.strip.strip()).strip()
    return results


def given_terms(source: str) -> list[str]:
    """Return what stands between marks in ``source``."""
    return [piece.split(TERM_CLOSE)[0] for piece in source.split(TERM_OPEN)[1:]]


def terms_kept(sources: Sequence[str], hypotheses: Sequence[str]) -> tuple[int, int]:
    """Return (terms that came out exactly, terms given); the first letter's case may differ."""
    kept = total = 0
    for source, hypothesis in zip(sources, hypotheses, strict=True):
        rest = hypothesis
        for term in given_terms(source):
            total += 1
            for form in (term, term[:1].upper() + term[1:], term[:1].lower() + term[1:]):
                if form in rest:
                    rest = rest.replace(form, "\0", 1)
                    kept += 1
                    break
    return kept, total


def make_evaluation(
    ready: Prepared, held_out: Sequence[Pair], carried: Sequence[Pair], schedule: Schedule
) -> Callable[[Any], dict[str, float]]:
    """Return a function that measures a model on ``held_out`` and on ``carried`` (pairs with terms given)."""
    sides = zip(
        ready.stream.encode_source([pair.source for pair in held_out]),
        ready.stream.encode_target([pair.target for pair in held_out]),
        strict=True,
    )
    examples = [Example(source, target) for source, target in sides]

    def translate(model: Any, sources: Sequence[str]) -> list[str]:
        return translate_greedily(model, ready.tokenizer, ready.family, sources)

    def evaluate(model: Any) -> dict[str, float]:
        from sacrebleu.metrics.bleu import BLEU
        from sacrebleu.metrics.chrf import CHRF

        measured = {"dev_loss": round(held_out_loss(model, examples, schedule, ready.pad, ready.start), 4)}
        made = translate(model, [pair.source for pair in held_out])
        references = [[pair.target for pair in held_out]]
        measured["bleu"] = round(BLEU().corpus_score(made, references).score, 2)
        measured["chrf"] = round(CHRF(word_order=2).corpus_score(made, references).score, 2)
        if carried:
            sources = [pair.source for pair in carried]
            made = translate(model, sources)
            kept, total = terms_kept(sources, made)
            measured["terms_kept"] = round(kept / max(1, total), 4)
        return measured

    return evaluate
