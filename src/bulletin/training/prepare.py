"""Everything a run needs, from a recipe, a base model and files: model, tokenizer, stream of batches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulletin.errors import TrainingError
from bulletin.training.carrying import Substitutes
from bulletin.training.pairs import Cleaned, Pair, clean, read_pairs
from bulletin.training.recipe import Recipe
from bulletin.training.sampling import make_sampler
from bulletin.training.spans import Span, TermIndex, find_spans, undiacritic
from bulletin.training.stream import Pool, Stream
from bulletin.training.terms import merge_terms, read_terms
from bulletin.translation.catalogue import BUILTIN, resolve_model
from bulletin.translation.engine import TERM_CLOSE, TERM_OPEN
from bulletin.translation.families import Family, family_of

Say = Callable[[str], None]

_SURNAMES = (
    "Nguyen Tran Le Pham Hoang Huynh Phan Vu Vo Dang Bui Do Ho Ngo Duong Ly Trinh Dinh Mai Dao "
    "Luong Truong Ha To"
).split()
_MIDDLE = "Van Thi Duc Minh Quoc Xuan Thanh Ngoc Hong Huu Cong Quang Hoai Kim Thu Viet Anh Dinh".split()
_GIVEN = (
    "An Binh Chinh Cuong Dung Duc Giang Hai Hanh Hien Hoa Hung Huong Khanh Khoa Lam Lan Linh Long Luan "
    "Mai Manh Nam Nga Ngan Nghia Phong Phuc Phuong Quan Quang Quyen Sang Son Tam Thang Thanh Thao Thuan "
    "Tien Toan Trang Trung Tu Tuan Tung Uyen Van Vinh Vuong Xuan Yen"
).split()
_HEADS = (
    "Department",
    "Commission",
    "Institute",
    "Committee",
    "Office",
    "Council",
    "Agency",
    "Board",
    "Academy",
)
_FIELDS = (
    "Water Resources", "Forest Protection", "Ethnic Policies", "Press and Publishing", "Market Surveillance",
    "Urban Planning", "Cadre Training", "Legal Support", "Overseas Labour", "Maritime Safety", "Rural Credit",
    "Digital Government", "Heritage Preservation", "Public Assets", "Border Trade", "Food Safety",
    "Youth Affairs",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the loop runs on."""

    model: Any
    tokenizer: Any
    family: Family
    stream: Stream
    pad: int
    start: int
    cleaned: dict[str, Cleaned]


def load_base(name_or_path: str) -> tuple[Any, Any]:
    """Load a seq2seq model (fp32) and its tokenizer; ``builtin`` is the model in the package.

    Raises ModelError or TrainingError where it cannot be loaded; nothing is downloaded.
    """
    import torch
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    folder = resolve_model(name_or_path or BUILTIN)
    try:
        model = AutoModelForSeq2SeqLM.from_pretrained(folder, dtype=torch.float32, local_files_only=True)
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    except (OSError, ValueError, KeyError, ImportError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise TrainingError(
            f"{name_or_path}: no seq2seq model can be loaded from there ({reason}); "
            "give 'builtin', a folder, or a hub name that is in the cache"
        ) from error
    return model, tokenizer


def add_marks(model: Any, tokenizer: Any) -> bool:
    """Give the model the two marks as whole pieces, if it lacks them; return whether it did.

    They are plain added pieces, not special ones, so that they are never cut up, nor hidden in decoding.
    The new rows start as the mean of the brackets' rows (or of all rows).
    """
    import torch
    from tokenizers import AddedToken

    vocabulary = tokenizer.get_vocab()
    missing = [mark for mark in (TERM_OPEN, TERM_CLOSE) if mark not in vocabulary]
    if not missing:
        return False
    tokenizer.add_tokens([AddedToken(mark, normalized=False, special=False) for mark in missing])
    embeddings = model.get_input_embeddings()
    before = embeddings.weight.detach()
    seeds = {TERM_OPEN: ("▁(", "(", "▁[", "["), TERM_CLOSE: (")", "▁)", "]", "▁]")}
    rows = {}
    for mark in missing:
        like = [vocabulary[piece] for piece in seeds[mark] if piece in vocabulary]
        rows[mark] = before[like].mean(0) if like else before.mean(0)
    if len(tokenizer) > before.shape[0]:
        model.resize_token_embeddings(len(tokenizer), mean_resizing=False)
    with torch.no_grad():
        weight = model.get_input_embeddings().weight
        for mark, row in rows.items():
            weight[tokenizer.convert_tokens_to_ids(mark)] = row
    return True


def make_substitutes(terms: dict[str, tuple[str, ...]], seed: int = 0) -> Substitutes:
    """Return English to substitute: invented names and bodies, and the term lists' English."""
    import random

    rng = random.Random(f"substitutes/{seed}")
    names = [
        " ".join(
            [
                rng.choice(_SURNAMES),
                *([rng.choice(_MIDDLE)] if rng.random() < 0.8 else []),
                rng.choice(_GIVEN),
            ]
        )
        for _ in range(4000)
    ]
    english = sorted({form for forms in terms.values() for form in forms if 1 < len(form) < 90})
    names += sorted({undiacritic(key) for key, forms in terms.items() if undiacritic(key) in forms})
    invented = [
        f"{rng.choice(_FIELDS)} {rng.choice(_HEADS)}" if rng.random() < 0.5 else
        f"{rng.choice(_HEADS)} for {rng.choice(_FIELDS)}" for _ in range(600)
    ]  # fmt: skip
    return Substitutes(
        tuple(names),
        tuple([form for form in english if form[:1].isupper()] + invented),
        tuple(form for form in english if form[:1].islower() and " " in form),
    )


def prepare(
    recipe: Recipe,
    *,
    base: str = "",
    data: Path | None = None,
    memories: Sequence[Path] = (),
    held_out: frozenset[str] = frozenset(),
    cache: Path | None = None,
    say: Say = lambda line: None,
) -> Prepared:
    """Load and clean the data, load the base model, and join them into a run.

    ``memories`` are a desk's own approved pairs (TMX or TSV); with them the recipe's domains may be absent.
    Where the recipe wants aligned phrases or clauses, they are found once and kept in ``cache``.
    Raises TrainingError.
    """
    if recipe.shape.encoder_layers:
        from bulletin.training.shape import build_from_encoder

        vocabulary = str(resolve_model(recipe.shape.vocabulary)) if recipe.shape.vocabulary else ""
        model, tokenizer = build_from_encoder(
            base or recipe.base, recipe.shape.encoder_layers, recipe.shape.decoder_layers, vocabulary
        )
    else:
        model, tokenizer = load_base(base or recipe.base)
    family = family_of(model.config.model_type, tokenizer.get_vocab(), base or recipe.base)
    if family.source_code:
        tokenizer.src_lang, tokenizer.tgt_lang = family.source_code, family.target_code
    if add_marks(model, tokenizer):
        say("the marks of carried terms were added to the vocabulary")
    terms = merge_terms(read_terms(_inside(data, name, recipe)) for name in recipe.terms)
    index = TermIndex.of(terms)
    texts: list[tuple[str, Sequence[Pair], float, bool]] = []
    report: dict[str, Cleaned] = {}
    sources = [
        (domain.name, [_inside(data, name, recipe) for name in domain.files], domain.weight, domain.carry)
        for domain in recipe.domains
    ]
    if memories:
        share = sum(weight for _, _, weight, _ in sources) or 1.0
        sources.append(("memory", list(memories), share, True))
    for name, files, weight, carries in sources:
        cleaned = clean((pair for file in files for pair in read_pairs(file)), held_out=held_out)
        report[name] = cleaned
        say(_told(name, cleaned))
        if cleaned.pairs:
            texts.append((name, cleaned.pairs, weight, carries))
    if not texts:
        raise TrainingError(
            "there is nothing to train on: give --memory FILE, or --data DIR with a recipe that has domains"
        )
    phrases = None
    if recipe.phrases and cache is not None:
        from bulletin.training.phrases import phrase_finder

        phrases = phrase_finder([pair for _, pairs, _, carries in texts if carries for pair in pairs], cache)
    pools = [
        Pool(name, pairs, weight, _span_finder(pairs, index, phrases) if carries else None)
        for name, pairs, weight, carries in texts
    ]
    if recipe.clauses and cache is not None:
        from bulletin.training.clauses import clause_pairs

        parts = clause_pairs([pair for _, pairs, _, carries in texts if carries for pair in pairs], cache)
        if parts:
            weight = sum(pool.weight for pool in pools) * recipe.clauses / (1 - recipe.clauses)
            pools.append(Pool("clauses", parts, weight, _span_finder(parts, index, None)))
            say(f"clauses: {len(parts)} parts of long pairs")
    stream = Stream(
        pools=tuple(pools),
        encode_source=lambda texts: list(tokenizer([family.prefix + text for text in texts])["input_ids"]),
        encode_target=lambda texts: list(
            tokenizer(text_target=[family.strip + text for text in texts])["input_ids"]
        ),
        carrying=recipe.carrying,
        substitutes=make_substitutes(terms, recipe.schedule.seed),
        # without a recipe's domains a round is one pass over the memory
        round_pairs=recipe.round_pairs if recipe.domains else sum(len(pairs) for _, pairs, _, _ in texts),
        batch_tokens=recipe.schedule.batch_tokens,
        max_length=min(
            recipe.schedule.max_length, int(getattr(model.config, "max_position_embeddings", 0) or 10_000)
        ),
        seed=recipe.schedule.seed,
        sample=make_sampler(tokenizer, recipe.schedule.sampling) if recipe.schedule.sampling else None,
    )
    start = model.config.decoder_start_token_id
    start = model.generation_config.decoder_start_token_id if start is None else start
    return Prepared(model, tokenizer, family, stream, int(tokenizer.pad_token_id), int(start), report)


def _inside(data: Path | None, name: str, recipe: Recipe) -> Path:
    if data is None:
        raise TrainingError(f"recipe {recipe.name!r} reads {name!r} from a data folder; give --data DIR")
    path = data / name
    if not path.is_file():
        raise TrainingError(f"{path}: the recipe {recipe.name!r} reads this file, and it is not there")
    return path


def _told(name: str, cleaned: Cleaned) -> str:
    dropped = ", ".join(f"{count} {reason}" for reason, count in sorted(cleaned.dropped.items()))
    swapped = f"; {cleaned.swapped} were swapped and put right" if cleaned.swapped else ""
    return f"{name}: {len(cleaned.pairs)} pairs" + (f"; left out: {dropped}" if dropped else "") + swapped


def _span_finder(
    pairs: Sequence[Pair],
    index: TermIndex,
    phrases: Callable[[Pair], Sequence[tuple[int, int, int, int]]] | None,
) -> Callable[[int], Sequence[Span]]:
    def find(number: int) -> Sequence[Span]:
        pair = pairs[number]
        return find_spans(pair.source, pair.target, index, phrases(pair) if phrases else ())

    return find
