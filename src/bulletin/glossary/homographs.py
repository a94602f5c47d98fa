"""Country names of one syllable that are common words too: ``Pháp`` is France, ``Pháp luật`` is law."""

from __future__ import annotations

from bulletin.glossary.capitals import CAPITAL
from bulletin.glossary.tokens import Tokens, fold
from bulletin.language.families import COMMON
from bulletin.language.syllables import is_syllable

# what follows the syllable when it is no country
_FOLLOWERS = {
    "anh": "hùng em chị hoa minh trai ta ấy tài dũng ruột rể cả họ",
    "pháp": "chủ sư bảo luật lý lệnh chế quy đình y nhân viện danh trị trường điển môn hội",
    "đức": "tính hạnh độ tin mẹ chúa phật thánh giáo vua ông cha dục",
    "mỹ": "thuật quan phẩm tục lệ mãn nghệ viện nhân kim đức",
    "ý": "kiến thức nghĩa tưởng chí định đồ nguyện chỉ tứ muốn thơ vị là",
    "nhật": "ký báo trình thực nguyệt dụng",
    "nga": "mi ngố",
    "hàn": "lâm gắn xì huyên the vi",
    "trung": "ương tâm tá tướng úy đoàn thu thành thực học du bình gian hòa đông sĩ tuần niên cấp",
    "thái": "độ tử hậu thượng bình dương cực",
    "úc": "núc",
    "áo": "dài quần khoác ấm phông sơ mưa cưới choàng giáp trắng blouse len lót mới tơi ngực",
    "bỉ": "ổi mặt",
    "séc": "chuyển",
    "lào": "xào",
    "ấn": "tượng định hành phẩm loát bản chỉ náu",
    "huế": "tím",
    "vinh": "dự quang danh hạnh hoa",
}  # fmt: skip
_NOT_BEFORE = {fold(first): frozenset(map(fold, words.split())) for first, words in _FOLLOWERS.items()}
# pronouns when they open a sentence
_PRONOUNS = frozenset({fold("Anh"), fold("Ý")})
# after a form of address it is somebody's name: bà Nga, ông Đức
_ADDRESSES = frozenset(map(fold, "ông bà anh chị cô chú bác cụ em cháu thầy dì cậu chí".split()))
_FAMILIES = frozenset(map(fold, COMMON))
_CLOSERS = frozenset({".", "!", "?", ":", ";", '"', "-", "…"})


def is_common_word(tokens: Tokens, capitals: str, at: int) -> bool:
    """Whether the capitalised syllable at a token is a common word or part of a longer name."""
    folded = tokens.folded
    word = folded[at]
    after = folded[at + 1] if at + 1 < len(folded) else ""
    if after in _NOT_BEFORE.get(word, ()):
        return True
    if at and folded[at - 1] in _ADDRESSES and (capitals[at - 1] != CAPITAL or _opens(folded, at - 1)):
        return True
    # Đức Thọ, Mỹ Đình, Anh Tuấn: but Nga Vladimir Putin, whose name is no Vietnamese syllable
    if capitals[at + 1 : at + 2] == CAPITAL and is_syllable(tokens.written[at + 1]):
        return True
    # Trần Đức, Gia Lai Hoàng Anh: but Phía Mỹ at the head of a sentence
    if at and capitals[at - 1] == CAPITAL and is_syllable(tokens.written[at - 1]):
        before = folded[at - 1]
        if before in _FAMILIES or not _opens(folded, at - 1):
            return True
    return word in _PRONOUNS and _opens(folded, at) and after.isalpha()


def _opens(folded: list[str], at: int) -> bool:
    return at == 0 or folded[at - 1] in _CLOSERS or folded[at - 1].isspace()
