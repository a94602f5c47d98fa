"""The glossary that is shipped: its files hold no fault, and the titles that matter most come out exactly."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

import pytest

from bulletin.finding import Severity
from bulletin.glossary.layers import Glossary, load_glossary
from bulletin.glossary.lint import check_glossary
from bulletin.glossary.matcher import Matcher

FOLDER = Path(__file__).parent.parent / "glossary"


@cache
def shipped() -> Glossary:
    return load_glossary([FOLDER], builtin=False)


@cache
def matcher(date: datetime.date | None = None, style: str = "vna") -> Matcher:
    return Matcher(shipped(), style, date)


def whole(vietnamese: str, date: datetime.date | None = None, style: str = "vna") -> tuple[str, str]:
    """English and status of a term that is the whole text."""
    (match,) = matcher(date, style).match(vietnamese)
    assert (match.start, match.end) == (0, len(vietnamese))
    return match.target, match.status


def test_the_files_hold_no_error() -> None:
    faults = [finding for finding in check_glossary([FOLDER]) if finding.severity is Severity.ERROR]
    assert faults == []


def test_every_row_says_where_it_comes_from() -> None:
    assert [entry.id for entry in shipped().entries if not entry.authority] == []
    # and names what can be looked up, not just whose usage it is
    assert [finding for finding in check_glossary([FOLDER]) if finding.code == "G019"] == []


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        ("Tổng Bí thư", "Party General Secretary"),
        ("Thường trực Ban Bí thư", "Permanent Member of the Party Central Committee's Secretariat"),
        (
            "Thường trực Ban Bí thư Trung ương Đảng",
            "Permanent Member of the Party Central Committee's Secretariat",
        ),
        ("Bí thư Trung ương Đảng", "Secretary of the Party Central Committee"),
        ("Chánh Văn phòng Trung ương Đảng", "Chief of the Party Central Committee's Office"),
        (
            "Trưởng ban Nội chính TW",
            "Chairman of the Party Central Committee's Commission for Internal Affairs",
        ),
        (
            "Phó Trưởng Ban Tổ chức Trung ương",
            "Vice Chairman of the Party Central Committee's Organisation Commission",
        ),
        (
            "Uỷ ban Kiểm tra Trung ương",
            "Party Central Committee's Inspection Commission",
        ),
        ("Hội nghị Trung ương 8 khóa XIII", "eighth plenum of the 13th Party Central Committee"),
        (
            "Hội nghị lần thứ tám Ban Chấp hành Trung ương Đảng khoá XIII",
            "eighth plenum of the 13th Party Central Committee",
        ),
        ("Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", "13th National Party Congress"),
        ("Bí thư Quân ủy Trung ương", "Secretary of the Central Military Commission"),
        ("Ban Cán sự Đảng Bộ GD&ĐT", "Ministry of Education and Training's Party Civil Affairs Committee"),
        ("Phó Chủ tịch nước", "Vice State President"),
        ("Chủ nhiệm Văn phòng Chủ tịch nước", "Chairman of the Presidential Office"),
        ("UBTVQH", "National Assembly Standing Committee"),
        ("Kỳ họp thứ sáu, Quốc hội khóa XV", "sixth session of the 15th National Assembly"),
        (
            "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
            "Minister and Chairman of the Government Office",
        ),
        ("Bộ trưởng Bộ LĐ-TB&XH", "Minister of Labour, Invalids and Social Affairs"),
        ("Phó Thủ tướng Thường trực Chính phủ", "Permanent Deputy Prime Minister"),
        ("Chánh án TANDTC", "Chief Justice of the Supreme People's Court"),
        ("Viện trưởng VKSND tối cao", "Prosecutor General of the Supreme People's Procuracy"),
        ("Thượng tướng", "Senior Lieutenant General"),
        ("kinh tế-xã hội", "socio-economic"),
    ],
)
def test_a_title_has_its_one_english(vietnamese: str, english: str) -> None:
    assert whole(vietnamese)[0] == english


@pytest.mark.parametrize(
    ("vietnamese", "date", "status"),
    [
        ("Bộ Giao thông vận tải", datetime.date(2025, 2, 28), ""),
        ("Bộ Giao thông vận tải", datetime.date(2025, 3, 1), "expired"),
        ("Bộ Nông nghiệp và Môi trường", datetime.date(2025, 3, 1), ""),
        ("Bộ Nông nghiệp và Môi trường", datetime.date(2025, 2, 28), "expired"),
        ("Ban Tuyên giáo Trung ương", datetime.date(2024, 6, 1), ""),
        ("Ban Tuyên giáo Trung ương", datetime.date(2025, 6, 1), "expired"),
        ("Ủy ban Pháp luật và Tư pháp", datetime.date(2025, 6, 1), ""),
        ("Ủy ban Pháp luật", datetime.date(2025, 6, 1), "expired"),
        ("Sở Giao thông vận tải", datetime.date(2025, 2, 28), ""),
        ("Giám đốc Sở Kế hoạch và Đầu tư tỉnh Lào Cai", datetime.date(2025, 3, 1), "expired"),
        ("Công an huyện", datetime.date(2025, 3, 1), "expired"),
        ("Chủ tịch UBND huyện Sóc Sơn", datetime.date(2025, 6, 30), ""),
        ("Chủ tịch UBND huyện Sóc Sơn", datetime.date(2025, 7, 1), "expired"),
        ("Chủ tịch UBND xã", datetime.date(2025, 7, 1), ""),
    ],
)
def test_the_date_of_the_article_decides(vietnamese: str, date: datetime.date, status: str) -> None:
    assert whole(vietnamese, date)[1] == status


def test_one_name_is_read_by_its_date() -> None:
    assert whole("Cục Thống kê", datetime.date(2024, 5, 2))[0] == "Statistics Office"
    assert whole("Cục Thống kê", datetime.date(2025, 5, 2))[0] == "National Statistics Office"


@pytest.mark.parametrize(
    ("style", "english"),
    [
        ("vna", "Presidential Office"),
        ("mofa", "Office of the President"),
    ],
)
def test_a_style_has_its_own_name(style: str, english: str) -> None:
    assert whole("Văn phòng Chủ tịch nước", style=style)[0] == english


@pytest.mark.parametrize(
    "text",
    [
        "cán bộ xây dựng kế hoạch",  # holds bộ xây dựng
        "toàn bộ tài chính của xã",
        "cán bộ trưởng thành từ cơ sở",  # holds bộ trưởng
        "kỷ luật đảng viên",  # holds kỷ luật đảng
    ],
)
def test_words_that_only_look_like_a_title_are_left_alone(text: str) -> None:
    targets = {match.target for match in matcher().match(text)}
    assert not targets & {
        "Ministry of Construction",
        "Ministry of Finance",
        "Minister",
        "Party discipline",
    }


def test_another_body_that_begins_like_the_partys_is_not_the_partys() -> None:
    assert whole("Ban Bí thư Trung ương Đoàn")[0] == "Secretariat of the Youth Union Central Committee"
    assert "Communist Party of China" in whole("Ban Chấp hành Trung ương Đảng Cộng sản Trung Quốc")[0]
    for other in (
        "Ban Bí thư Trung ương Đảng Nhân dân Cách mạng Lào",
        "Trưởng Ban Tổ chức Trung ương Hội Luật gia Việt Nam",
        "Văn phòng Trung ương Giáo hội Phật giáo Việt Nam",
        "các Văn phòng Trung ương",
    ):
        targets = [match.target for match in matcher().match(other)]
        assert not [target for target in targets if "Party Central" in target], other


def test_the_partys_office_is_known_without_its_party() -> None:
    assert whole("Văn phòng Trung ương")[0] == "Party Central Committee's Office"
    assert (
        whole("Phó Chánh Văn phòng Trung ương")[0] == "Deputy Chief of the Party Central Committee's Office"
    )
    assert not matcher().match("văn phòng trung ương của ngân hàng")
