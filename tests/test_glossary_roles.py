"""The grammar of titles and bodies: head + institution + place, over a small glossary of our own."""

from __future__ import annotations

import datetime

import pytest

from bulletin.glossary.entry import CasePolicy, Entry, TermMatch
from bulletin.glossary.layers import make_glossary
from bulletin.glossary.localities import (
    CITY,
    DISTRICT,
    PROVINCE,
    TOWN_CITY,
    Locality,
    body_forms,
    insert_place,
    joined,
    possessive,
)
from bulletin.glossary.matcher import Matcher


def entry(vi: str, en: str, kind: str = "institution", **more: object) -> Entry:
    fields = {"id": vi, "vi": vi, "english": {"vna": en}, "kind": kind} | more
    return Entry(**fields)  # type: ignore[arg-type]


ENTRIES = [
    entry("Bộ Giáo dục và Đào tạo", "the Ministry of Education and Training", variants=("Bộ GD&ĐT",)),
    entry("Bộ Ngoại giao", "the Ministry of Foreign Affairs"),
    entry("Bộ Tài chính", "the Ministry of Finance"),
    entry("Bộ Công Thương", "the Ministry of Industry and Trade"),
    entry("Bộ Y tế", "the Ministry of Health"),
    entry("Bộ Xây dựng", "the Ministry of Construction"),
    entry("Bộ Giao thông vận tải", "the Ministry of Transport", valid_to=datetime.date(2025, 2, 28)),
    entry("Quốc hội", "the National Assembly"),
    entry("Ủy ban Pháp luật", "the Committee for Legal Affairs", accepted=("the Law Committee",)),
    entry("Ban Tổ chức Trung ương", "the Party Central Committee's Organisation Commission"),
    entry("Ban Dân nguyện", "the Board for People's Aspirations"),
    entry("Văn phòng Chính phủ", "the Government Office"),
    entry("Quân ủy Trung ương", "the Central Military Commission"),
    entry("Hội Nông dân Việt Nam", "the Vietnam Farmers' Union", "organisation"),
    entry("Viện kiểm sát nhân dân tối cao", "the Supreme People's Procuracy"),
    entry("Sở Tài chính", "the Department of Finance"),
    entry("Tổng Bí thư", "Party General Secretary", "title"),
    entry("Chủ tịch nước", "State President", "title"),
    entry("Ủy viên Bộ Chính trị", "Politburo member", "title"),
    entry(
        "Thường trực Ban Bí thư",
        "Permanent Member of the Party Central Committee's Secretariat",
        "title",
        variants=("Thường trực Ban Bí thư Trung ương Đảng",),
    ),
    entry(
        "Bí thư Tỉnh ủy", "Secretary of the provincial Party Committee", "title",
        accepted=("provincial Party chief",),
    ),
    *(
        entry(vi, en, "place", case=CasePolicy.EXACT)
        for vi, en in {
            "Hà Nam": "Ha Nam", "An Giang": "An Giang", "Hà Nội": "Hanoi", "Đà Nẵng": "Da Nang", "Huế": "Hue",
            "Vĩnh Phúc": "Vinh Phuc", "Hạ Long": "Ha Long", "Sơn La": "Son La", "Anh": "the United Kingdom",
        }.items()
    ),
    entry("Thành phố Hồ Chí Minh", "Ho Chi Minh City", "place", variants=("TP.HCM", "TP. Hồ Chí Minh")),
]  # fmt: skip
MATCHER = Matcher(make_glossary(ENTRIES))


def read(text: str, matcher: Matcher = MATCHER) -> list[tuple[str, str]]:
    found = []
    for match in matcher.match(text):
        assert match.source == text[match.start : match.end]
        found.append((match.source, ("the " if match.article else "") + match.target))
    return found


def one(text: str, matcher: Matcher = MATCHER) -> TermMatch:
    (match,) = matcher.match(text)
    assert match.source == text
    return match


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        ("Bí thư Tỉnh ủy Hà Nam", "Secretary of the Ha Nam provincial Party Committee"),
        ("Bí thư tỉnh uỷ Hà Nam", "Secretary of the Ha Nam provincial Party Committee"),
        (
            "Phó Bí thư Thường trực Thành ủy Hà Nội",
            "Permanent Deputy Secretary of the Hanoi municipal Party Committee",
        ),
        ("Bí thư Thành ủy TP.HCM", "Secretary of the Ho Chi Minh City Party Committee"),
        ("Bí thư Huyện ủy Đồng Văn", "Secretary of the district Party Committee"),
        ("Bí thư Đảng ủy xã Xuân Hoà", "Secretary of the Xuan Hoa commune Party Committee"),
        ("Phó Chủ tịch UBND TP. Đà Nẵng", "Vice Chairman of the Da Nang municipal People's Committee"),
        (
            "Phó Chủ tịch Ủy ban nhân dân tỉnh An Giang",
            "Vice Chairman of the An Giang provincial People's Committee",
        ),
        ("Chủ tịch UBND TP Hạ Long", "Chairman of the Ha Long city People's Committee"),
        ("Chủ tịch UBND huyện Đồng Văn", "Chairman of the Dong Van district People's Committee"),
        ("Chủ tịch UBND quận 3", "Chairman of the District 3 People's Committee"),
        ("Chủ tịch UBND thị xã Sa Pa", "Chairman of the Sa Pa town People's Committee"),
        ("Chủ tịch UB nhân dân phường 12", "Chairman of the Ward 12 People's Committee"),
        ("Chủ tịch HĐND tỉnh An Giang", "Chairman of the An Giang provincial People's Council"),
        ("Giám đốc Công an tỉnh Sơn La", "Director of the Son La provincial Department of Public Security"),
        ("Giám đốc Sở Tài chính tỉnh Bến Tre", "Director of the Ben Tre provincial Department of Finance"),
        ("Chủ tịch UBND tỉnh", "Chairman of the provincial People's Committee"),
        ("Bộ trưởng Bộ Giáo dục và Đào tạo", "Minister of Education and Training"),
        ("Bộ trưởng Giáo dục và Đào tạo", "Minister of Education and Training"),
        ("Bộ trưởng Bộ GD-ĐT", "Minister of Education and Training"),
        ("Thứ trưởng Ngoại giao", "Deputy Minister of Foreign Affairs"),
        ("Thứ trưởng Thường trực Bộ Y tế", "Permanent Deputy Minister of Health"),
        ("Quyền Bộ trưởng Bộ Y tế", "Acting Minister of Health"),
        ("Quyền Chủ tịch nước", "Acting State President"),
        ("Chánh Văn phòng Bộ Y tế", "Chief of the Office of the Ministry of Health"),
        (
            "Chủ nhiệm Ủy ban Pháp luật của Quốc hội",
            "Chairman of the National Assembly's Committee for Legal Affairs",
        ),
        ("Phó Chủ nhiệm Uỷ ban Pháp luật", "Vice Chairman of the Committee for Legal Affairs"),
        (
            "Trưởng Ban Tổ chức Trung ương",
            "Chairman of the Party Central Committee's Organisation Commission",
        ),
        (
            "Phó Trưởng ban Tổ chức Trung ương",
            "Vice Chairman of the Party Central Committee's Organisation Commission",
        ),
        ("Trưởng Ban Dân nguyện", "Head of the Board for People's Aspirations"),
        ("Bí thư Quân ủy Trung ương", "Secretary of the Central Military Commission"),
        ("Chủ tịch Hội Nông dân Việt Nam", "President of the Vietnam Farmers' Union"),
        (
            "Phó Viện trưởng Viện kiểm sát nhân dân tối cao",
            "Deputy Prosecutor General of the Supreme People's Procuracy",
        ),
        ("Chánh án TAND tỉnh Phú Thọ", "Chief Judge of the Phu Tho provincial People's Court"),
        ("Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ", "Minister and Chairman of the Government Office"),
        ("Tổng Bí thư, Chủ tịch nước", "Party General Secretary and State President"),
        ("Tổng Bí thư - Chủ tịch nước", "Party General Secretary and State President"),
        (
            "Bộ trưởng Bộ Tài chính và Bộ Công Thương",
            "Minister of Finance and Minister of Industry and Trade",
        ),
        (
            "Bộ trưởng các Bộ Tài chính, Công Thương và Y tế",
            "Ministers of Finance, Industry and Trade, and Health",
        ),
        ("các Bộ Ngoại giao, Y tế", "the Ministries of Foreign Affairs and Health"),
        ("các tỉnh ủy, thành ủy", "provincial and municipal Party Committees"),
        ("Tỉnh ủy, Thành ủy", "provincial and municipal Party Committees"),
        ("UBND các tỉnh, thành phố", "the People's Committees of provinces and cities"),
        ("HĐND, UBND tỉnh An Giang", "the An Giang provincial People's Council and People's Committee"),
        ("UBND Hà Nội", "the Hanoi municipal People's Committee"),
        ("UBND An Giang", "the An Giang provincial People's Committee"),
        ("Công an huyện Ba Vì", "the Ba Vi district Police"),
        ("Ban Thường vụ Tỉnh ủy Sơn La", "the Standing Board of the Son La provincial Party Committee"),
        ("Thường trực HĐND TP Đà Nẵng", "the Standing Board of the Da Nang municipal People's Council"),
        ("Ban cán sự đảng Bộ Y tế", "the Ministry of Health's Party Civil Affairs Committee"),
        ("Văn phòng Bộ Ngoại giao", "the Office of the Ministry of Foreign Affairs"),
        ("Văn phòng Tỉnh ủy Hà Nam", "the Ha Nam provincial Party Committee's Office"),
        ("Thanh tra Bộ Tài chính", "the Inspectorate of the Ministry of Finance"),
    ],
)  # fmt: skip
def test_titles_and_bodies(vietnamese: str, english: str) -> None:
    found = read(vietnamese)
    assert found[0][1] == english
    if "Huyện ủy" not in vietnamese:  # an unknown name behind it may as well be a person's
        assert found == [(vietnamese, english)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ủy viên Bộ Chính trị, Thường trực Ban Bí thư Trung ương Đảng Trần Quốc Vượng",
            ["Ủy viên Bộ Chính trị", "Thường trực Ban Bí thư Trung ương Đảng"],
        ),
        ("Bí thư Tỉnh ủy Lê Quốc Phong", ["Bí thư Tỉnh ủy"]),
        ("Bí thư Tỉnh ủy Vĩnh Phúc Hoàng Thị Thúy Lan", ["Bí thư Tỉnh ủy Vĩnh Phúc"]),
        ("Bí thư Tỉnh ủy Anh Minh", ["Bí thư Tỉnh ủy"]),
        ("Bí thư Thành ủy Huế Nguyễn Đình Trung", ["Bí thư Thành ủy"]),
        ("Chủ tịch UBND huyện Đồng Văn Hoàng Văn Thịnh", ["Chủ tịch UBND huyện Đồng Văn"]),
        ("Chủ tịch UBND xã Tân Lập Bí thư Đảng ủy xã", ["Chủ tịch UBND xã Tân Lập", "Bí thư Đảng ủy xã"]),
        ("Chủ tịch HĐND tỉnh An Giang Trần Anh Thư", ["Chủ tịch HĐND tỉnh An Giang"]),
        (
            "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Hà Nam",
            ["Phó Bí thư Tỉnh ủy", "Chủ tịch UBND tỉnh Hà Nam"],
        ),
        ("Bộ trưởng Bộ Tài chính và Thứ trưởng Y tế", ["Bộ trưởng Bộ Tài chính", "Thứ trưởng Y tế"]),
        ("các bộ, ngành", []),
        ("các Bộ Tài chính, xây dựng kế hoạch", ["các Bộ Tài chính"]),
        ("bộ trưởng ngoại giao các nước", []),
        ("các tỉnh ủy", ["tỉnh ủy"]),
        ("giám đốc công ty", []),
        ("Ủy ban nhân dân", []),
        ("Công an", []),
        ("UBND", []),
        ("Bộ trưởng", []),
        ("các", []),
        ("quyền", []),
    ],
)  # fmt: skip
def test_what_is_taken_and_what_is_left(text: str, expected: list[str]) -> None:
    assert [source for source, _ in read(text)] == expected


def test_a_composed_title_says_that_it_is_one_and_what_else_is_right() -> None:
    match = one("Phó Chủ tịch UBND TP. Đà Nẵng")
    assert match.id == "role:pho-chu-tich-ubnd-tp-da-nang"
    assert match.kind == "title"
    assert set(match.accepted) >= {
        "Vice Chairwoman of the Da Nang municipal People's Committee",
        "Vice Chairman of the Da Nang People's Committee",
        "Vice Chairman of the municipal People's Committee",
        "Vice Chairman of Da Nang municipal People's Committee",
        "Da Nang municipal People's Committee Vice Chairman",
    }
    assert match.target not in match.accepted
    assert not any(form.startswith("the ") for form in match.accepted)


def test_an_entrys_accepted_forms_get_the_place_too() -> None:
    assert "Ha Nam provincial Party chief" in one("Bí thư Tỉnh ủy Hà Nam").accepted


def test_a_part_out_of_date_makes_the_title_so() -> None:
    matcher = Matcher(make_glossary(ENTRIES), "vna", datetime.date(2025, 6, 1))
    assert one("Bộ trưởng Bộ Giao thông vận tải", matcher).status == "expired"
    assert one("Bộ trưởng Bộ Y tế", matcher).status == ""
    assert one("Văn phòng Bộ Giao thông vận tải", matcher).status == "expired"
    (former,) = matcher.match("nguyên Bộ trưởng Bộ Giao thông vận tải")
    assert (former.source, former.status) == ("nguyên Bộ trưởng Bộ Giao thông vận tải", "")
    assert (former.target, former.accepted[-1]) == ("former Minister of Transport", "Ministers of Transport")


def test_an_entry_wins_over_what_would_be_composed_of_the_same_words() -> None:
    own = entry("Chủ tịch UBND tỉnh", "provincial Chairman", "title")
    assert one("Chủ tịch UBND tỉnh", Matcher(make_glossary([*ENTRIES, own]))).id == "Chủ tịch UBND tỉnh"


def test_a_style_with_diacritics_keeps_them_in_unknown_places() -> None:
    hanoi = entry("Hà Nội", "Hanoi", "place", english={"vna": "Hanoi", "vns": "Hà Nội"})
    glossary = make_glossary([hanoi, *ENTRIES])
    assert (
        one("UBND huyện Đồng Văn", Matcher(glossary, "vns")).target == "Đồng Văn district People's Committee"
    )
    assert one("UBND huyện Đồng Văn", Matcher(glossary)).target == "Dong Van district People's Committee"


@pytest.mark.parametrize(
    ("locality", "first"),
    [
        (Locality(PROVINCE), "the provincial People's Council"),
        (Locality(CITY, "Hanoi"), "the Hanoi municipal People's Council"),
        (Locality(CITY, "Ho Chi Minh City"), "the Ho Chi Minh City People's Council"),
        (Locality(TOWN_CITY, "Vinh"), "the Vinh city People's Council"),
        (Locality(DISTRICT, "District 3", number=True), "the District 3 People's Council"),
        (Locality(None, "Con Dao"), "the Con Dao People's Council"),
    ],
)
def test_bodies_of_places(locality: Locality, first: str) -> None:
    assert body_forms("People's Council", locality)[0] == first


def test_a_place_goes_where_the_level_is() -> None:
    ha_nam = Locality(PROVINCE, "Ha Nam")
    assert (
        insert_place("provincial People's Council deputy", ha_nam)[0]
        == "Ha Nam provincial People's Council deputy"
    )
    assert insert_place("the Department of Health", ha_nam)[0] == "the Ha Nam provincial Department of Health"
    assert insert_place("the Politburo", ha_nam) == []


def test_words_are_joined_and_owned_as_english_does() -> None:
    assert joined(["Health"]) == "Health"
    assert joined(["Health", "Industry and Trade"]) == "Health and Industry and Trade"
    assert joined(["Justice", "Health", "Finance"]) == "Justice, Health and Finance"
    assert joined(["Justice", "Health", "Industry and Trade"]) == "Justice, Health, and Industry and Trade"
    assert possessive("the Ministry of Foreign Affairs") == "the Ministry of Foreign Affairs'"


def test_a_place_said_once_is_right_for_its_neighbour_too() -> None:
    secretary, chairman = MATCHER.match("Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Hà Nam")
    assert "Secretary of the Ha Nam provincial Party Committee" in secretary.accepted
    assert secretary.target == "Secretary of the provincial Party Committee"
    assert "Chairman of the provincial People's Committee" in chairman.accepted
    (alone,) = MATCHER.match("Bí thư Tỉnh ủy")
    assert not any("Ha Nam" in form for form in alone.accepted)
    city, _ = MATCHER.match("Chủ tịch HĐND thành phố; UBND TP.HCM")
    assert "Chairman of the Ho Chi Minh City People's Council" in city.accepted
    other, _ = MATCHER.match("Bí thư Tỉnh ủy và UBND TP. Đà Nẵng")
    assert not any("Da Nang" in form for form in other.accepted)


def test_ministries_in_a_row_may_share_their_noun() -> None:
    health, finance, foreign = MATCHER.match("Bộ Y tế, Bộ Tài chính; Bộ Ngoại giao")
    assert health.accepted == ("Ministries of Health",)
    assert finance.accepted == ("Ministries of Finance", "of Finance", "Finance")
    assert foreign.accepted == ()
