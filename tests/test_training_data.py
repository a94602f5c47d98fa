"""Training data: reading, cleaning, spans, term carrying, alignment."""

from __future__ import annotations

import lzma
import random
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.errors import TrainingError
from bulletin.training.alignment import Aligner, Tokens, consistent_phrases, grow_diagonal
from bulletin.training.carrying import Carrying, Substitutes, carry
from bulletin.training.clauses import clause_pairs, cut_in_two
from bulletin.training.evaluate import given_terms, terms_kept
from bulletin.training.pairs import Pair, clean, read_pairs
from bulletin.training.phrases import phrase_finder, worth_carrying
from bulletin.training.prepare import make_substitutes
from bulletin.training.spans import DATE, FIGURE, NAME, TERM, TermIndex, find_spans, undiacritic
from bulletin.training.stream import Pool, Stream
from bulletin.training.terms import bare, merge_terms, read_terms
from bulletin.translation.engine import TERM_CLOSE, TERM_OPEN

TERMS = {
    "Bộ Chính trị": ("Politburo",),
    "Ủy viên Bộ Chính trị": ("Politburo member",),
    "Thủ tướng": ("Prime Minister",),
    "Phó Thủ tướng": ("Deputy Prime Minister",),
    "Chính phủ": ("Government",),
    "cử tri": ("voter",),
    "cải cách hành chính": ("administrative reform",),
}
INDEX = TermIndex.of(TERMS)


def tmx(body: str, head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<tmx version="1.4"><header/><body>{body}</body></tmx>'
    )


def unit(vi: str, en: str) -> str:
    return f'<tu><tuv xml:lang="vi-VN"><seg>{vi}</seg></tuv><tuv xml:lang="EN_us"><seg>{en}</seg></tuv></tu>'


# reading


def test_tsv_xz_and_headings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv.xz"
    path.write_bytes(lzma.compress("Quốc  hội\u200b họp\tThe Assembly meets\tparty\n\n".encode()))
    assert list(read_pairs(path)) == [Pair("Quốc hội họp", "The Assembly meets")]
    path = tmp_path / "b.tsv"
    path.write_text("doc\ten\tvi\n1\tThe people\tNhân dân\n", "utf-8")
    assert list(read_pairs(path)) == [Pair("Nhân dân", "The people")]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.tsv", b"m\xe1\xbb\x99t\tone\nhai\n", "a.tsv:2: .*too few tabs"),
        ("a.tsv", b"\xff\xfe\tone\n", "UTF-8"),
        ("a.tsv.xz", b"not xz at all", "damaged"),
        ("a.tsv.xz", lzma.compress(b"a\tb\n" * 50)[:40], "damaged"),
        ("a.csv", b"a,b", "give one of these"),
        ("a.tmx", b"<tmx><body><tu>", "damaged"),
        ("a.tmx", b"<html/>", "<tmx>"),
        ("a.tmx", b"", "damaged"),
        (
            "a.tmx",
            tmx(unit("&x;", "one"), '<!DOCTYPE tmx [<!ENTITY x "boom">]>').encode(),
            "entit",
        ),
        (
            "a.tmx",
            tmx(unit("&x;", "one"), '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>').encode(),
            "entit",
        ),
    ],
)
def test_bad_files_are_one_clear_error(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(TrainingError, match=said):
        list(read_pairs(path))


def test_tmx_text_is_read_without_inline_codes(tmp_path: Path) -> None:
    body = unit(
        "Quốc <bpt i='1'>&lt;b></bpt>hội<ept i='1'>&lt;/b></ept> <hi>họp</hi>", "The <ph/>Assembly meets"
    )
    body += '<tu><tuv xml:lang="vi"><seg>một</seg></tuv><tuv xml:lang="fr"><seg>un</seg></tuv></tu><tu/>'
    path = tmp_path / "a.tmx"
    path.write_text(tmx(body, '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'), "utf-8")
    assert list(read_pairs(path)) == [Pair("Quốc hội họp", "The Assembly meets")]


# cleaning


def test_cleaning_drops_and_mends_what_would_mislead() -> None:
    good = Pair("Thủ tướng dự hội nghị tại Hà Nội.", "The Prime Minister attends a meeting in Hanoi.")
    cleaned = clean(
        [
            good,
            good,
            Pair("The voters agree with him.", "Cử tri đồng ý với ông ấy."),
            Pair("Mặt trận", ""),
            Pair("Covid-19", "COVID-19"),
            Pair(
                "Họp",
                "The meeting went on for a very long time indeed, and nobody could say when it would end.",
            ),
            Pair("Phát triển kinh tế", "Phát triển kinh tế xã hội của thành phố"),
            Pair("Giữ riêng cho đo lường.", "Kept apart for measuring."),
        ],
        held_out=frozenset({"Giữ riêng cho đo lường."}),
    )
    assert cleaned.pairs == (good, Pair("Cử tri đồng ý với ông ấy.", "The voters agree with him."))
    assert cleaned.swapped == 1
    assert cleaned.dropped == {
        "repeated": 1,
        "empty": 1,
        "sides alike": 1,
        "length ratio": 1,
        "English side is Vietnamese": 1,
        "held out for scoring": 1,
    }


# terms


def test_terms_are_read_bare_from_tsv_and_prose(tmp_path: Path) -> None:
    table = tmp_path / "t.tsv"
    table.write_text("Bộ Nội vụ\tThe Ministry of Home Affairs (MOHA)\torigin\n", "utf-8")
    prose = tmp_path / "t.md"
    prose.write_text(
        "Abroad: Hàn Quốc -> the Republic of Korea | Ba / Bốn -> three / four\n- text\n", "utf-8"
    )
    terms = merge_terms([read_terms(table), read_terms(prose)])
    assert terms["Bộ Nội vụ"] == ("Ministry of Home Affairs",)
    assert terms["Hàn Quốc"] == ("Republic of Korea",)
    assert set(terms["Bốn"]) == {"three", "four"}
    assert bare("the Politburo") == "Politburo" and bare("theatre") == "theatre"


# spans


def spans_of(source: str, target: str) -> list[tuple[str, str, str]]:
    return [(source[s.start : s.end], s.given, s.kind) for s in find_spans(source, target, INDEX)]


def test_terms_names_dates_and_figures_are_found() -> None:
    source = (
        "Ngày 16/1/2020, Ủy viên Bộ Chính trị, Phó Thủ tướng Đỗ Văn Ánh đến Đà Nẵng trao 1.234,5 tỷ đồng, "
        "tăng 5,2%."
    )
    target = (
        "On January 16, 2020, Politburo member and Deputy Prime Minister Do Van Anh visited Da Nang to hand "
        "over 1,234.5 billion VND, up 5.2%."
    )
    assert spans_of(source, target) == [
        ("Ngày 16/1/2020", "January 16, 2020", DATE),
        ("Ủy viên Bộ Chính trị", "Politburo member", TERM),
        ("Phó Thủ tướng", "Deputy Prime Minister", TERM),
        ("Đỗ Văn Ánh", "Do Van Anh", NAME),
        ("Đà Nẵng", "Da Nang", NAME),
        ("1.234,5 tỷ đồng", "1,234.5 billion VND", FIGURE),
        ("5,2%", "5.2%", FIGURE),
    ]


def test_a_term_is_given_as_listed_where_the_sentence_only_capitalised_it() -> None:
    assert spans_of("Hôm nay cử tri họp", "Voters meet today") == [("cử tri", "voters", TERM)]
    assert spans_of("Chính phủ họp", "Cabinet meets") == []


@given(st.text(alphabet="ĐđỗáàẢ Nguyễn.,/0123456789%tỷđồng⟦⟧", max_size=60), st.text(max_size=60))
def test_spans_never_overlap_and_stand_where_they_say(source: str, target: str) -> None:
    spans = find_spans(source, target, INDEX)
    for one, two in pairwise(spans):
        assert one.end <= two.start
    places = sorted((span.target_start, span.target_end) for span in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(places))
    for span in spans:
        assert span.given.casefold() == target[span.target_start : span.target_end].casefold()


def test_undiacritic_leaves_ascii_names() -> None:
    assert undiacritic("Đỗ Mười, Nguyễn Phú Trọng") == "Do Muoi, Nguyen Phu Trong"


# carrying

WORDS = [
    ("Thủ tướng", "Prime Minister"),
    ("Bộ Chính trị", "Politburo"),
    ("cải cách hành chính", "administrative reform"),
    ("Nguyễn Văn Nam", "Nguyen Van Nam"),
    ("Đà Nẵng", "Da Nang"),
    ("16/1", "January 16"),
    ("1.500 tỷ đồng", "1,500 billion VND"),
    ("và", "and"),
    ("một", "a"),
]


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=10),
    st.integers(0, 10_000),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_what_is_carried_stands_bare_in_the_target(
    words: list[tuple[str, str]], seed: int, every: float, substitutes: float
) -> None:
    pair = Pair(" ".join(vi for vi, _ in words), " ".join(en for _, en in words))
    spans = find_spans(pair.source, pair.target, INDEX)
    made = carry(
        pair, spans, Carrying(1.0, every, substitutes, 6), make_substitutes(dict(TERMS)), random.Random(seed)
    )
    depth = 0
    for character in made.source:
        depth += (character == TERM_OPEN) - (character == TERM_CLOSE)
        assert depth in (0, 1)
    assert depth == 0
    assert TERM_OPEN not in made.target and TERM_CLOSE not in made.target
    terms = given_terms(made.source)
    assert len(terms) <= 6 and bool(terms) == bool(spans)
    assert terms_kept([made.source], [made.target]) == (len(terms), len(terms))


def test_a_pair_that_holds_marks_or_is_not_chosen_stays() -> None:
    pair = Pair("⟦Politburo⟧ và Thủ tướng", "the Politburo and the Prime Minister")
    spans = find_spans(pair.source, pair.target, INDEX)
    assert carry(pair, spans, Carrying(share=1.0), Substitutes(), random.Random(1)) == pair
    plain = Pair("Thủ tướng", "Prime Minister")
    spans = find_spans(plain.source, plain.target, INDEX)
    assert spans and carry(plain, spans, Carrying(share=0.0), Substitutes(), random.Random(1)) == plain


def test_a_substitute_brings_its_article() -> None:
    pair = Pair("Một Thủ tướng mới", "a Prime Minister comes")
    spans = find_spans(pair.source, pair.target, INDEX)
    made = carry(pair, spans, Carrying(1.0, 1.0, 1.0), Substitutes(capitalised=["Office"]), random.Random(1))
    assert made == Pair("Một ⟦Office⟧ mới", "an Office comes")


# the stream


def make_stream(**changed: object) -> Stream:
    pairs = tuple(Pair(f"câu {n} " + "dài " * (n % 9), f"line {n} " + "long " * (n % 9)) for n in range(50))
    values: dict[str, object] = {
        "pools": (Pool("a", pairs[:40], 3.0), Pool("b", pairs[40:], 1.0)),
        "encode_source": lambda texts: [[0, *range(len(text.split())), 2] for text in texts],
        "encode_target": lambda texts: [[0, *range(len(text.split())), 2] for text in texts],
        "carrying": Carrying(),
        "substitutes": Substitutes(),
        "round_pairs": 40,
        "batch_tokens": 60,
        "max_length": 40,
        "seed": 1,
    }
    return Stream(**(values | changed))  # type: ignore[arg-type]


def test_rounds_are_repeatable_and_pass_over_every_pair() -> None:
    stream = make_stream()
    assert stream.batches(3) == make_stream().batches(3)
    assert stream.batches(3) != stream.batches(4)
    drawn = [pair for number in range(4) for pair in stream.draw(number)]
    assert {pair for pool in stream.pools for pair in pool.pairs} == set(drawn)


def test_batches_stay_within_their_tokens_and_lengths() -> None:
    for batch in make_stream(max_length=9).batches(0):
        width = max(len(example.source) for example in batch) + max(len(example.target) for example in batch)
        assert width * len(batch) <= 60 or len(batch) == 1
        assert all(len(example.target) <= 9 for example in batch)


# alignment


def test_alignment_finds_words_that_go_together() -> None:
    rng = random.Random(3)
    pairs = []
    for _ in range(300):
        chosen = rng.sample(range(40), 4)
        pairs.append(([f"vi{n}" for n in chosen], [f"en{n}" for n in rng.sample(chosen, 4)]))
    aligner = Aligner(pairs)
    assert aligner.align(["vi3", "vi8", "vi5"], ["en5", "en3", "en8"]) == [2, 0, 1]
    assert aligner.align([], ["big"]) == [-1]


def test_phrases_are_consistent_with_their_links() -> None:
    links = grow_diagonal({(0, 0), (1, 0), (2, 1)}, {(0, 0), (2, 1)})
    assert links == {(0, 0), (1, 0), (2, 1)}
    assert set(consistent_phrases(links, 2)) == {(0, 2, 0, 1), (2, 3, 1, 2), (0, 3, 0, 2)}


@given(st.frozensets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12))
def test_no_link_leads_out_of_a_phrase(links: frozenset[tuple[int, int]]) -> None:
    for low, high, begin, end in consistent_phrases(links, 7):
        assert all((low <= one < high) == (begin <= two < end) for one, two in links)
        assert any(low <= one < high for one, _ in links)


def test_phrases_are_cached_and_a_damaged_cache_is_said(tmp_path: Path) -> None:
    pairs = [Pair(f"chính sách mới của tỉnh {n}", f"policies of province {n}") for n in "abcdefghij"]
    find = phrase_finder(pairs, tmp_path)
    again = phrase_finder(pairs, tmp_path)
    assert [find(pair) for pair in pairs] == [again(pair) for pair in pairs]
    for pair in pairs:
        for start, end, target_start, target_end in find(pair):
            assert pair.source[start:end] and pair.target[target_start:target_end]
    cache = next(tmp_path.glob("phrases-*.tsv"))
    cache.write_text("damaged", "utf-8")
    with pytest.raises(TrainingError, match="delete it"):
        phrase_finder(pairs, tmp_path)


LONG = (
    "Sáng nay, Thủ tướng dự hội nghị của các bộ và các địa phương tại Hà Nội, "
    "nhằm rà soát kế hoạch của năm nay và giao nhiệm vụ mới.",
    "This morning, the Prime Minister attended a conference of ministries and localities in Hanoi, "
    "in order to review this year's plan and assign new tasks.",
)


def linked(source: str, target: str, order: Sequence[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Each word of the source linked to the word at the same share of its part of the target."""
    first, second = Tokens.of(source).words, Tokens.of(target).words
    return frozenset((n * len(first) // 40, m * len(second) // 40) for n, m in order)


def test_a_long_pair_is_cut_where_no_link_crosses() -> None:
    source, target = LONG
    pair, tokens = Pair(source, target), (Tokens.of(source), Tokens.of(target))
    straight = linked(source, target, [(n, n) for n in range(40)])
    first, second = cut_in_two(pair, *tokens, straight)
    assert (first.source + " " + second.source, first.target + " " + second.target) == LONG
    assert first.source.endswith("tại Hà Nội,") and first.target.endswith("in Hanoi,")
    assert second.source.startswith("nhằm") and second.target.startswith("in order to")
    # what stands the other way about in English cannot be cut there
    turned = linked(source, target, [(n, 39 - n) for n in range(40)])
    assert cut_in_two(pair, *tokens, turned) is None
    # nor what has no place to be cut
    bare = Pair(source.replace(",", "").replace(" và ", " ").replace(" nhằm ", " "), target)
    assert cut_in_two(bare, Tokens.of(bare.source), tokens[1], straight) is None


def test_clauses_are_cut_once_and_then_read(tmp_path: Path) -> None:
    pairs = [Pair(*LONG), Pair("Quốc hội họp.", "The National Assembly meets.")] + [
        Pair(f"Từ {n} người", f"Word {n} people") for n in range(30)
    ]
    parts = clause_pairs(pairs, tmp_path)
    (cache,) = tmp_path.glob("clauses-*.tsv")
    before = cache.stat().st_mtime_ns
    assert clause_pairs(pairs, tmp_path) == parts
    assert cache.stat().st_mtime_ns == before
    assert all(part.source in LONG[0] and part.target in LONG[1] for part in parts)
    assert clause_pairs(pairs[1:], tmp_path) == []
    assert len(list(tmp_path.glob("clauses-*.tsv"))) == 2
    cache.write_text("vi\ten\nno tab here\n", encoding="utf-8")
    with pytest.raises(TrainingError, match="too few tabs"):
        clause_pairs(pairs, tmp_path)


def test_only_names_and_noun_phrases_are_worth_carrying() -> None:
    assert worth_carrying(["national", "assembly"], "National Assembly")
    assert worth_carrying(["land", "law"], "land law")
    assert not worth_carrying(["the", "law"], "the law")
    assert not worth_carrying(["announced"], "announced")
