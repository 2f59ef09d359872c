/** The country of the benchmark: its units and when they began, moved and ended. The same seed makes the same country. */
import { openChance } from '#demo/chance.ts'

export const sizes = {
  district: { provinces: 1, communes: 10, unions: 400, members: 21_000 },
  city: { provinces: 1, communes: 126, unions: 8_000, members: 700_000 },
  nation: { provinces: 34, communes: 3_321, unions: 125_000, members: 11_500_000 },
} as const
export type Size = keyof typeof sizes

/** Ten years of records, and one fixed last day, so that a run next year asks the same. */
export const firstDay = '2016-11-01'
export const lastDay = '2026-11-20'
/** Communes and provinces were joined anew on this day. */
export const restructuredOn = '2025-07-01'

const msPerDay = 86_400_000
export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / msPerDay
const dayTexts = new Map<number, string>()
/** A day as text; each is written once. */
export function dayText(day: number): string {
  let text = dayTexts.get(day)
  if (!text) dayTexts.set(day, (text = new Date(day * msPerDay).toISOString().slice(0, 10)))
  return text
}

const provinceNames =
  'Hà Nội|Huế|Quảng Ninh|Cao Bằng|Lạng Sơn|Lai Châu|Điện Biên|Sơn La|Thanh Hóa|Nghệ An|Hà Tĩnh|Tuyên Quang|Lào Cai|Thái Nguyên|Phú Thọ|Bắc Ninh|Hưng Yên|Hải Phòng|Ninh Bình|Quảng Trị|Đà Nẵng|Quảng Ngãi|Gia Lai|Khánh Hòa|Lâm Đồng|Đắk Lắk|Hồ Chí Minh|Đồng Nai|Tây Ninh|Cần Thơ|Vĩnh Long|Đồng Tháp|Cà Mau|An Giang'.split(
    '|',
  )
const [firsts, seconds] = [
  'Tân Phú Bình Hòa An Long Vĩnh Đông Tây Nam Yên Thanh Hưng Xuân Kim Minh Đức Quang Thái Hải'.split(' '),
  'Sơn Thủy Lâm Giang Thịnh Lộc Phong Trung Xá Mỹ Hà Khê Châu Điền Lập Thạnh Hiệp Nghĩa Khánh Lợi'.split(' '),
]
const trades =
  'May Dệt Gỗ Giày Điện tử Cơ khí Thực phẩm Xây dựng Vận tải Nhựa In Dược Thép Gốm Thương mại Du lịch'.split(' ')
const places = ['Trường Mầm non', 'Trường Tiểu học', 'Trường THCS', 'Trạm Y tế', 'Ủy ban nhân dân', 'Trung tâm Văn hóa']

export type Province = { id: number; name: string; communes: Commune[] }
export type Commune = {
  id: number
  name: string
  province: Province
  formerProvince: Province | null
  officerId: number
  unions: Union[]
}
export type Union = {
  id: number
  name: string
  isOccupational: boolean
  sector: 'state' | 'non_state'
  commune: Commune
  formerCommune: Commune | null
  /** Members it has at the end, or had before it ended. */
  members: number
  /** Null for a union that stood before the records. */
  foundedOn: number | null
  endedOn: number | null
}
export type Country = { rootId: number; provinces: Province[]; communes: Commune[]; unions: Union[] }

/** Accounts: the root's leader, then a leader a province, then an officer a commune. */
export const leaderOf = (province: Province): number => province.id
export const rootLeader = 1

export function makeCountry(size: Size, seed: number): Country {
  const wanted = sizes[size]
  const chance = openChance(seed, 'country')
  let nextId = 1
  const rootId = nextId++
  const provinces = Array.from({ length: wanted.provinces }, (_, index): Province => ({
    id: nextId++,
    name: provinceNames[index]!,
    communes: [],
  }))
  const shares = provinces.map((_, index) => 0.5 + chance.next() + (index === 0 || index === 26 ? 2.5 : 0))
  const communes = Array.from({ length: wanted.communes }, (_, index): Commune => {
    const province = provinces[index % provinces.length]!
    const id = nextId++
    const commune = {
      id,
      name: `${chance.pick(firsts)} ${chance.pick(seconds)}`,
      province,
      formerProvince: null,
      officerId: id,
      unions: [],
    }
    province.communes.push(commune)
    return commune
  })
  // Three provinces took over some communes of the province before them.
  if (provinces.length > 6) {
    for (const taker of [5, 14, 23])
      for (const commune of provinces[taker]!.communes.slice(0, 20)) commune.formerProvince = provinces[taker - 1]!
  }
  const weights = communes.map((commune) => shares[provinces.indexOf(commune.province)]! * (0.3 + chance.next() * 1.4))
  const heaviest = weights.reduce((sum, weight) => sum + weight, 0)
  const counts = weights.map((weight) => Math.floor((weight / heaviest) * wanted.unions))
  for (let left = wanted.unions - counts.reduce((sum, count) => sum + count, 0), index = 0; left > 0; left--, index++)
    counts[index % counts.length]!++
  const unions: Union[] = []
  const [begin, end, restructured] = [dayNumber(firstDay), dayNumber(lastDay), dayNumber(restructuredOn)]
  communes.forEach((commune, index) => {
    // In one commune of ten, half of the unions came from the neighbour.
    const neighbour = chance.happens(0.1)
      ? commune.province.communes[(commune.province.communes.indexOf(commune) + 1) % commune.province.communes.length]!
      : null
    for (let turn = 0; turn < counts[index]!; turn++) {
      const isOccupational = chance.happens(0.02)
      const sector = !isOccupational && chance.happens(0.35) ? 'state' : 'non_state'
      const name = isOccupational
        ? `Nghiệp đoàn Xe ôm ${commune.name} ${turn + 1}`
        : sector === 'state'
          ? `CĐCS ${chance.pick(places)} ${commune.name} ${turn + 1}`
          : `CĐCS Công ty ${chance.pick(trades)} ${chance.pick(firsts)} ${chance.pick(seconds)} ${turn + 1}`
      const foundedOn = chance.happens(0.35) ? chance.whole(begin + 30, end - 3) : null
      const endedOn = chance.happens(0.01) ? chance.whole(Math.max(begin, foundedOn ?? 0) + 200, end + 200) : null
      const union: Union = {
        id: nextId++,
        name,
        isOccupational,
        sector,
        commune,
        formerCommune:
          neighbour && neighbour !== commune && (foundedOn ?? 0) < restructured - 60 && chance.happens(0.5)
            ? neighbour
            : null,
        // Sizes as they are: most have some dozens, a few have thousands.
        members: Math.exp(3.6 + 1.15 * gauss(chance.next)),
        foundedOn,
        endedOn: endedOn && endedOn < end - 10 ? endedOn : null,
      }
      unions.push(union)
      commune.unions.push(union)
    }
  })
  const scale = wanted.members / unions.reduce((sum, union) => sum + (union.endedOn ? 0 : union.members), 0)
  for (const union of unions) union.members = Math.max(union.isOccupational ? 12 : 6, Math.round(union.members * scale))
  return { rootId, provinces, communes, unions }
}

/** A draw from the normal distribution (Box and Muller), cut at three deviations. */
function gauss(next: () => number): number {
  const drawn = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return Math.max(-3, Math.min(3, drawn))
}
