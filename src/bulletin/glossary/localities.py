"""Local bodies in English: ``UBND tỉnh An Giang`` is the An Giang provincial People's Committee."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.glossary.lexicon import Lexicon
from bulletin.glossary.tokens import fold


@dataclass(frozen=True, slots=True)
class Level:
    """A level of local government: the adjective before a body, the noun for the place, its plural.

    ``others`` are further right adjectives.
    """

    adjective: str
    noun: str
    plural: str
    others: tuple[str, ...] = ()


PROVINCE = Level("provincial", "province", "provinces")
CITY = Level("municipal", "city", "cities", ("city",))
TOWN_CITY = Level("city", "city", "cities", ("municipal",))
DISTRICT = Level("district", "district", "districts")
TOWN = Level("town", "town", "towns")
TOWNSHIP = Level("township", "township", "townships", ("town",))
COMMUNE = Level("commune", "commune", "communes", ("communal",))
WARD = Level("ward", "ward", "wards")
ZONE = Level("special zone", "special zone", "special zones", ("special administrative zone",))

LEVELS = Lexicon.of(
    {
        "tỉnh": PROVINCE, "thành phố|tp|thủ đô": CITY, "huyện|quận": DISTRICT, "thị xã|tx": TOWN,
        "thị trấn": TOWNSHIP, "xã": COMMUNE, "phường": WARD, "đặc khu": ZONE,
    }
)  # fmt: skip
"""Words that say of which level a place is."""

PARTY_LEVELS = Lexicon.of(
    {"tỉnh ủy": PROVINCE, "thành ủy": CITY, "huyện ủy|quận ủy": DISTRICT, "thị ủy": TOWN}
)
"""Party committees whose name holds their level."""

YOUTH_LEVELS = Lexicon.of(
    {
        "tỉnh đoàn": PROVINCE, "thành đoàn": CITY, "huyện đoàn|quận đoàn": DISTRICT, "thị đoàn": TOWN,
        "xã đoàn": COMMUNE, "phường đoàn": WARD,
    }
)  # fmt: skip
"""The Youth Union's chapters, whose names hold their level too."""

CENTRAL_CITIES = frozenset(map(fold, ("Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế", "Hồ Chí Minh")))
"""Cities under the central Government, whose bodies are municipal; those of other cities are city bodies."""

PROVINCES = frozenset(
    map(
        fold,
        """
        An Giang|Bà Rịa - Vũng Tàu|Bắc Giang|Bắc Kạn|Bạc Liêu|Bắc Ninh|Bến Tre|Bình Định|Bình Dương
        Bình Phước|Bình Thuận|Cà Mau|Cao Bằng|Đắk Lắk|Đắk Nông|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai
        Hà Giang|Hà Nam|Hà Tĩnh|Hải Dương|Hậu Giang|Hòa Bình|Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum
        Lai Châu|Lâm Đồng|Lạng Sơn|Lào Cai|Long An|Nam Định|Nghệ An|Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên
        Quảng Bình|Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị|Sóc Trăng|Sơn La|Tây Ninh|Thái Bình
        Thái Nguyên|Thanh Hóa|Thừa Thiên - Huế|Thừa Thiên Huế|Tiền Giang|Trà Vinh|Tuyên Quang|Vĩnh Long
        Vĩnh Phúc|Yên Bái
        """.strip()
        .replace("\n", "|")
        .split("|"),
    )
)
"""The provinces, those that were merged in 2025 among them: a body named after one is provincial."""

_SLOT = re.compile(
    r"\b([Tt]he )?(provincial|municipal|district|township|town|city|communal|commune|ward|special zone)(?= )"
)


@dataclass(frozen=True, slots=True)
class Locality:
    """A place that a body belongs to: its level where the text says it, its English name where it has one.

    ``number`` says that the name is one like ``District 3``, which holds its own level.
    """

    level: Level | None
    name: str = ""
    number: bool = False


def body_forms(body: str, locality: Locality, *, least: bool = False) -> list[str]:
    """English forms of a body (``People's Committee``) at a place, the house's first, with their article.

    ``least`` gives only the plainest two: with the level's adjective, and with the place alone.
    """
    forms = _all_body_forms(body, locality)
    if not least:
        return forms
    return list(dict.fromkeys([forms[0], f"the {locality.name} {body}" if locality.name else forms[0]]))


def _all_body_forms(body: str, locality: Locality) -> list[str]:
    level, name = locality.level, locality.name
    if not name:
        assert level is not None  # a locality without a name is a level alone
        forms = [f"the {adjective} {body}" for adjective in (level.adjective, *level.others)]
        return [*forms, f"the {level.noun}'s {body}", f"the {body} of the {level.noun}"]
    if level is None:
        return [f"the {name} {body}", f"the {body} of {name}", f"{possessive(name)} {body}"]
    if locality.number:
        return [f"the {name} {body}", f"the {body} of {name}"]
    holds_level = name.endswith(" City")
    adjectives = (level.adjective,) if holds_level else (level.adjective, *level.others)
    own = [f"the {name} {adjective} {body}" for adjective in adjectives]
    bare = [f"the {name} {body}"]
    forms = [*bare, *own] if holds_level else [*own, *bare]
    if not holds_level:
        forms += [f"the {body} of {name} {level.noun}"]
        forms += [f"the {name} {level.noun.capitalize()} {body}"]
    forms += [f"the {body} of {name}", f"{possessive(name)} {body}"]
    return list(dict.fromkeys(forms))


def insert_place(form: str, locality: Locality, *, least: bool = False) -> list[str]:
    """Put a named place into an English form that has a level in it, or names a department; else nothing.

    ``Secretary of the provincial Party Committee`` becomes ``Secretary of the Ha Nam provincial Party
    Committee``. The first form is the house's, with further right ones after it (``least``: the plainest).
    """
    slot = _SLOT.search(form)
    if slot is not None:
        before, body = form[: slot.start()], form[slot.end() + 1 :]
        article = slot[1] or ""
        level = locality.level or CITY
        placed = [
            f"{before}{_with_article(article, noun)}" for noun in body_forms(body, locality, least=least)
        ]
        if locality.level is None and not locality.number:
            placed.insert(0, f"{before}{article}{locality.name} {level.adjective} {body}")
        return placed
    department = re.search(r"\bthe (?=Department\b)", form)
    if department is None:
        return []
    before, body = form[: department.start()], form[department.end() :]
    return [before + noun for noun in body_forms(body, locality, least=least)]


def _with_article(article: str, noun: str) -> str:
    """A body's form where running text had ``article`` before it (none in ``provincial deputy``)."""
    return noun if article else noun.removeprefix("the ")


def possessive(name: str) -> str:
    """``Hanoi's``, ``Foreign Affairs'``: the possessive as the house writes it."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def joined(parts: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``; a comma stays before the last ``and`` where a part has its own."""
    if len(parts) == 1:
        return parts[0]
    serial = "," if len(parts) > 2 and any(" and " in part or "," in part for part in parts) else ""
    return f"{', '.join(parts[:-1])}{serial} and {parts[-1]}"


_FRONT = ("Vietnam Fatherland Front Committee", "Fatherland Front Committee")
BODIES: Lexicon[tuple[str, ...]] = Lexicon.of(
    {
        "ủy ban nhân dân|ubnd|ub nhân dân": ("People's Committee",),
        "hội đồng nhân dân|hđnd": ("People's Council",),
        "công an": ("Department of Public Security", "Police", "police", "Public Security Department"),
        "đảng ủy": ("Party Committee",),
        "đảng bộ": ("Party Organisation", "Party organisation"),
        "đoàn đại biểu quốc hội|đoàn đbqh": ("National Assembly delegation", "National Assembly Delegation"),
        "tòa án nhân dân|tand": ("People's Court",),
        "viện kiểm sát nhân dân|viện ksnd|vksnd|vks nhân dân": ("People's Procuracy",),
        "bộ chỉ huy quân sự|bộ chqs": ("Military Command",),
        "ban chỉ huy quân sự|ban chqs": ("Military Command",),
        "bộ chỉ huy bộ đội biên phòng|bộ chỉ huy bđbp": ("Border Guard Command",),
        "bộ đội biên phòng|bđbp": ("Border Guard",),
        "ủy ban mttq việt nam|ủy ban mặt trận tổ quốc việt nam|ubmttq việt nam|ủy ban mttq|ubmttq": _FRONT,
        "ủy ban mặt trận tổ quốc": _FRONT,
    }
)
"""Bodies that every level has, with their English."""
LOCAL_POLICE = ("Police", "police", "Public Security", "Department of Public Security")
"""What ``Công an`` is below a province."""
