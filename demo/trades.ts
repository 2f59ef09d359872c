/** Lines of business of the demo: how employers are called in each (* a made-up brand, @ the ward), and their women's share. */
import type { EmployerKind } from '#modules/employers/contract.ts'

export type Line = { name: string; kind: EmployerKind; industry: string; womenShare: number }

const firm = (business: string, industry: string, womenShare: number): Line[] =>
  ['Công ty TNHH', 'Công ty Cổ phần', 'Công ty TNHH Một thành viên'].map((form) => ({
    name: `${form} ${business} *`,
    kind: 'enterprise',
    industry,
    womenShare,
  }))

export const firms: Line[] = [
  ...firm('May mặc', 'Dệt may', 0.82),
  ...firm('Thương mại và Dịch vụ', 'Bán buôn, bán lẻ', 0.5),
  ...firm('Cơ khí Chính xác', 'Cơ khí', 0.22),
  ...firm('Xây dựng và Đầu tư', 'Xây dựng', 0.2),
  ...firm('Vận tải và Kho bãi', 'Vận tải, kho bãi', 0.25),
  ...firm('Thực phẩm', 'Chế biến thực phẩm', 0.62),
  ...firm('Công nghệ', 'Công nghệ thông tin', 0.38),
  ...firm('Du lịch và Khách sạn', 'Lưu trú, ăn uống', 0.6),
  ...firm('In và Bao bì', 'In, bao bì', 0.48),
  ...firm('Nội thất', 'Sản xuất đồ gỗ', 0.3),
  ...firm('Thiết bị Điện', 'Thiết bị điện', 0.45),
  ...firm('Dược phẩm', 'Dược', 0.64),
  ...firm('Dịch vụ Bảo vệ', 'Bảo vệ', 0.12),
  ...firm('Tư vấn và Đào tạo', 'Giáo dục nghề nghiệp', 0.63),
]

export const stateFirms: Line[] = [
  {
    name: 'Công ty TNHH Một thành viên Môi trường và Công trình đô thị @',
    kind: 'enterprise',
    industry: 'Môi trường',
    womenShare: 0.55,
  },
  { name: 'Xí nghiệp Quản lý nhà và Dịch vụ @', kind: 'enterprise', industry: 'Dịch vụ nhà ở', womenShare: 0.4 },
  { name: 'Công ty TNHH Một thành viên Thủy lợi *', kind: 'enterprise', industry: 'Thủy lợi', womenShare: 0.3 },
]

export const publicUnits: Line[] = [
  { name: 'Trường Tiểu học @', kind: 'public_service_unit', industry: 'Giáo dục', womenShare: 0.86 },
  { name: 'Trường THCS @', kind: 'public_service_unit', industry: 'Giáo dục', womenShare: 0.76 },
  { name: 'Trường Mầm non @', kind: 'public_service_unit', industry: 'Giáo dục', womenShare: 0.97 },
  { name: 'Trường Mầm non *', kind: 'public_service_unit', industry: 'Giáo dục', womenShare: 0.97 },
  { name: 'Trường Tiểu học *', kind: 'public_service_unit', industry: 'Giáo dục', womenShare: 0.86 },
  { name: 'Trạm Y tế @', kind: 'public_service_unit', industry: 'Y tế', womenShare: 0.74 },
  { name: 'UBND @', kind: 'agency', industry: 'Quản lý nhà nước', womenShare: 0.45 },
  { name: 'Ban Quản lý chợ @', kind: 'public_service_unit', industry: 'Quản lý chợ', womenShare: 0.42 },
]

export const privateUnits: Line[] = [
  { name: 'Trường Mầm non tư thục *', kind: 'non_public_service_unit', industry: 'Giáo dục', womenShare: 0.97 },
  { name: 'Phòng khám Đa khoa *', kind: 'non_public_service_unit', industry: 'Y tế', womenShare: 0.68 },
  { name: 'Trung tâm Ngoại ngữ *', kind: 'non_public_service_unit', industry: 'Giáo dục', womenShare: 0.66 },
  { name: 'Hợp tác xã Dịch vụ Nông nghiệp *', kind: 'cooperative', industry: 'Nông nghiệp', womenShare: 0.5 },
  { name: 'Hợp tác xã Vận tải *', kind: 'cooperative', industry: 'Vận tải', womenShare: 0.15 },
]

/** Trades without one employer. */
export const trades: readonly { name: string; womenShare: number }[] = [
  { name: 'Lực lượng bảo vệ an ninh trật tự', womenShare: 0.12 },
  { name: 'Lái xe mô tô chở khách', womenShare: 0.04 },
  { name: 'Các nhóm trẻ độc lập tư thục', womenShare: 0.98 },
  { name: 'Bốc xếp hàng hóa', womenShare: 0.1 },
  { name: 'Giúp việc gia đình', womenShare: 0.97 },
  { name: 'Tiểu thương chợ', womenShare: 0.8 },
  { name: 'Thợ xây tự do', womenShare: 0.06 },
  { name: 'Thu gom rác dân lập', womenShare: 0.6 },
  { name: 'Hướng dẫn viên du lịch', womenShare: 0.4 },
]

const words = (list: string) => list.split(' ')
export const syllables: readonly string[][] = [
  words(
    'Minh Thiên Gia Bảo Nhật Kim Ngân Phúc Lộc Trường Vĩnh Thái Khánh Tường Đăng Quang Hùng Việt Tân Nam Bắc Đức Thịnh Hải',
  ),
  words(
    'Khang Ân Lâm Châu Tín Vượng Nguyên Phong Thuận Duyên Hưng Khôi Lợi Quân Sinh Trí Tâm Thành Uy Vân Xuân Yên An Đạt',
  ),
  words('Phát Hà Việt Sơn Long Hòa Cường Toàn Bình Mỹ Thủy Đông Anh Giang Linh Thanh Nghĩa Quý'),
]

/** Made-up names that happen to contain a well-known one are drawn again. */
export const tooWellKnown = [
  'Tân Hiệp Phát',
  'Hòa Phát',
  'Thành Công',
  'Bảo Việt',
  'Nam Long',
  'Gia Lai',
  'Minh Long',
  'Thiên Long',
  'Nhật Cường',
  'Kim Liên',
  'Bảo Tín',
  'Bảo Minh',
  'Nam An',
  'Đức Thành',
  'Hải Châu',
  'Thiên Nguyên',
  'Kim Thành',
]
