"""Encodings: everything that a Vietnamese office may still have reads the same."""

import unicodedata

import docx
import pytest

from bulletin.errors import ReadingError
from bulletin.finding import Severity
from bulletin.reading import read_article
from bulletin.reading.detect import look
from bulletin.reading.encodings import decode
from bulletin.reading.legacy import from_tcvn3, from_vni
from reading_samples import SENTENCE, TEXT, saved, small_docx

SAMPLE = TEXT.read_text(encoding="utf-8")

# The alphabet in both legacy encodings, written down from the standards apart from the code:
# TCVN 5712 VN3 as bytes from à on, and VNI as base letter and mark, as Windows-1252 shows them.
LOWER = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđ"
TCVN3 = "µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ¨©ª«¬\xad®"
VNI = (
    "aø aû aõ aù aï aè aú aü aé aë aà aå aã aá aä eø eû eõ eù eï eà eå eã eá eä ì æ ó í ò "
    "oø oû oõ où oï oà oå oã oá oä ôø ôû ôõ ôù ôï uø uû uõ uù uï öø öû öõ öù öï yø yû yõ yù î "
    "aê aâ eâ oâ ô ö ñ"
).split()


def to_tcvn3(text: str) -> str:
    table = dict(zip(LOWER, TCVN3, strict=True)) | dict(zip("ĂÂÊÔƠƯĐ", "¡¢£¤¥¦§", strict=True))
    # capitals with tone marks do not exist: fonts show the small codes as capitals
    return "".join(table.get(char, table.get(char.lower(), char)) for char in text)


def to_vni(text: str) -> str:
    table = dict(zip(LOWER, VNI, strict=True))
    return "".join(
        table.get(char) or (table[char.lower()].upper() if char.lower() in table else char) for char in text
    )


def blocks(data, name="bai.txt"):
    article = read_article(data=data, name=name)
    return [(block.kind, block.text, block.credit) for block in article.blocks], article


EXPECTED = blocks(SAMPLE.encode())[0]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SAMPLE.encode("utf-8"), "utf-8"),
        (SAMPLE.encode("utf-8-sig"), "utf-8"),
        (SAMPLE.replace("\n", "\r\n").encode("utf-8"), "utf-8"),
        (SAMPLE.replace("\n", "\r").encode("utf-8"), "utf-8"),
        (unicodedata.normalize("NFD", SAMPLE).encode("utf-8"), "utf-8"),
        (SAMPLE.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + SAMPLE.encode("utf-16-be"), "utf-16-be"),
        (SAMPLE.encode("utf-16-le"), "utf-16-le"),
        (SAMPLE.encode("utf-16-be"), "utf-16-be"),
        (SAMPLE.encode("utf-32"), "utf-32-le"),
    ],
    ids=["utf8", "bom", "crlf", "cr", "nfd", "utf16", "utf16be-bom", "utf16le", "utf16be", "utf32"],
)
def test_unicode_in_every_form(data, encoding):
    found, article = blocks(data)
    assert found == EXPECTED
    assert article.encoding == encoding
    assert article.findings == ()


def test_windows_1258():
    # its letters with two marks are the base letter and a combining tone
    pieces = []
    for char in unicodedata.normalize("NFC", SAMPLE):
        try:
            pieces.append(char.encode("cp1258"))
        except UnicodeEncodeError:
            decomposed = unicodedata.normalize("NFD", char)
            tones = [mark for mark in decomposed if mark in "\u0300\u0301\u0303\u0309\u0323"]
            base = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in tones))
            pieces.append((base + "".join(tones)).encode("cp1258"))
    found, article = blocks(b"".join(pieces))
    assert found == EXPECTED
    assert article.encoding == "windows-1258"


@pytest.mark.parametrize("as_utf8", [False, True])
def test_tcvn3(as_utf8):
    text = to_tcvn3(SAMPLE.replace("…", "..."))
    found, article = blocks(text.encode("utf-8" if as_utf8 else "cp1252"))
    assert [text.lower() for _, text, _ in found] == [text.lower() for _, text, _ in EXPECTED]
    assert article.encoding == "tcvn3"
    assert [(f.code, f.severity) for f in article.findings] == [("encoding-legacy", Severity.WARNING)]
    assert "TCVN3" in article.findings[0].message


@pytest.mark.parametrize("as_utf8", [False, True])
def test_vni(as_utf8):
    found, article = blocks(to_vni(SAMPLE).encode("utf-8" if as_utf8 else "cp1252"))
    assert found == EXPECTED
    assert article.encoding == "vni"
    assert "VNI" in article.findings[0].message


def test_well_known_lines():
    motto = "Cộng hòa xã hội chủ nghĩa Việt Nam; Độc lập - Tự do - Hạnh phúc"
    assert from_tcvn3("Céng hßa x· héi chñ nghÜa ViÖt Nam; §éc lËp - Tù do - H¹nh phóc") == motto
    assert from_vni("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam; Ñoäc laäp - Töï do - Haïnh phuùc") == motto
    assert from_tcvn3("§¹I HéI §¶NG") == "ĐẠI HỘI ĐẢNG"
    assert from_vni("ÑAÏI HOÄI ÑAÛNG") == "ĐẠI HỘI ĐẢNG"


def test_every_letter_of_both_alphabets():
    assert from_tcvn3(TCVN3) == LOWER
    assert from_vni(" ".join(VNI)) == " ".join(LOWER)
    upper = " ".join(pair.upper() for pair in VNI)
    assert from_vni(upper) == " ".join(LOWER.upper())


def test_legacy_fonts_inside_a_document():
    mixed = small_docx(
        to_tcvn3(SENTENCE), "Đồng chí Bộ trưởng phát biểu tại Hội nghị sáng nay.", to_tcvn3(SENTENCE)
    )
    found, article = blocks(mixed, "bai.docx")
    assert [text for _, text, _ in found] == [
        SENTENCE,
        "Đồng chí Bộ trưởng phát biểu tại Hội nghị sáng nay.",
        SENTENCE,
    ]
    assert article.encoding == "tcvn3"
    page = f"<html><body><p>{to_vni(SENTENCE)}</p><p>{to_vni(SENTENCE)}</p></body></html>"
    found, article = blocks(page.encode("ascii", "xmlcharrefreplace"), "bai.html")
    assert [text for _, text, _ in found] == [SENTENCE, SENTENCE]
    assert article.encoding == "vni"


def test_unicode_documents_have_no_warning():
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    assert blocks(saved(document), "bai.docx")[1].findings == ()


def test_a_little_damage_is_a_warning_with_its_line():
    data = f"{SENTENCE}\nH\u1ed9i ngh\u1ecb ".encode() + b"\xff" + f" {SENTENCE}\n".encode() * 3
    _, article = blocks(data)
    assert [(f.code, f.line) for f in article.findings] == [("encoding-damaged", 2)]
    assert "\ufffd" in article.blocks[1].text


def test_broken_utf16_is_refused():
    with pytest.raises(ReadingError, match="UTF-16-LE"):
        decode(b"\xff\xfe" + b"\x00\xd8" * 50, "bai.txt")


def test_looks():
    assert look(SENTENCE).vietnamese
    assert look("Van phong Chinh phu to chuc Hoi nghi ve cai cach hanh chinh").unmarked
    assert not look(
        "The Government Office held a conference on administrative reform this morning."
    ).vietnamese
    assert look("").words == 0
