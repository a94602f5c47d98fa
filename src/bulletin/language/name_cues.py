"""Words around a Vietnamese name that tell what it is: forms of address, titles, streets, first words."""

from __future__ import annotations

import re

GENDERS = {
    "ông": "m", "anh": "m", "chú": "m", "cậu": "m", "bà": "f", "chị": "f", "cô": "f", "dì": "f", "mẹ": "f",
}  # fmt: skip
ADDRESS = re.compile(
    r"(?<![^\W\d_])(?:(đồng chí|đ/c|đc)\s*:?\s+|(ông|bà|anh|chị|cô|chú|cháu|em|cụ|bác|thầy|cậu|dì|mẹ|bé"
    r"|nữ sinh|em bé)\s+)$",
    re.IGNORECASE,
)
GIVEN_AFTER = frozenset("ông bà anh chị cô chú cháu em cụ thầy bé".split())
# Vietnamese are called by the given name: after ông, one of these is a Chinese family name
FOREIGN_FAMILIES = frozenset(
    "Vương Ngụy Lý Trương Lưu Hồ Chu Triệu Tập Mao Tôn Tần Tào Tiêu Hứa Tưởng Đặng Lã".split()
)
ONE_WORD_ADDRESS = frozenset("ông bà anh chị cô chú cháu em cụ bác thầy mẹ bé".split())

# what a form of address or a title may be mistaken for
NOT_AFTER_ADDRESS = frozenset(
    "Bà Rịa|Bà Nà|Bà Đen|Bà Điểm|Bà Trưng|Bà Chúa|Bà Huyện|Cô Tô|Ông Đốc|Anh Quốc|Anh Hùng|Bác Hồ|Bác Ái"
    "|Cụ Hồ|Bà Chiểu".split("|")
)

# the last syllable of a title, which may stand right before a name of two syllables
TITLE_ENDS = frozenset(
    """
    phán tướng tịch thư trưởng nhiệm đốc sĩ sỹ sư viên án biên ký giả sứ úy uý tá nước hội phủ đảng ủy uỷ vấn
    mẫu quân nhân phó dân vụ soái lý khoa tế chính giao thương nghệ tư pháp văn phái ảnh tác hùng nữ
    sinh thể hiểm phòng an đoàn toán
    """.split()
)
# a name after one of these is the name of a street, a school, a prize
NAMED_AFTER = frozenset(
    """
    đường|phố|quận|huyện|phường|xã|tỉnh|thôn|bản|buôn|ấp|làng|xóm|sông|núi|đảo|hồ|cầu|chợ|chùa|đền|ga
    tàu|đập|hầm|vịnh|biển|trường|báo|giải|quỹ|họ|thành phố|tp|tp.|thị xã|thị trấn|sân bay|cảng|bệnh viện
    công ty|tập đoàn|ngân hàng|khách sạn|công viên|quảng trường|đại lộ|quần đảo|học viện|đại học
    chuyên|thpt|thcs|tiểu học|giải thưởng|huân chương|huy chương|bảo tàng|lăng|chiến dịch|nhà hát|nhà tù
    tượng đài|khu|vùng|nhà máy|tiểu khu|phong trào|mỏ|kênh|rạch|đèo|hang|thác|vườn quốc gia
    cửa khẩu|đại đội|lữ đoàn|nghĩa trang|miếu|trại giam|học bổng|cộng sản|cung|tháp|đồn|nhà xuất bản|hẻm
    ngõ|tuyến phố|tuyến đường|khởi nghĩa|mầm non
    """.replace("\n    ", "|")
    .strip("|")
    .split("|")
)
NOT_NAMED_AFTER = frozenset(
    "nông thôn|môi trường|thị trường|nhà trường|công trường|nhà báo|tình báo|văn bản|xuất bản|tác xã|thủ quỹ"
    "|hòa giải".split("|")
)
UNITS = frozenset(
    "tỉnh|huyện|quận|phường|xã|thôn|bản|buôn|ấp|làng|thành phố|tp|thị xã|thị trấn|khu|vùng|cửa khẩu".split(
        "|"
    )
)

# a capital that opens a title or common word when a small syllable follows: it is no part of the name before
OPENINGS = {
    "ủy": "viên ban nhiệm",
    "bí": "thư",
    "chủ": "tịch nhiệm trì tọa",
    "bộ": "trưởng tư",
    "thứ": "trưởng",
    "phó": "*",
    "giám": "đốc",
    "tổng": "*",
    "trưởng": "*",
    "chánh": "*",
    "viện": "trưởng",
    "thủ": "tướng trưởng",
    "thường": "trực vụ",
    "đại": "biểu sứ tướng tá diện hội đoàn",
    "thượng": "tướng tá thư viện úy",
    "trung": "tướng tá ương",
    "thiếu": "tướng tá",
    "hiệu": "trưởng",
    "cục": "trưởng",
    "vụ": "trưởng",
    "nguyên": "là phó bí chủ bộ ủy tổng thứ",
    "đồng": "chí",
    "hội": "đồng nghị",
    "hùng": "lao lực",
    "lao": "động",
    "anh": "hùng",
    "nhà": "báo nước",
    "đảng": "ủy viên bộ",
    "cán": "bộ sự",
    "kiểm": "sát toán tra",
    "chính": "phủ ủy trị",
    "quân": "ủy đội khu",
    "ban": "*",
    "văn": "phòng hóa hoá",
    "thư": "ký",
    "luật": "sư",
    "công": "an nghiệp đoàn",
    "thái": "hậu tử",
    "thanh": "niên tra",
    "nghị": "quyết định",
    "đoàn": "đại chủ thanh kiểm",
    "tài": "chính nguyên",
    "kinh": "tế",
    "nội": "vụ",
    "ngoại": "giao",
    "quốc": "phòng hội gia",
    "tư": "pháp",
    "giáo": "dục sư",
    "tiến": "sĩ sỹ",
    "thạc": "sĩ sỹ",
    "phòng": "*",
    "quản": "lý trị",
    "khối": "*",
    "sở": "*",
}


FOREIGN_ENVOY = re.compile(r"(?:Đại sứ|đại sứ|Lãnh sự|lãnh sự|Đại diện|Đại biện|Tham tán)[^,;:]*$")
TITLE_PAIRS = frozenset(
    {"quốc hội", "trưởng bản", "trưởng thôn", "trưởng ấp", "trưởng buôn", "già làng", "trung ương hội"}
)


TITLE_STARTS = frozenset(
    """
    bí chủ giám tổng trưởng cục vụ viện thủ chánh ban hiệu thanh biên phòng văn thư đoàn kiểm tham cán
    chỉ tuyên tổ nội dân khoa hội đại
    """.split()
)
"""Small words that open a title behind ``Phó``, ``Trưởng`` and the like."""

# family names that are also the first word of many proper names
DOUBTFUL = frozenset(
    """
    An Châu Chương Danh Đồng Đường Hạ Hoa Hồng Hùng Kim Kiến Liên Long Nam Ngọc Ninh Phú Phương Phượng
    Phòng Quan Quảng Sơn Thành Thái Thịnh Thông Tiền Tương Vạn Văn Viên Và Vá Xuân Xã Yên Đoàn Lầu Phủ
    Lành Lang Trưởng Phó Tri Thi Trang Giang Hàng Trình Từ
    """.split()
)

# second syllables that leave no doubt
MIDDLES = frozenset(
    """
    Thị Văn A Ngọc Đức Minh Hồng Quang Thanh Xuân Công Mạnh Hữu Thế Nguyên Duy Anh Đình Quốc Tiến Trọng Viết
    Bá Huy Kim Mỹ Phương Thu Thúy Tuấn Việt Hoàng Gia Bảo
    """.split()
)

# what Hồ Chí Minh may follow as a man, not as a city or an order
HIS_THOUGHT = frozenset("tư tưởng|phong cách|đạo đức|tấm gương|lãnh tụ".split("|"))

# bodies and papers whose capitals a person's name may follow in one run
BODIES = frozenset(
    "Đảng|Nước|Công Thương|Nhân Dân|Quốc Hội|Chính Phủ|Xây Dựng|Tài Chính|Lao Động|Tư Pháp|Nội Vụ|Y Tế".split(
        "|"
    )
)
