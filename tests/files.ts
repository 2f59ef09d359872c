/** The files officers send, made in code: the same few people in every form a list is known to come in. Readers, importers
 *  and journeys through the screens are tried with them; `tests/files/` holds them as they are on a disk. */
import { oleOf, bookOf, sheetOf, stylesOf, type CellOf } from './workbooks.ts'

export type CastMember = {
  fullName: string
  /** dd/mm/yyyy */
  birthDate: string
  sex: 'Nam' | 'Nữ'
  identityNumber: string
  phone: string
  company: string
}

const [sewing, shoes] = ['Công ty TNHH May Hưng Thịnh', 'Công ty CP Giày Bình Minh']

export const cast: readonly CastMember[] = [
  {
    fullName: 'Nguyễn Văn An',
    birthDate: '15/03/1985',
    sex: 'Nam',
    identityNumber: '001085012345',
    phone: '0912345678',
    company: sewing,
  },
  {
    fullName: 'Trần Thị Bích Ngọc',
    birthDate: '02/09/1990',
    sex: 'Nữ',
    identityNumber: '034190004567',
    phone: '0987654321',
    company: sewing,
  },
  {
    fullName: 'Lê Hoàng Phúc',
    birthDate: '21/12/1992',
    sex: 'Nam',
    identityNumber: '038092011223',
    phone: '0356789012',
    company: sewing,
  },
  {
    fullName: 'Phạm Thị Ánh Tuyết',
    birthDate: '08/03/1988',
    sex: 'Nữ',
    identityNumber: '031188006789',
    phone: '0903112233',
    company: sewing,
  },
  {
    fullName: 'Đặng Quốc Khánh',
    birthDate: '02/09/1995',
    sex: 'Nam',
    identityNumber: '001095022334',
    phone: '0938445566',
    company: shoes,
  },
  {
    fullName: 'Võ Thị Mỹ Duyên',
    birthDate: '30/04/2001',
    sex: 'Nữ',
    identityNumber: '048301003456',
    phone: '0779887766',
    company: shoes,
  },
  {
    fullName: 'Hoàng Đình Dũng',
    birthDate: '19/05/1979',
    sex: 'Nam',
    identityNumber: '040079008901',
    phone: '0868123456',
    company: shoes,
  },
  {
    fullName: 'Huỳnh Ngọc Thảo Vy',
    birthDate: '11/11/1998',
    sex: 'Nữ',
    identityNumber: '079198012789',
    phone: '0792334455',
    company: shoes,
  },
]

const header = ['STT', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Số CCCD', 'Điện thoại', 'Đơn vị']
const row = (person: CastMember, index: number): string[] => [
  String(index + 1),
  person.fullName,
  person.birthDate,
  person.sex,
  person.identityNumber,
  person.phone,
  person.company,
]
const plainRows = () => [header, ...cast.map(row)]

const partsOfDay = (person: CastMember) => person.birthDate.split('/') as [string, string, string]
/** Days since 1900 as Excel counts them. */
const serialOf = (person: CastMember) => {
  const [day, month, year] = partsOfDay(person).map(Number) as [number, number, number]
  return (Date.UTC(year, month - 1, day) - Date.UTC(1899, 11, 30)) / 86_400_000
}
const withoutMarks = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')

const workbook = (rows: readonly (readonly CellOf[])[], merges: string[] = [], formats: (number | string)[] = []) =>
  bookOf({ sheets: [{ name: 'Danh sách', xml: sheetOf(rows, merges) }], styles: stylesOf(formats) })

const quoted = (cell: string, delimiter: string) =>
  cell.includes(delimiter) || /["\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
const csv = (rows: readonly (readonly string[])[], delimiter = ',') =>
  rows.map((cells) => cells.map((cell) => quoted(cell, delimiter)).join(delimiter) + '\r\n').join('')

/** What Excel shows of a text in the font .VnTime: signs in place of letters. Capitals with a tone are the small ones, since
 *  the font has no others. */
export function inVnTime(text: string): string {
  const letters = 'àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđĂÂÊÔƠƯĐ'
  const signs =
    '\xb5\xb6\xb7\xb8\xb9\xbb\xbc\xbd\xbe\xc6\xc7\xc8\xc9\xca\xcb\xcc\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xdc\xdd\xde\xdf\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe\xa8\xa9\xaa\xab\xac\xad\xae\xa1\xa2\xa3\xa4\xa5\xa6\xa7'
  return [...text.normalize('NFC')]
    .map((letter) => {
      const at = letters.includes(letter) ? letters.indexOf(letter) : letters.indexOf(letter.toLowerCase())
      return at < 0 ? letter : signs[at]
    })
    .join('')
}

/** What Excel shows of a text in a VNI font: the mark is a letter of its own behind the vowel. */
export function inVni(text: string): string {
  const tones = ['\u0301', '\u0300', '\u0309', '\u0303', '\u0323']
  const marks: Record<string, string> = { '': 'ùøûõï', '\u0302': 'áàåãä', '\u0306': 'éèúüë', '\u031b': 'ùøûõï' }
  const bare: Record<string, string> = { '': '', '\u0302': 'â', '\u0306': 'ê', '\u031b': '' }
  const letterI: Record<string, string> = { '\u0301': 'í', '\u0300': 'ì', '\u0309': 'æ', '\u0303': 'ó', '\u0323': 'ò' }
  return [...text.normalize('NFC')]
    .map((letter) => {
      const [base, ...found] = letter.normalize('NFD')
      const small = base!.toLowerCase()
      const inCase = (shown: string) => (base === small ? shown : shown.toUpperCase())
      if (letter.toLowerCase() === 'đ') return letter === 'đ' ? 'ñ' : 'Ñ'
      const tone = found.find((mark) => tones.includes(mark))
      const shape = found.find((mark) => mark in marks) ?? ''
      if (small === 'i' && tone) return inCase(letterI[tone]!)
      if (small === 'y' && tone === '\u0323') return inCase('î')
      const vowel = shape === '\u031b' ? (small === 'o' ? 'ô' : 'ö') : small
      return inCase(vowel + (tone ? marks[shape]![tones.indexOf(tone)]! : bare[shape]!))
    })
    .join('')
}

function titleRows() {
  return workbook([
    ['LIÊN ĐOÀN LAO ĐỘNG TỈNH', null, null, null, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
    ['CÔNG ĐOÀN CƠ SỞ', null, null, null, 'Độc lập - Tự do - Hạnh phúc'],
    [],
    ['DANH SÁCH ĐOÀN VIÊN CÔNG ĐOÀN'],
    ['(Kèm theo Công văn số 12/CV-CĐCS)'],
    [],
    header,
    ...cast.map(row),
    [],
    [null, 'Tổng cộng: 8 người'],
    [null, null, null, null, 'TM. BAN CHẤP HÀNH'],
  ])
}

function mergedHeader() {
  const top = ['STT', 'Thông tin cá nhân', null, null, 'Giấy tờ và liên hệ', null, 'Đơn vị']
  const below = [null, 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Số CCCD', 'Điện thoại', null]
  return workbook(
    [['DANH SÁCH ĐOÀN VIÊN'], top, below, ...cast.map(row)],
    ['A1:G1', 'A2:A3', 'B2:D2', 'E2:F2', 'G2:G3'],
  )
}

function mergedCompany() {
  const rows = cast.map((person, index): CellOf[] => [
    index % 4 === 0 ? person.company : null,
    ...row(person, index).slice(0, 6),
  ])
  return workbook([['Đơn vị', ...header.slice(0, 6)], ...rows], ['A2:A5', 'A6:A9'])
}

function dayMonthYear() {
  const top = ['STT', 'Họ và tên', 'Ngày sinh', null, null, 'Giới tính', 'Số CCCD']
  const below = [null, null, 'Ngày', 'Tháng', 'Năm', null, null]
  const rows = cast.map((person, index): CellOf[] => [
    index + 1,
    person.fullName,
    ...partsOfDay(person).map(Number),
    person.sex,
    person.identityNumber,
  ])
  return workbook([top, below, ...rows], ['A1:A2', 'B1:B2', 'C1:E1', 'F1:F2', 'G1:G2'])
}

function twoNameColumns() {
  const rows = cast.map((person, index): CellOf[] => {
    const at = person.fullName.lastIndexOf(' ')
    return [index + 1, person.fullName.slice(0, at), person.fullName.slice(at + 1), ...row(person, index).slice(2)]
  })
  return workbook([['STT', 'Họ đệm', 'Tên', ...header.slice(2)], ...rows])
}

/** A list of dues: a month a column for ten years, with the people's own columns at both ends. */
function manyColumns() {
  const months = Array.from({ length: 120 }, (_, index) => `Tháng ${(index % 12) + 1}/${2015 + Math.floor(index / 12)}`)
  const rows = cast.map((person, index): CellOf[] => [
    index + 1,
    person.fullName,
    person.birthDate,
    ...months.map((_, month) => (month % 7 === index % 7 ? null : 45_000)),
    person.sex,
    person.identityNumber,
  ])
  return workbook([['STT', 'Họ và tên', 'Ngày sinh', ...months, 'Giới tính', 'Số CCCD'], ...rows])
}

/** What Excel would take for formulas, were it opened there; and the sign that keeps the zeros of a number. */
function formulas() {
  const rows = cast.map((person, index) => [
    String(index + 1),
    index === 1 ? `=HYPERLINK("http://vi-du.vn","${person.fullName}")` : person.fullName,
    person.birthDate,
    person.sex,
    index % 2 === 0 ? `="${person.identityNumber}"` : person.identityNumber,
    person.phone.replace(/^0/, '+84'),
    ['@tổ 1', '-', '=1+1', '+', '-2+3', "'=A1", '@', '=cmd|/C calc!A0'][index]!,
  ])
  return csv([[...header.slice(0, 6), 'Ghi chú'], ...rows])
}

const written = (change: (person: CastMember, index: number) => CellOf[], formats: (number | string)[] = []) =>
  workbook([header, ...cast.map(change)], [], formats)
const utf8 = (text: string) => Buffer.from(text)
const dayForms = [
  (day: string, month: string, year: string) => `${Number(day)}/${Number(month)}/${year}`,
  (day: string, month: string, year: string) => `${day}-${month}-${year}`,
  (day: string, month: string, year: string) => `${day}.${month}.${year}`,
  (day: string, month: string, year: string) => ` ${day} / ${month} / ${year}`,
]

/** Every file by its name. */
export function makeFiles(): Record<string, Buffer> {
  const title = titleRows()
  return {
    'title-rows.xlsx': title,
    'merged-header.xlsx': mergedHeader(),
    'merged-company.xlsx': mergedCompany(),
    'capitals-no-marks.xlsx': workbook(
      plainRows().map((cells) => cells.map((cell) => withoutMarks(cell).toUpperCase())),
    ),
    'numbers-as-text.xlsx': workbook(plainRows()),
    'text-as-numbers.xlsx': written((person, index) =>
      row(person, index).map((cell, column) => ([0, 4, 5].includes(column) ? Number(cell) : cell)),
    ),
    'dates-as-text.xlsx': written((person, index) =>
      row(person, index).map((cell, column) => (column === 2 ? dayForms[index % 4]!(...partsOfDay(person)) : cell)),
    ),
    'dates-serial.xlsx': written(
      (person, index) =>
        row(person, index).map((cell, column) =>
          column !== 2 ? cell : index % 2 === 0 ? serialOf(person) : { number: serialOf(person), style: 1 },
        ),
      ['[$-42A]dd/mm/yyyy;@'],
    ),
    'dates-two-digit.csv': utf8(
      `\ufeff${csv([header, ...cast.map((person, index) => row(person, index).map((cell, column) => (column === 2 ? cell.replace(/\d\d(\d\d)$/, '$1') : cell)))])}`,
    ),
    'year-alone.xlsx': written((person, index) =>
      row(person, index).map((cell, column) => (column === 2 ? Number(partsOfDay(person)[2]) : cell)),
    ),
    'nfd.csv': utf8(csv(plainRows()).normalize('NFD')),
    'tcvn3.xlsx': workbook(plainRows().map((cells) => cells.map(inVnTime))),
    'vni.xlsx': workbook(plainRows().map((cells) => cells.map(inVni))),
    'semicolon.csv': utf8(`\ufeff${csv(plainRows(), ';')}`),
    'utf16.csv': Buffer.from(`\ufeff${csv(plainRows(), '\t')}`, 'utf16le'),
    'two-name-columns.xlsx': twoNameColumns(),
    'day-month-year-columns.xlsx': dayMonthYear(),
    'password.xlsx': oleOf(['EncryptionInfo', 'EncryptedPackage']),
    'truncated.xlsx': title.subarray(0, Math.floor(title.length * 0.7)),
    'empty.csv': Buffer.alloc(0),
    'many-columns.xlsx': manyColumns(),
    'formula.csv': utf8(formulas()),
  }
}
