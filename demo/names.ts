/** Vietnamese names as often as people bear them: family names by their share, middle and given names by sex. */
import type { Chance } from './chance.ts'

export type Sex = 'male' | 'female'

/** Share of family names in thousandths, after the published counts of household lists. */
const families: readonly (readonly [string, number])[] = [
  ['Nguyễn', 315],
  ['Trần', 109],
  ['Lê', 89],
  ['Phạm', 59],
  ['Hoàng', 38],
  ['Huỳnh', 13],
  ['Vũ', 29],
  ['Võ', 10],
  ['Phan', 28],
  ['Trương', 22],
  ['Bùi', 21],
  ['Đặng', 19],
  ['Đỗ', 19],
  ['Ngô', 17],
  ['Hồ', 15],
  ['Dương', 14],
  ['Đinh', 10],
  ['Lý', 9],
  ['Đào', 9],
  ['Đoàn', 8],
  ['Trịnh', 8],
  ['Mai', 7],
  ['Tô', 6],
  ['Lương', 6],
  ['Cao', 6],
  ['Hà', 6],
  ['Tạ', 5],
  ['Lâm', 5],
  ['Chu', 5],
  ['Phùng', 5],
  ['Nghiêm', 3],
  ['Kiều', 3],
  ['Quách', 2],
  ['Thái', 2],
]

const middles: Record<Sex, readonly (readonly [string, number])[]> = {
  male: [
    ['Văn', 240],
    ['Đức', 75],
    ['Minh', 70],
    ['Hữu', 55],
    ['Quang', 55],
    ['Xuân', 45],
    ['Đình', 45],
    ['Anh', 35],
    ['Ngọc', 40],
    ['Công', 35],
    ['Thanh', 40],
    ['Mạnh', 35],
    ['Duy', 30],
    ['Tiến', 30],
    ['Trọng', 25],
    ['Thành', 30],
    ['Quốc', 30],
    ['Hoàng', 25],
    ['Bá', 15],
    ['Việt', 20],
    ['Đăng', 15],
    ['Văn Minh', 4],
    ['Ngọc Anh', 4],
    ['Hữu Đức', 3],
    ['Quang Huy', 3],
    ['Đức Anh', 4],
    ['Trần Minh', 3],
  ],
  female: [
    ['Thị', 420],
    ['Thu', 60],
    ['Thanh', 55],
    ['Ngọc', 60],
    ['Hồng', 40],
    ['Thị Thu', 40],
    ['Thị Thanh', 35],
    ['Thị Ngọc', 30],
    ['Thị Hồng', 28],
    ['Thị Minh', 18],
    ['Thị Kim', 18],
    ['Thị Bích', 16],
    ['Thị Phương', 16],
    ['Thị Mai', 10],
    ['Thị Lan', 10],
    ['Phương', 35],
    ['Minh', 30],
    ['Kim', 20],
    ['Bích', 20],
    ['Hoàng', 10],
    ['Khánh', 18],
    ['Diệu', 14],
    ['Quỳnh', 16],
    ['Hải', 12],
    ['Thùy', 20],
    ['Mai', 14],
  ],
}

const givens: Record<Sex, readonly string[]> = {
  male: (
    'Anh Bình Bảo Chiến Chung Cường Công Dũng Dương Duy Đại Đạt Đông Đức Giang Hải Hạnh Hậu Hiếu Hiệp Hòa Hoàn Hoàng ' +
    'Hùng Huy Hưng Khải Khánh Khang Khoa Kiên Lâm Linh Long Lộc Luân Mạnh Minh Nam Nghĩa Nguyên Nhật Phong Phú Phúc ' +
    'Phương Quân Quang Quý Quyết Sơn Tài Tâm Tân Thái Thắng Thành Thiện Thịnh Thọ Thông Thuận Tiến Toàn Trí Trung ' +
    'Trường Tú Tuân Tuấn Tùng Tuyên Tường Việt Vinh Vũ Vương'
  ).split(' '),
  female: (
    'An Anh Bình Chi Châu Cúc Diễm Diệp Dung Duyên Đào Giang Hà Hải Hạnh Hằng Hậu Hiền Hiên Hoa Hòa Hoài Hồng Huệ ' +
    'Hương Hường Huyền Khánh Khuyên Lan Lệ Liên Liễu Linh Loan Lụa Lý Mai Mơ My Na Nga Ngân Ngà Ngọc Nguyệt Nhàn ' +
    'Nhung Oanh Phượng Phương Quyên Quỳnh Sen Tâm Thanh Thảo Thêu Thoa Thơ Thu Thủy Thúy Thùy Thương Tình Trà Trang ' +
    'Trinh Tú Tuyết Tươi Uyên Vân Xuân Yến'
  ).split(' '),
}

/** Family, middle and given name in that order. A middle name that repeats the given name or the family is drawn again. */
export function inventName(chance: Chance, sex: Sex): string {
  const family = chance.weigh(families, ([, share]) => share)[0]
  const given = chance.pick(givens[sex])
  for (;;) {
    const middle = chance.weigh(middles[sex], ([, share]) => share)[0]
    const words = middle.split(' ')
    if (!words.includes(given) && !words.includes(family)) return `${family} ${middle} ${given}`
  }
}
