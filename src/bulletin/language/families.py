"""Vietnamese family names by how surely they announce a name, and places that look like names.

Frequencies after the published counts of Vietnamese family names: fourteen names cover nine people
in ten; the rest here are the family names of office-holders, villages and the fifty-three
minorities as official news writes them.
"""

from __future__ import annotations


def _listed(names: str) -> frozenset[str]:
    return frozenset(name.strip() for line in names.strip().splitlines() for name in line.split("|"))


COMMON = frozenset(
    """
    Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Trương Đinh Đào Lương Trịnh
    Phùng Vương Tạ Quách Tống Lưu Nghiêm Doãn Khuất Mạc Khổng Nông Giàng Thào Sùng Ksor
    """.split()
)
"""A capitalised syllable after one of these is a name, in all likelihood."""

OTHER = frozenset(
    """
    An Âu Ấu Bá Bạch Bàn Bành Bế Biện Bồ Cà Cái Cam Cao Cáp Cát Cầm Cấn Châu Chế Chử Chu Chung Chúc
    Chương Cồ Cù Cung Củng Danh Diêm Diệp Du Dư Dã Đái Đàm Đan Đàng Đậu Đèo Điền Điêu Điểu Đôn Đồng Đổng
    Đới Đoàn Đường Giang Giản Giáp Hà Hạ Hán Hàn Hạng Hảng Hậu Hầu Hình Hoa Hồng Hờ Hứa Kha Khà Khang
    Kháng Khâu Khiếu Khoàng Khúc Khương Kiên Kiều Kim Kông La Lã Lại Lam Lãnh Lâm Lang Lầu Lèng Lèo Liên
    Liêu Liễu Lìu Lò Lô Lộ Lộc Lỗ Long Lù Lữ Lục Lư Lự Lưỡng Lường Ly Lỳ Lỷ Ma Mã Mạch Mai Mạnh Mào Mâu
    Mẫn Mễ Mo Moong Mông Mùa Mùng Ngạc Ngân Nghị Ngọ Ngọc Ngụy Nguỵ Nhan Nhâm Nhậm Nhữ Ninh Nùng Ông Ôn
    Phàn Phí Phi Phó Phú Phù Phương Phượng Pờ Quàng Quan Quản Quảng Sái Sần Sầm Sìn Sình Sơn Sú Sử Tào
    Tăng Tần Tẩn Tất Tề Thạch Thái Thẩm Thang Thàng Thân Thập Thền Thèn Thi Thiệu Thiều Thịnh Thông Tiêu
    Tiền Tiết Tiếu Tô Tôn Tòng Trà Tráng Trang Trác Trầm Tri Triệu Trình Trượng Tù Tưởng Từ Ung Uông Ứng
    Ưng Vàng Văn Vày Vạn Vàn Vi Vì Viêm Viên Vòng Voòng Vù Vừ Vừu Xa Xin Xồng Xồ Xung Yên Chẩu Chảo Chẻo
    Chá Cháng Chang Cứ Cư Cụt Cút Dềnh Dìu Háng Hoàn Hùng Hướng Lành Lừu Lờ Lừ Lềnh Mạ Mùi Ngải Pơ Po
    Pồng Pao Páo Phà Phừ Phủ Phìn Phang Tếnh Tẩy Tơ Thao Thò Vá Và Viềng Xèo Xeo Seo Xà Xã Chắng Chíu
    Sín Phoóng Dếnh Chau Néang Neáng Sây Nàng Kiến Trừ Tương Vang Vầy Vơ
    """.split()
)
"""A name when it is long enough, or a title or a form of address stands before it."""

HIGHLAND = frozenset(
    """
    Y A H K Rơ Kpă Kpa Kpuih Siu Rmah Rah Rahlan Ralan Rcom Rchom Nay Niê Ayun Ayũn Hwing Mlô Êban Êñuôl
    Kbuôr Adrơng Bkrông Knul Byă Hmok Ktla Puih Rơmah Rơchâm Hiao Bríu Briu Alăng Zơrâm Zơ Pơloong Coor
    Bhling Bhnướch Ating Arất Hốih Chamaléa Chamalé Katơr Pinăng Pi Taín Cil Kơ Lơ Liêng Jrang Bon Đưng
    Kră Touprong Touneh Ya Kon Ha Ka Điểu Bnướch Riah Tơ Pơ Hôih Blup Tarương Clâu Pơlong Rapat Krajan
    Ndu Sa K'sa Đinh Bling Rơông Rlan Kso Nhi
    """.split()
)
"""Family names and name particles of the Central Highlands and the Trường Sơn range; names may hold
syllables that Vietnamese itself has not."""

PLACES = _listed(
    """
    An Giang|An Dương|An Lão|Ân Thi|Bà Rịa|Bà Nà|Bà Đen|Bà Điểm|Bạc Liêu|Bạch Đằng|Bạch Mai|Bạch Long Vĩ
    Bắc Cạn|Bắc Giang|Bắc Kạn|Bắc Kinh|Bắc Ninh|Bến Tre|Bình Định|Bình Dương|Bình Phước|Bình Thuận
    Buôn Ma Thuột|Cà Mau|Cam Lộ|Cam Ranh|Cao Bằng|Cao Lãnh|Cao Phong|Cao Lộc|Cát Bà|Cát Hải|Cần Thơ
    Châu Á|Châu Âu|Châu Đốc|Châu Phi|Châu Mỹ|Châu Phú|Châu Thành|Chu Lai|Cô Tô|Cù Lao Chàm|Cung Văn
    Đà Lạt|Đà Nẵng|Đan Mạch|Đan Phượng|Đắk Lắk|Đăk Lăk|Đắk Nông|Đăk Nông|Đắc Lắc|Điện Biên|Điện Biên Phủ
    Đồng Bằng|Đồng Hới|Đồng Nai|Đồng Tháp|Đồng Tháp Mười|Đồng Văn|Đồng Xoài|Đông Nam Á|Gia Lai|Giang Tây
    Hà Đông|Hà Giang|Hà Lan|Hà Nam|Hà Nội|Hà Tây|Hà Tiên|Hà Tĩnh|Hà Trung|Hạ Hòa|Hạ Long|Hải Dương
    Hải Phòng|Hàn Quốc|Hàng Châu|Hậu Giang|Hoa Kỳ|Hoa Lư|Hòa Bình|Hoàng Mai|Hoàng Sa|Hoàng Su Phì
    Hoàng Thành|Hoàng Liên Sơn|Hoàng Hoa|Hồ Gươm|Hồ Tây|Hồ Chí Minh|Hồng Bàng|Hồng Kông|Hồng Hà
    Hồng Lĩnh|Hồng Ngự|Huế|Hưng Yên|Khánh Hòa|Kiên Giang|Kim Bảng|Kim Bôi|Kim Sơn|Kim Thành|Kon Tum
    La Gi|Lai Châu|Lam Sơn|Lâm Đồng|Lâm Hà|Lâm Thao|Lạng Sơn|Lào|Lào Cai|Liên Hợp Quốc|Liên Xô|Liên Bang
    Liên Chiểu|Long An|Long Biên|Long Khánh|Long Thành|Long Xuyên|Lộc Hà|Lộc Ninh|Lục Nam|Lục Ngạn
    Lục Yên|Lương Sơn|Lương Tài|Lý Nhân|Lý Sơn|Ma Cao|Mã Lai|Mai Châu|Mai Sơn|Mạc Tư Khoa|Mông Cổ
    Mường Lát|Nam Định|Nghệ An|Ngọc Hồi|Ngọc Linh|Ngũ Hành Sơn|Ninh Bình|Ninh Giang|Ninh Hòa|Ninh Kiều
    Ninh Thuận|Ông Đốc|Phan Rang|Phan Rí|Phan Thiết|Phú Quốc|Phú Thọ|Phú Yên|Phú Xuyên|Phú Nhuận|Phù Cát
    Phù Cừ|Phù Mỹ|Phù Ninh|Phù Yên|Phủ Lý|Quan Hóa|Quan Sơn|Quản Bạ|Quảng Bình|Quảng Đông|Quảng Châu
    Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Tây|Quảng Trị|Quảng Xương|Quảng Yên|Rạch Giá|Sài Gòn|Sóc Trăng
    Sơn Dương|Sơn La|Sơn Tây|Sơn Trà|Tân An|Tây Ninh|Tây Nguyên|Thạch Hà|Thạch Thành|Thạch Thất
    Thái Bình|Thái Bình Dương|Thái Lan|Thái Nguyên|Thái Thụy|Thanh Hóa|Thăng Long|Thừa Thiên
    Thừa Thiên Huế|Tiền Giang|Tiền Hải|Tô Hoài|Trà Bồng|Trà Vinh|Tràng An|Trảng Bàng|Trần Đề|Triệu Phong
    Triệu Sơn|Trường Sa|Trường Sơn|Tuyên Quang|Từ Liêm|Từ Sơn|Tương Dương|Văn Bàn|Văn Chấn|Văn Giang
    Văn Lâm|Văn Miếu|Vạn Ninh|Vàng Danh|Vị Thanh|Việt Nam|Việt Trì|Vinh|Vĩnh Long|Vĩnh Phúc|Vũ Hán
    Vũ Thư|Vũ Quang|Vũ Lăng|Vũng Áng|Vũng Tàu|Yên Bái|Yên Bình|Yên Định|Yên Lạc|Yên Mô|Yên Phong
    Yên Thành|Yên Thế|Đoàn Thanh|Đoàn Kết|Trung Quốc|Tô Lịch|Hồng Hải|Phương Tây|Phương Đông
    Liên Hiệp Quốc|Liên hợp Quốc|Lầu Năm Góc|Đoàn Chủ Tịch|Giang Tô|Chiết Giang|Hồ Bắc|Hồ Nam|Hà Bắc
    Liêu Ninh|Thẩm Quyến|Thẩm Dương|Thái Bắc|Tô Châu|Tân Hoa Xã|Hoa Đông|Hoa Nam|Nhà Trắng
    Tiên Lãng|Thái Thuỵ|Đài Loan|Hoàng Gia
    Hoàng Cung|Dương Đông|Hoa Sen|Hồng Thập Tự|Hà Thành|Nghị Quyết|Quan Hệ|Đồng Minh|Trưởng Ban|Phó Chủ
    Phó Thủ|Phó Trưởng|Đồng Chí|Đoàn Đại|Đoàn Chủ|Thạch An|Ba Đình|Ba Vì
    """
)
"""Provinces, towns and other proper words that begin like a name."""

COUNTRIES = _listed(
    """
    Mỹ|Nga|Pháp|Đức|Anh|Ý|Lào|Thái Lan|Trung Quốc|Hàn Quốc|Nhật Bản|Nhật|Hoa Kỳ|Ấn Độ|Triều Tiên|Mông Cổ
    Hà Lan|Đan Mạch|Thụy Điển|Thụy Sĩ|Thuỵ Sĩ|Na Uy|Phần Lan|Tây Ban Nha|Bồ Đào Nha|Áo|Bỉ|Ba Lan|Séc|Úc
    Đài Loan|Hồng Kông|Singapore|Campuchia|Cam-pu-chia|Malaysia|Indonesia|Philippines|Myanmar|Brunei
    Australia|Cuba|Israel|Iran|Ai Cập|Ukraine|Canada|Brazil|Argentina|Mexico|Italia|Italy|Hungary
    Bulgaria|Romania|Belarus|Kazakhstan|Nam Phi|New Zealand|Trung Hoa|CHND Trung Hoa|CHDCND Lào|ASEAN|EU
    WHO|Bắc Kinh|Washington|Vientiane|Viêng Chăn|Moscow|Liên bang Nga|Anh Quốc
    """
)
"""Countries as Vietnamese writes them: a name right after one is a foreigner's."""

FOREIGNERS = _listed(
    """
    Lý Hiển Long|Lý Quang Diệu|Lý Khắc Cường|Lý Cường|Lý Thừa Vãn|Vương Nghị|Vương Kỳ Sơn|Vương Hỗ Ninh
    Vương Dương|Hồ Cẩm Đào|Hồ Xuân Hoa|Hồ Diệu Bang|Triệu Lạc Tế|Triệu Lập Kiên|Triệu Tử Dương
    Đinh Tiết Tường|Ôn Gia Bảo|Giang Trạch Dân|Mao Trạch Đông|Mao Ninh|Đặng Tiểu Bình|Thái Anh Văn
    Thái Kỳ|Lưu Thiếu Kỳ|Lưu Kiến Siêu|Chu Ân Lai|Chu Đức|Tôn Trung Sơn|Tôn Văn|Tưởng Giới Thạch
    Hoàng Tuần Tài|Dương Khiết Trì|Trương Cao Lệ|Trương Đức Giang|Du Chính Thanh|Lưu Vân Sơn
    Tập Cận Bình|Bành Lệ Viện|Cảnh Sảng|Hoa Xuân Oánh|Lục Khảng|Hồng Lỗi|Tần Cương|Uông Dương
    Uông Văn Bân|Hùng Ba|Hà Vĩ|Lưu Hạc|Hàn Chính|Đổng Quân|Lý Thượng Phúc|Ngụy Phượng Hòa|Trần Toàn Quốc
    Lật Chiến Thư|Trương Hựu Hiệp|Hứa Kỳ Lượng|Phạm Trường Long|Trần Thủy Biển|Mã Anh Cửu|Lại Thanh Đức
    Tôn Chính Tài|Chu Vĩnh Khang|Tôn Xuân Lan|Mạnh Vãn Chu|Mạnh Hoành Vĩ|Kim Nhật Thành
    Kim Chính Nhật|Lý Hiển Dương|Ngụy Phụng Hòa|Khổng Huyễn Hựu|Hồng Tiểu Dũng|Hoàng Khôn Minh|Lý Hồng Trung
    Lý Hi|Hà Lập Phong|Vương Văn Đào|Lâm Trịnh Nguyệt Nga|Lý Gia Siêu|Lại Thanh Đức|Tô Trinh Xương
    Tôn Ngộ Không|Tào Tháo|Khổng Tử|Mạnh Tử|Lão Tử
    """
)
"""Foreigners whose Vietnamese names have Vietnamese shape: their English is another word."""
