"""A rule over titles: a man's form for somebody who may well be a woman is pointed out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletin.checking.terms import RIGHT, Audited
from bulletin.finding import Finding, Severity
from bulletin.glossary.gender import WOMAN, in_gender
from bulletin.language.normal import fold_text
from bulletin.terminology.people import titles_held

# given names that women bear far more often than men
_OF_WOMEN = frozenset(
    """
    bích châu chi cúc diễm diệp dịu dung duyên đào hạnh hằng hiền hoa huệ huyền hường hương khuê kiều lan lành
    lệ liên liễu loan lụa ly mai na nga ngân nguyệt nhài nhàn nhi nhung như nương oanh phấn phượng quyên quỳnh
    sen sim thảo thắm thi thoa thơ thơm thu thục thúy thùy thủy tiên tươi trang trà trâm trinh trúc tuyết uyên
    vân vy xuyến yến
    """.split()
)


def gender_findings(audited: Sequence[Audited], told: set[str]) -> Iterator[Finding]:
    """``title-gender``, a note for each person once (``told`` collects them by name).

    The article says neither ``bà`` nor ``ông`` of a person with a woman's given name, and the English
    has a title in its masculine form.
    """
    for item in audited:
        for held in titles_held(item.pair.source, item.matches):
            # a title whose holder the article tells of agrees already
            if held.holder is None or held.gender or item.matches[held.title].gender:
                continue
            line, person = item.lines[held.title], item.matches[held.holder].source
            name = fold_text(person)
            if line.status not in RIGHT or in_gender(line.found, WOMAN) or name in told:
                continue
            if name.split()[-1].casefold() in _OF_WOMEN:
                told.add(name)
                yield item.pair.finding(
                    "title-gender",
                    Severity.NOTE,
                    f"{line.found!r} is a man's title; {person!r} may be a woman",
                    "if she is one, write the feminine form (Chairwoman)",
                )
