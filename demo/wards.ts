/** Wards and communes by district, as they were called until July 2025; invented names where the district is not known. */
import { fold } from '#kernel/fold.ts'

const known: Record<string, string> = {
  'tay ho': 'Bưởi, Thụy Khuê, Yên Phụ, Tứ Liên, Nhật Tân, Quảng An, Xuân La, Phú Thượng',
  'hai ba trung':
    'Bạch Đằng, Bách Khoa, Bạch Mai, Đồng Nhân, Đồng Tâm, Lê Đại Hành, Minh Khai, Nguyễn Du, Phạm Đình Hổ, Phố Huế, ' +
    'Quỳnh Lôi, Quỳnh Mai, Thanh Lương, Thanh Nhàn, Trương Định, Vĩnh Tuy',
  'ha dong':
    'Biên Giang, Đồng Mai, Yên Nghĩa, Dương Nội, Hà Cầu, La Khê, Mộ Lao, Nguyễn Trãi, Phú La, Phú Lãm, Phú Lương, ' +
    'Kiến Hưng, Phúc La, Quang Trung, Vạn Phúc, Văn Quán, Yết Kiêu',
  'dong anh':
    'Cổ Loa, Kim Chung, Hải Bối, Võng La, Nam Hồng, Bắc Hồng, Vân Nội, Uy Nỗ, Xuân Nộn, Thụy Lâm, Liên Hà, Vân Hà, ' +
    'Dục Tú, Mai Lâm, Đông Hội, Xuân Canh, Vĩnh Ngọc, Tiên Dương, Nguyên Khê, Kim Nỗ, Đại Mạch, Việt Hùng',
  'phuc tho':
    'Phụng Thượng, Võng Xuyên, Hát Môn, Tích Giang, Trạch Mỹ Lộc, Ngọc Tảo, Tam Hiệp, Hiệp Thuận, Liên Hiệp, Thọ Lộc, ' +
    'Long Xuyên, Thượng Cốc, Vân Phúc, Sen Phương',
  'long bien':
    'Bồ Đề, Cự Khối, Đức Giang, Gia Thụy, Giang Biên, Long Biên, Ngọc Lâm, Ngọc Thụy, Phúc Đồng, Phúc Lợi, Sài Đồng, ' +
    'Thạch Bàn, Thượng Thanh, Việt Hưng',
  'hoan kiem':
    'Cửa Đông, Cửa Nam, Hàng Bạc, Hàng Bông, Hàng Gai, Hàng Trống, Lý Thái Tổ, Phan Chu Trinh, Tràng Tiền, Trần Hưng Đạo',
  'dong da':
    'Cát Linh, Hàng Bột, Khâm Thiên, Kim Liên, Láng Hạ, Láng Thượng, Ô Chợ Dừa, Phương Liên, Phương Mai, Quang Trung, Thịnh Quang',
  'ba dinh':
    'Cống Vị, Điện Biên, Đội Cấn, Giảng Võ, Kim Mã, Liễu Giai, Ngọc Hà, Ngọc Khánh, Phúc Xá, Quán Thánh, Trúc Bạch',
  'hoang mai':
    'Đại Kim, Định Công, Giáp Bát, Hoàng Liệt, Hoàng Văn Thụ, Lĩnh Nam, Mai Động, Tân Mai, Thanh Trì, Trần Phú, Vĩnh Hưng',
}
const invented =
  'An Lạc, Bình Minh, Đông Sơn, Hòa Hưng, Long Thành, Phú An, Tân Lập, Thanh Bình, Trung Hòa, Vĩnh An, Xuân Phú, Yên Lộc'

/** The place in a unit's name: `LĐLĐ quận Tây Hồ` → `Tây Hồ`. */
export const placeIn = (unitName: string): string =>
  unitName
    .replace(/^.*?(quận|huyện|thành phố|thị xã|tỉnh|phường|xã|đặc khu|TP\.?)\s+/iu, '')
    .replace(/^(LĐLĐ|Công đoàn)\s+/iu, '')
    .trim()

export function wardsOf(unitName: string): string[] {
  const list = known[fold(placeIn(unitName))] ?? invented
  return list.split(', ')
}
