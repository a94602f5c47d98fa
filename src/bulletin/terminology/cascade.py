"""The cascade: every way to get a fixed term into the English, the gentlest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bulletin.glossary.entry import TermMatch
from bulletin.terminology.clausal import Clause, split_sentence
from bulletin.terminology.inject import inject, injected_spans, without_marks
from bulletin.terminology.occurrence import Status
from bulletin.terminology.repair import drop_doubled, mend_form, replace_aligned, replace_forbidden
from bulletin.terminology.verify import Rendering, verify
from bulletin.translation.clauses import join_clauses
from bulletin.translation.engine import Constraint, Engine, Hypothesis, Progress


@dataclass(frozen=True, slots=True)
class Steps:
    """Which steps of the cascade are taken; each can be left out, to measure what it is worth."""

    inject: bool = True
    n_best: bool = True
    constrain: bool = True
    repair: bool = True


@dataclass(frozen=True, slots=True)
class Rendered:
    """One sentence after the cascade.

    ``text`` is the English; ``hypothesis`` what the engine wrote before any mending; ``renderings``
    and ``how`` have one item a match: where it stands, and which step brought it in. ``alternatives``
    are the engine's other hypotheses, best first.
    """

    text: str
    hypothesis: Hypothesis
    matches: tuple[TermMatch, ...]
    renderings: tuple[Rendering, ...]
    how: tuple[str, ...]
    alternatives: tuple[str, ...] = ()


def render(
    sources: Sequence[str],
    matches: Sequence[Sequence[TermMatch]],
    engine: Engine,
    steps: Steps | None = None,
    progress: Progress | None = None,
) -> list[Rendered]:
    """Translate ``sources`` so that each of their ``matches`` comes out as the house writes it.

    The steps: terms put inside the source where the engine carries them; the best of the engine's
    hypotheses by terms held; re-decoding with the missing forms required and the forbidden ones
    banned; the house's form put where alignment or a forbidden form shows the place. Long sentences
    go through them clause by clause, as the engine would cut them. A step's
    result is taken only where it holds more terms than before. What still fails is in
    ``renderings`` for the audit to report: nothing is hidden.
    """
    steps = steps or Steps()
    sentences = [
        split_sentence(source, found, engine.split) for source, found in zip(sources, matches, strict=True)
    ]
    clauses = [clause for sentence in sentences for clause in sentence]
    done = iter(_render_clauses(clauses, engine, steps, progress))
    return [
        _joined(sentence, [next(done) for _ in sentence], tuple(found), steps)
        for sentence, found in zip(sentences, matches, strict=True)
    ]


def _render_clauses(
    clauses: Sequence[Clause], engine: Engine, steps: Steps, progress: Progress | None
) -> list[Rendered]:
    carried = steps.inject and engine.carries_terms
    texts = [inject(clause.source, clause.matches if carried else ()) for clause in clauses]
    n_best = max(1, engine.decoding.beam) if steps.n_best else 1
    decoded = engine.translate(texts, n_best=n_best, progress=progress)
    first = "injected" if carried else "model"
    rendered = [
        _best_of(hypotheses, clause.matches, first)
        for hypotheses, clause in zip(decoded, clauses, strict=True)
    ]
    if steps.constrain:
        rendered = _constrain(texts, rendered, engine)
    if steps.repair:
        rendered = [_repair(text, item, engine, carried) for text, item in zip(texts, rendered, strict=True)]
    return rendered


def _joined(
    clauses: Sequence[Clause], parts: Sequence[Rendered], matches: tuple[TermMatch, ...], steps: Steps
) -> Rendered:
    """The sentence made of its clauses again, its terms looked for anew in the whole."""
    if len(parts) == 1:
        return parts[0]
    sources = [clause.source for clause in clauses]
    proper = {match.target.split(" ", 1)[0] for match in matches}
    text = join_clauses(sources, [part.text for part in parts], proper)
    weights = [max(1, len(part.hypothesis.tokens)) for part in parts]
    hypothesis = Hypothesis(
        join_clauses(sources, [part.hypothesis.text for part in parts]),
        sum(part.hypothesis.score * weight for part, weight in zip(parts, weights, strict=True))
        / sum(weights),
        tuple(token for part in parts for token in part.hypothesis.tokens),
    )
    by_start = sorted(range(len(matches)), key=lambda index: matches[index].start)
    steps_of = dict(zip(by_start, (step for part in parts for step in part.how), strict=True))
    renderings = verify(text, matches)
    how = tuple(
        (steps_of[index] or "repaired") if rendering.right else ""
        for index, rendering in enumerate(renderings)
    )
    item = Rendered(text, hypothesis, matches, renderings, how)
    return _settled(item, mend_form(item.text, matches)) if steps.repair else item


def _best_of(hypotheses: Sequence[Hypothesis], matches: tuple[TermMatch, ...], how: str) -> Rendered:
    """The hypothesis that holds the most terms; the engine's own order decides between equals."""
    texts = [without_marks(hypothesis.text) for hypothesis in hypotheses]
    verified = [verify(text, matches) for text in texts]
    best = max(range(len(texts)), key=lambda i: (_right(verified[i]), -i))
    return Rendered(
        texts[best],
        hypotheses[best],
        matches,
        verified[best],
        tuple(
            (how if best == 0 or verified[0][i].right else "n-best") if rendering.right else ""
            for i, rendering in enumerate(verified[best])
        ),
        tuple(text for i, text in enumerate(texts) if i != best and text != texts[best]),
    )


def _constrain(texts: Sequence[str], rendered: list[Rendered], engine: Engine) -> list[Rendered]:
    """Decode again the sentences that lack a term, with what is missing required.

    First what stands is required too, so that one term is not bought with another; what that does not
    bring in gets a second try without.
    """
    result = list(rendered)
    for keep in (True, False):
        failing = [i for i, item in enumerate(result) if _right(item.renderings) < len(item.matches)]
        if not failing:
            break
        constraints = [_constraint(result[i], keep=keep) for i in failing]
        decoded = engine.translate([texts[i] for i in failing], constraints=constraints)
        for i, hypotheses in zip(failing, decoded, strict=True):
            text = without_marks(hypotheses[0].text)
            if not _tacked_on(text, result[i].matches):
                result[i] = _if_better(result[i], text, "constrained", hypotheses[0])
    return result


def _tacked_on(text: str, matches: Sequence[TermMatch]) -> bool:
    """Whether a term stands alone after the sentence: forced in, and in no place of its own.

    Such a text would pass for right; the shorter way to the truth is to let the term be reported.
    """
    last = re.split(r"(?<=[.!?])\s+", text.strip())[-1].rstrip(".!? ")
    return last != text.strip().rstrip(".!? ") and any(
        last.casefold().removeprefix("the ") == match.target.casefold() for match in matches
    )


def _constraint(item: Rendered, *, keep: bool) -> Constraint:
    """What is missing, and with ``keep`` what stands exactly.

    A term whose words are in another's (the ``Vice President`` of a university and its ``Permanent Vice
    President``) is required once more for each of these, which would pass for it.
    """
    pairs = list(zip(item.matches, item.renderings, strict=True))
    missing = [match for match, rendering in pairs if not rendering.right]
    required = [match.target for match in missing]
    if keep:
        required += [match.target for match, rendering in pairs if rendering.status is Status.EXACT]
    targets = [match.target for match in item.matches]
    for target in dict.fromkeys(required):
        held = sum(target in other for other in targets)
        required += [target] * (held - required.count(target))
    return Constraint(
        tuple(required), tuple(form.removeprefix("the ") for match in missing for form in match.forbidden)
    )


def _repair(text: str, item: Rendered, engine: Engine, carried: bool) -> Rendered:
    """Mend the English itself: forbidden forms, aligned words, case, immediate repetition."""
    if not item.matches:
        return item
    item = _settled(item, drop_doubled(item.text, item.matches))
    for index, match in enumerate(item.matches):
        if item.renderings[index].status is Status.FORBIDDEN:
            mended = replace_forbidden(item.text, match, item.renderings[index])
            item = _if_better(item, mended, "repaired", item.hypothesis)
    if _right(item.renderings) < len(item.matches):
        spans = injected_spans(item.matches) if carried else [(m.start, m.end) for m in item.matches]
        for index, match in enumerate(item.matches):
            if item.renderings[index].right:
                continue
            aligned = engine.aligned(text, replace(item.hypothesis, text=item.text))
            if aligned.alignment is None:
                break
            mended_or_none = replace_aligned(
                item.text, match, spans[index], aligned.alignment, item.renderings
            )
            if mended_or_none is not None:
                item = _if_better(item, mended_or_none, "repaired", item.hypothesis)
    return _settled(item, mend_form(item.text, item.matches))


def _if_better(item: Rendered, text: str, how: str, hypothesis: Hypothesis) -> Rendered:
    """``item`` with ``text`` in place of its own, if more of its terms stand in it."""
    renderings = verify(text, item.matches)
    if _right(renderings) <= _right(item.renderings):
        return item
    steps = tuple(
        (old if old and was.right else how) if now.right else ""
        for now, was, old in zip(renderings, item.renderings, item.how, strict=True)
    )
    return replace(item, text=text, hypothesis=hypothesis, renderings=renderings, how=steps)


def _settled(item: Rendered, text: str) -> Rendered:
    """``item`` with a text in which the same terms stand, perhaps elsewhere or in better case."""
    if text == item.text:
        return item
    renderings = verify(text, item.matches)
    if _right(renderings) < _right(item.renderings):
        return item
    return replace(item, text=text, renderings=renderings)


def _right(renderings: Sequence[Rendering]) -> int:
    return sum(rendering.right for rendering in renderings)
