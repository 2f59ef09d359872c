/** Lists as an office would send them: people with every field an officer keeps, spread over the unions of a register. The same seed
 *  makes the same list. */
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { pipeline } from 'node:stream/promises'
import { openChance } from '#demo/chance.ts'
import { streamSheet } from '#platform/excel.ts'
import { openNames } from './names.ts'

const header = [
  'Công đoàn cơ sở',
  'Họ và tên',
  'Ngày sinh',
  'Giới tính',
  'Số CCCD',
  'Điện thoại',
  'Nghề nghiệp',
  'Ngày vào công đoàn',
  'Quê quán',
]
const jobs = ['Công nhân may', 'Thợ hàn', 'Kế toán', 'Lái xe', 'Bảo vệ', 'Kỹ thuật viên', 'Giáo viên', 'Đóng gói']
const places = ['Nam Định', 'Thái Bình', 'Thanh Hóa', 'Nghệ An', 'Hà Nội', 'Phú Thọ', 'Bắc Giang', 'Hải Dương']

const two = (value: number) => String(value).padStart(2, '0')

/** One person a row. Numbers tell the year and the sex, as real ones do, and no two are alike. */
function* people(rows: number, unions: readonly string[], seed: number): Generator<string[]> {
  const chance = openChance(seed, 'lists')
  const names = openNames(seed)
  for (let index = 0; index < rows; index++) {
    const sex = chance.happens(0.55) ? 'female' : 'male'
    const [year, serial] = [70 + (index % 30), Math.floor(index / 30)]
    yield [
      unions[Math.floor((index * unions.length) / rows)]!,
      names.nameOf(sex).fullName,
      `${two(chance.whole(1, 28))}/${two(chance.whole(1, 12))}/19${year}`,
      sex === 'female' ? 'Nữ' : 'Nam',
      `0${two(chance.whole(1, 2) === 1 ? 1 : 34)}${sex === 'female' ? 1 : 0}${year}${String(serial).padStart(6, '0')}`,
      `09${String(chance.whole(0, 99_999_999)).padStart(8, '0')}`,
      chance.pick(jobs),
      `${two(chance.whole(1, 28))}/${two(chance.whole(1, 12))}/${chance.whole(2010, 2024)}`,
      chance.pick(places),
    ]
  }
}

/** Writes a list of so many people; `.xlsx` or `.csv` by the name. */
export async function writeList(path: string, rows: number, unions: readonly string[], seed: number) {
  if (path.endsWith('.xlsx')) {
    async function* cells() {
      yield* people(rows, unions, seed)
    }
    await pipeline(
      streamSheet(
        'Danh sách',
        header.map((name) => ({ header: name })),
        cells(),
      ),
      createWriteStream(path),
    )
    return
  }
  const file = createWriteStream(path)
  const write = async (text: string) => {
    if (!file.write(text)) await once(file, 'drain')
  }
  await write(`\uFEFF${header.join(',')}\n`)
  let text = ''
  for (const row of people(rows, unions, seed)) {
    text += `${row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')}\n`
    if (text.length > 100_000) {
      await write(text)
      text = ''
    }
  }
  await write(text)
  file.end()
  await once(file, 'finish')
}
