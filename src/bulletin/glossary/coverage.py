"""Coverage: the official-looking phrases of articles that have no entry yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bulletin.glossary.capitals import CAPITAL, LOWER, UPPER, pattern
from bulletin.glossary.heads import HEADS, MINISTERIAL
from bulletin.glossary.matcher import Matcher
from bulletin.glossary.tokens import Tokens, fold, tokenize
from bulletin.language.names import find_names

_LINKS = frozenset(map(fold, ("và", "của", "về", "các", "cho", "tại", "với", "-")))
# nouns that open the name of a body, document, event or honour, whatever follows
_OPENERS = frozenset(
    map(
        fold,
        """
        ban bộ cục vụ viện hội sở trường quỹ tổ đoàn luật tòa chi đảng ủy học trung tổng hiệp liên nghị chỉ
        kết quyết chiến chương đề pháp thông công huân huy giải danh ngày tuần năm đại kỳ phiên diễn khu quân
        văn
        """.split(),
    )
)
# what follows a name in a sentence and is no second syllable of its last word
_VERBS = frozenset(
    map(
        fold,
        """
        đã sẽ đang có được bị là vừa cũng phát yêu đề nêu nhấn khẳng chủ ra do để khi từ đến trong trên ở
        theo không phải cần nhận tham dự trao gửi thăm làm rằng này nói cùng sau trước lần thứ khóa
        hôm nay mới còn thì mà vẫn nơi như tổ hoàn thực tiếp triển giới kiểm xây
        """.split(),
    )
)
_SENTENCE_ENDS = frozenset({".", "!", "?", ":", '"', "…", ";"})


@dataclass(frozen=True, slots=True)
class Gap:
    """A phrase without an entry: how often it stands in how many articles, and one sentence it stands in."""

    phrase: str
    count: int
    articles: int
    example: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a glossary covers of some articles: occurrences of its terms, and the gaps, most often first."""

    found: int
    gaps: tuple[Gap, ...]

    @property
    def share(self) -> float:
        """The part of official-looking occurrences that have an entry (1 where there are none at all)."""
        missing = sum(gap.count for gap in self.gaps)
        return self.found / (self.found + missing) if self.found + missing else 1.0


def measure_coverage(articles: Iterable[tuple[str, Iterable[str]]], matcher: Matcher) -> Coverage:
    """Look through articles, given as name and sentences, for what the matcher does not know.

    Official-looking are runs of two or more capitalised syllables, with the small words that link
    them, and titles before a capital. People's names are left out.
    """
    found = 0
    counts: dict[str, int] = {}
    spellings: dict[str, str] = {}
    where: dict[str, set[str]] = {}
    examples: dict[str, str] = {}
    for name, sentences in articles:
        for sentence in sentences:
            matches = matcher.match(sentence)
            found += sum(match.kind not in ("phrase", "place") for match in matches)
            taken = [(match.start, match.end) for match in matches]
            taken += [(person.start, person.end) for person in find_names(sentence, avoid=taken)]
            for phrase in official_phrases(sentence, taken):
                key = fold(phrase)
                counts[key] = counts.get(key, 0) + 1
                spellings.setdefault(key, phrase)
                where.setdefault(key, set()).add(name)
                examples.setdefault(key, sentence)
    gaps = [Gap(spellings[key], count, len(where[key]), examples[key]) for key, count in counts.items()]
    gaps.sort(key=lambda gap: (-gap.count, -gap.articles, -len(gap.phrase), gap.phrase))
    return Coverage(found, tuple(gaps))


def official_phrases(sentence: str, taken: Iterable[tuple[int, int]] = ()) -> list[str]:
    """The phrases of a sentence that look official, outside the spans ``taken`` (characters)."""
    tokens = tokenize(sentence)
    capitals = [pattern(token) for token in tokens.written]
    spans = list(taken)
    free = [not any(start < end_ and begin < end for begin, end_ in spans) for start, end in tokens.spans]
    phrases = []
    at = 0
    while at < len(tokens):
        end = _phrase(tokens, capitals, free, at)
        if end > at:
            first, last = tokens.span(at, end)
            phrases.append(sentence[first:last])
            at = end
        else:
            at += 1
    return phrases


def _phrase(tokens: Tokens, capitals: list[str], free: list[bool], at: int) -> int:
    """Where a phrase that begins at a token ends, or ``at`` where none begins."""
    if not free[at]:
        return at
    head = HEADS.at(tokens.folded, at) or MINISTERIAL.at(tokens.folded, at)
    if head:
        end = _run(tokens, capitals, free, at + head[0], opens=True)
        if end > at + head[0]:
            return end
    if capitals[at] not in (CAPITAL, UPPER):
        return at
    opens = tokens.folded[at] in _OPENERS
    if _begins_sentence(tokens, at) and not opens:
        return at
    end = _run(tokens, capitals, free, at, opens=opens)
    big = sum(capitals[place] in (CAPITAL, UPPER) for place in range(at, end))
    return end if big > 1 or (opens and end - at > 2) else at


def _run(tokens: Tokens, capitals: list[str], free: list[bool], at: int, *, opens: bool) -> int:
    """The end of a run of capitals, of what links them, and of words that begin with one (``Chỉ đạo``)."""
    end = at
    while end < len(tokens) and free[end]:
        word = tokens.folded[end]
        inner = end > at and _goes_on(capitals, free, end + 1)
        second = opens and end > at and capitals[end - 1] == CAPITAL and word not in _LINKS | _VERBS
        if (
            capitals[end] in (CAPITAL, UPPER)
            or (word in _LINKS and inner)
            or (capitals[end] == LOWER and (second or (inner and word not in _VERBS)))
        ):
            end += 1
        else:
            break
    return end


def _goes_on(capitals: list[str], free: list[bool], at: int) -> bool:
    return at < len(capitals) and free[at] and capitals[at] in (CAPITAL, UPPER)


def _begins_sentence(tokens: Tokens, at: int) -> bool:
    return at == 0 or tokens.folded[at - 1] in _SENTENCE_ENDS
