"""From bytes to text: which encoding a Vietnamese file is in, and its text in NFC.

Marks of byte order decide where there are any. Else strict UTF-8 is believed, then UTF-16 by its
zero bytes; of the one-byte encodings the one is taken under which the text looks most Vietnamese
(see ``detect``). A text in TCVN3 or VNI is often found inside UTF-8, saved by a program that took
its letters for Western ones; it is converted all the same.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from bulletin.errors import ReadingError
from bulletin.finding import Finding, Severity
from bulletin.reading.detect import look
from bulletin.reading.legacy import TCVN3, VNI, Encoding

MAX_CHARACTERS = 5_000_000
"""The most text that one article may have."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins the same way
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# text that gains this much in syllables by a conversion was in that encoding
_GAIN = 0.15
_ENOUGH = 0.3
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


# Windows-1252 over Latin-1: quotes and dashes; the five codes that it leaves empty stay as they are
_WINDOWS_1252 = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text in NFC, with ``\\n`` as its only line end, and how it was decoded."""

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


def decode(data: bytes, place: str) -> Decoded:
    """Decode the bytes of a text file; ``place`` names it in messages.

    Raises ReadingError for a binary file and for text that no known encoding fits.
    """
    text, encoding, findings = _marked(data, place) or _unmarked(data, place)
    if len(text) > MAX_CHARACTERS:
        raise ReadingError(too_long(place, len(text)))
    if len(_BINARY.findall(text[:100_000])) > 0.005 * len(text[:100_000]):
        raise ReadingError(not_text(place))
    text = nfc(text).replace("\r\n", "\n").replace("\r", "\n")
    legacy = recognise_legacy(text)
    if legacy is not None:
        text, encoding = nfc(legacy.convert(text)), legacy.name
        findings = (*findings, legacy_finding(legacy, place))
    return Decoded(text, encoding, findings)


def nfc(text: str) -> str:
    """``text`` with every letter and its marks as one character."""
    return unicodedata.normalize("NFC", text)


def recognise_legacy(text: str) -> Encoding | None:
    """The legacy encoding that ``text`` (Windows-1252 letters) is in, or None."""
    if not any("\xa1" <= char <= "\xff" for char in text):
        return None
    best, marked = None, max(look(text).marked + _GAIN, _ENOUGH)
    for encoding in (TCVN3, VNI):
        converted = look(encoding.convert(text)).marked
        if converted > marked:
            best, marked = encoding, converted
    return best


def legacy_finding(encoding: Encoding, place: str) -> Finding:
    """The warning that text was converted from a legacy encoding."""
    return Finding(
        code="encoding-legacy",
        severity=Severity.WARNING,
        message=f"the text was in {encoding.title}, an encoding from before Unicode, and has been converted",
        file=place,
        mend="read the Vietnamese over once, capitals above all, and save it as UTF-8",
    )


def too_long(place: str, size: int) -> str:
    """The message for more text than one article may have."""
    return (
        f"{place}: holds {size / 1e6:.1f} million characters of text, and an article may have at most "
        f"{MAX_CHARACTERS / 1e6:.0f} million; split it, or give the article alone"
    )


def not_text(place: str) -> str:
    """The message for bytes that are no text."""
    return f"{place}: is a binary file, not text; give the article as .txt, .md, .html or .docx"


def _marked(data: bytes, place: str) -> tuple[str, str, tuple[Finding, ...]] | None:
    """Decode by the mark of byte order at the start, where there is one."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _tolerant(data[len(mark) :], encoding, place)
    return None


def _unmarked(data: bytes, place: str) -> tuple[str, str, tuple[Finding, ...]]:
    wide = _wide_encoding(data)
    if wide:
        return _tolerant(data, wide, place)
    if b"\0" in data[:100_000]:
        raise ReadingError(not_text(place))
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        pass
    return _one_byte(data, place)


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without a mark, told by where its zero bytes are; else an empty string.

    In Vietnamese about half of the characters are ASCII and have a zero as their high byte.
    """
    sample = data[:20_000]
    if len(sample) < 4 or len(data) % 2:
        return ""
    even, odd = sample[0::2], sample[1::2]
    low, high = even.count(0) / len(even), odd.count(0) / len(odd)
    if high > 0.3 and low < 0.02:
        return "utf-16-le"
    if low > 0.3 and high < 0.02:
        return "utf-16-be"
    return ""


def _tolerant(data: bytes, encoding: str, place: str) -> tuple[str, str, tuple[Finding, ...]]:
    """Decode; a few damaged bytes become U+FFFD with a warning, many raise ReadingError."""
    try:
        return data.decode(encoding), encoding, ()
    except UnicodeDecodeError as error:
        text = data.decode(encoding, errors="replace")
        damaged = text.count("\ufffd")
        if damaged > 1 + 0.001 * len(text):
            raise ReadingError(
                f"{place}: begins as {encoding.upper()} and is not (byte {error.start}); save it as UTF-8"
            ) from None
    line = text[: text.index("\ufffd")].count("\n") + 1
    return text, encoding, (_damage_finding(damaged, encoding, line, place),)


def _one_byte(data: bytes, place: str) -> tuple[str, str, tuple[Finding, ...]]:
    """Decode what is not UTF-8: Windows-1258, TCVN3, VNI, or UTF-8 with a little damage."""
    western = data.decode("latin-1").translate(_WINDOWS_1252)
    if len(_BINARY.findall(western[:100_000])) > 0.005 * len(western[:100_000]):
        raise ReadingError(not_text(place))
    damaged = data.decode("utf-8", errors="replace")
    candidates = {
        "utf-8": damaged,
        "windows-1258": data.decode("cp1258", errors="replace"),
        TCVN3.name: western,
        VNI.name: western,
    }
    readings = {
        name: {TCVN3.name: TCVN3.convert, VNI.name: VNI.convert}.get(name, nfc)(text)
        for name, text in candidates.items()
    }
    best = max(readings, key=lambda name: look(readings[name]).marked)
    found = look(readings[best])
    if found.marked < _ENOUGH:
        if look(western).valid or found.valid:
            raise ReadingError(
                f"{place}: this does not look like Vietnamese in any encoding that bulletin reads "
                "(UTF-8, UTF-16, Windows-1258, TCVN3, VNI); save it as UTF-8"
            )
        raise ReadingError(not_text(place))
    if best in (TCVN3.name, VNI.name):
        return western, "windows-1252", ()  # the caller recognises and converts it, with its warning
    if best == "windows-1258":
        return candidates[best], best, ()
    count = damaged.count("\ufffd")
    if count > 1 + 0.01 * len(damaged):
        raise ReadingError(f"{place}: is damaged UTF-8 ({count} bad places); save it again as UTF-8")
    line = damaged[: damaged.index("\ufffd")].count("\n") + 1
    return damaged, "utf-8", (_damage_finding(count, "utf-8", line, place),)


def _damage_finding(count: int, encoding: str, line: int, place: str) -> Finding:
    places = "1 place" if count == 1 else f"{count} places"
    return Finding(
        code="encoding-damaged",
        severity=Severity.WARNING,
        message=f"{places} could not be decoded as {encoding.upper()} and read as \ufffd",
        file=place,
        line=line,
        mend="compare the text with its source and save it again as UTF-8",
    )
