"""What the English leaves out or has of its own, read by the model that ships."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bulletin.article import BlockKind
from bulletin.checking.added import added_findings, clauses_of
from bulletin.checking.omitted import omitted_findings, parts_of, without
from bulletin.checking.pair import Document, Pair
from bulletin.cli.check import command
from bulletin.finding import Severity
from tiny_models import make_model

# our own sentences: a source, its English, and the English without one of the source's parts
SENTENCES = [
    (
        "Hội nghị đã nghe báo cáo về tình hình kinh tế, thảo luận kế hoạch năm tới và bầu Ban Chấp hành mới.",
        "The conference heard a report on the economic situation, discussed next year's plan "
        "and elected a new Executive Committee.",
        "The conference heard a report on the economic situation and elected a new Executive Committee.",
        "thảo luận kế hoạch năm tới",
    ),
    (
        "Thủ tướng yêu cầu các bộ, ngành khẩn trương hoàn thiện dự thảo nghị định, "
        "nhằm tháo gỡ khó khăn cho doanh nghiệp.",
        "The Prime Minister asked ministries and agencies to urgently complete the draft decree "
        "in order to remove difficulties for enterprises.",
        "The Prime Minister asked ministries and agencies to urgently complete the draft decree.",
        "tháo gỡ khó khăn cho doanh nghiệp",
    ),
    (
        "Phát biểu tại buổi lễ, Bộ trưởng cảm ơn các thầy cô giáo, "
        "đồng thời đề nghị nhà trường tiếp tục đổi mới phương pháp giảng dạy.",
        "Speaking at the ceremony, the Minister thanked the teachers, "
        "and asked the school to continue renewing its teaching methods.",
        "Speaking at the ceremony, the Minister asked the school to continue renewing its teaching methods.",
        "Bộ trưởng cảm ơn các thầy cô giáo",
    ),
    (
        "Sau lễ khai mạc, các đại biểu đã dâng hương tưởng niệm các anh hùng liệt sĩ, "
        "thăm hỏi các gia đình thương binh và trao 50 suất quà cho học sinh nghèo.",
        "After the opening ceremony, the delegates offered incense in memory of heroic martyrs, "
        "visited families of war invalids and presented 50 gifts to poor pupils.",
        "After the opening ceremony, the delegates offered incense in memory of heroic martyrs "
        "and presented 50 gifts to poor pupils.",
        "thăm hỏi các gia đình thương binh",
    ),
]


def document(*pairs: tuple[str, str], block: int | None = None) -> Document:
    made = tuple(
        Pair(vi, en, n if block is None else block, f"s{n}", 10 * n) for n, (vi, en) in enumerate(pairs, 1)
    )
    return Document("a.xlf", made)


@pytest.mark.parametrize(("source", "english", "shorter", "part"), SENTENCES)
def test_a_part_that_is_taken_out_is_named_and_nothing_else(engine, source, english, shorter, part):
    assert not list(omitted_findings(document((source, english)), engine.read))
    (found,) = omitted_findings(document((source, shorter)), engine.read)
    assert (found.code, found.severity, found.segment) == ("clause-omitted", Severity.WARNING, "s1")
    assert found.line == 10
    assert part in found.message


def test_what_the_neighbour_of_the_same_paragraph_tells_is_told(engine):
    source, _, shorter, part = SENTENCES[0]
    other = (
        "Đại biểu các tỉnh phía Bắc dự hội nghị.",
        "Delegates from northern provinces attended the conference and discussed next year's plan too.",
    )
    assert not list(omitted_findings(document((source, shorter), other, block=1), engine.read))
    apart = list(omitted_findings(document((source, shorter), other), engine.read))
    assert part in apart[0].message


ADDED = [
    (0, "discussed next year's plan", "discussed next year's plan, cut the ribbon of a new bridge"),
    (1, "complete the draft decree", "complete the draft decree, which had been rejected twice by voters,"),
    (2, "thanked the teachers,", "thanked the teachers, who had come from eleven European countries,"),
    (3, "visited families", "planted souvenir trees along the river, visited families"),
]


@pytest.mark.parametrize(("sentence", "old", "new"), ADDED)
def test_what_the_source_does_not_say_is_named_and_nothing_else(engine, sentence, old, new):
    source, english, _, _ = SENTENCES[sentence]
    assert not list(added_findings(document((source, english)), engine.read))
    (found,) = added_findings(document((source, english.replace(old, new))), engine.read)
    assert (found.code, found.severity, found.segment, found.line) == (
        "clause-added", Severity.WARNING, "s1", 10,
    )  # fmt: skip
    told = found.message.removeprefix("the source does not seem to say ").strip("'\"")
    assert told in new
    assert told not in english


def test_what_another_source_of_the_paragraph_says_is_not_added(engine):
    source, english, _, _ = SENTENCES[0]
    more = english.replace(" and elected", ", cut the ribbon of a new bridge, and elected")
    other = "Các đại biểu cũng cắt băng khánh thành cầu mới.", ""
    assert not list(added_findings(document((source, more), other, block=1), engine.read))
    assert list(added_findings(document((source, more), other), engine.read))


def test_only_the_segment_asked_for_is_read(engine):
    source, english, shorter, _ = SENTENCES[0]
    both = document((source, shorter), (source, shorter))
    assert [found.segment for found in omitted_findings(both, engine.read, only="s2")] == ["s2"]
    more = english.replace(" and elected", ", cut the ribbon of a new bridge, and elected")
    both = document((source, more), (source, more))
    assert [found.segment for found in added_findings(both, engine.read, only="s2")] == ["s2"]


def test_what_is_empty_untranslated_or_a_byline_is_not_read():
    source = SENTENCES[0][0]
    pairs = (
        Pair(source, "", 1),
        Pair(source, f" {source}", 2),
        Pair(source, "By A, by B", 3, kind=BlockKind.BYLINE),
        Pair("", "English that translates nothing.", 4),
    )

    def never(asked):
        raise AssertionError(asked)

    assert not list(omitted_findings(Document("a", pairs), never))
    assert not list(added_findings(Document("a", pairs), never))


def test_a_segment_that_the_model_cannot_read_is_said(engine):
    source = SENTENCES[0][0] + " " + "thảo luận kế hoạch năm tới, " * 200
    (found,) = omitted_findings(document((source, "The conference ended.")), engine.read)
    assert (found.code, found.severity) == ("clause-omitted", Severity.NOTE)
    assert "too long" in found.message
    assert not list(added_findings(document((source, "The conference ended.")), engine.read))


@given(st.text(alphabet="a, ;:. andwhich\n", max_size=60))
def test_clauses_stand_in_order_and_apart(english):
    spans = clauses_of(english)
    assert all(0 <= start < end <= len(english) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(len(english[start:end].split()) >= 3 for start, end in spans)


def test_a_clause_of_small_words_is_not_asked_for():
    english = "They met ministers there, and so on, and the delegates left for Hanoi."
    assert [english[slice(*span)] for span in clauses_of(english)] == [
        "They met ministers there,", "and the delegates left for Hanoi.",
    ]  # fmt: skip


text = st.text(alphabet="Bộ à,;:.!? vànhằmđể\n", max_size=60)


@given(text)
def test_parts_stand_in_order_and_apart(source):
    spans = parts_of(source)
    assert all(0 <= start < end <= len(source) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(len(source[start:end].split()) >= 3 for start, end in spans)
    for start, end in spans:
        kept = [word.strip(",;:.!?…") for word in without(source, start, end).split()]
        left = [word.strip(",;:.!?…") for word in (source[:start] + " " + source[end:]).split()]
        assert [word for word in kept if word] == [word for word in left if word]


def test_a_sentence_without_a_part_keeps_its_marks_in_order():
    source = "Sáng nay, tại Hà Nội, Quốc hội họp phiên bế mạc."
    assert parts_of(source) == ((10, 21), (22, 48))
    assert without(source, 10, 21) == "Sáng nay, Quốc hội họp phiên bế mạc."
    assert without(source, 22, 48) == "Sáng nay, tại Hà Nội."


def test_a_likelihood_is_the_score_of_what_was_written(engine):
    from bulletin.translation.engine import Decoding
    from bulletin.translation.seq2seq import load_engine

    greedy = load_engine(decoding=Decoding(beam=1))
    sources = ["Quốc hội họp phiên bế mạc.", "Bộ trưởng thăm xã Quảng Phú.", "Hội nghị kết thúc tốt đẹp."]
    written = [found[0] for found in greedy.translate(sources)]
    pairs = [(source, each.text) for source, each in zip(sources, written, strict=True)]
    read = greedy.read(pairs)
    for each, reading in zip(written, read, strict=True):
        # the mean was over the text's pieces, their beginning and their end
        assert reading.total == pytest.approx(each.score * (len(each.tokens) + 2), abs=1e-2)
        assert len(reading.pieces) == len(each.tokens) + 2
        placed = [offset for offset, _ in reading.pieces if offset >= 0]
        assert placed == sorted(placed)
        assert sum(reading.within(0, 5)) + sum(reading.within(5, 999)) == pytest.approx(
            sum(value for offset, value in reading.pieces if offset >= 0)
        )
    # one by one as together: padding counts for nothing
    alone = [greedy.read([pair])[0].total for pair in pairs]
    assert [reading.total for reading in read] == pytest.approx(alone, abs=1e-3)
    unlikely = greedy.read([(sources[0], "The rice harvest of the delta was poor.")])[0].total
    assert unlikely < read[0].total - 10


def test_what_cannot_be_read_has_an_empty_reading(engine):
    counts: list[tuple[int, int]] = []
    readings = engine.read(
        [("Xin chào.", ""), ("Xin chào.", "word " * 2000), ("Xin chào.", "Hello.")],
        lambda done, total: counts.append((done, total)),
    )
    assert [math.isnan(reading.total) for reading in readings] == [True, True, False]
    assert readings[0].pieces == readings[1].pieces == ()
    assert counts == [(1, 1)]
    assert engine.read([]) == []


@pytest.mark.parametrize("family", ["plain", "marian", "mbart", "nllb", "m2m100", "envit5", "madlad"])
def test_every_family_reads(family, tmp_path):
    from bulletin.translation.seq2seq import load_engine

    tiny = load_engine(str(make_model(family, tmp_path)))
    one, other = tiny.read([("xin chào Hà Nội", "hello Hanoi"), ("xin chào", "hello Hanoi, the end")])
    assert one.total < 0
    assert other.total < 0
    # an offset points into the English, whatever the family puts before it
    placed = [offset for offset, _ in one.pieces if offset >= 0]
    assert placed[0] == 0
    assert placed[-1] < len("hello Hanoi")


def test_the_command_reads_with_a_model_and_only_then(tmp_path):
    source, _, shorter, part = SENTENCES[1]
    table = tmp_path / "pair.tsv"
    table.write_text(f"vi\ten\n{source}\t{shorter}\n", encoding="utf-8")
    plain = CliRunner().invoke(command, [str(table)])
    assert "clause-omitted" not in plain.output
    read = CliRunner().invoke(command, [str(table), "--model", "builtin"])
    assert read.exit_code == 3
    assert "clause-omitted" in read.output
    assert part in read.output
    unknown = CliRunner().invoke(command, [str(table), "--model", "no-such/model"])
    assert unknown.exit_code == 1
