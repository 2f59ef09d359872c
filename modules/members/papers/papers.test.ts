/** The joining form and the cards, opened by other programs: they say what the record says, every mark in place, on one page;
 *  what somebody typed is printed and never obeyed. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import jsqr from 'jsqr'
import jszip from 'jszip'
import { getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { secretFrom } from '#platform/secret.ts'
import { signCard, verifyCard } from './card.ts'
import { cardsPdf, joiningFormDocx, joiningFormPdf, type CardPerson, type PaperPerson } from './papers.ts'

const today = '2026-04-05'
const secret = secretFrom(Buffer.alloc(32, 7))
const tuyet: PaperPerson = {
  id: '12',
  fullName: 'Nguyễn Thị Ánh Tuyết',
  birth: '1990-02-05',
  sex: 'female',
  unionName: 'CĐCS Công ty TNHH May Sông Hồng',
  upperName: 'LĐLĐ quận Tây Hồ',
  place: 'Hà Nội',
  since: '2024-11-10',
  photo: null,
  record: {
    ethnicity: 'Ê Đê',
    ancestralPlace: 'xã Hải Hậu, tỉnh Ninh Bình',
    currentAddress: 'Số 12 ngõ 34 Âu Cơ, phường Hồng Hà',
    phone: '0912345678',
    workplace: 'Phân xưởng cắt, Công ty May Sông Hồng',
    job: 'Thợ may bậc 4',
  },
}
const unknown: PaperPerson = {
  ...tuyet,
  birth: '1986',
  unionName: null,
  upperName: null,
  place: null,
  since: null,
  record: {},
}
/** As long as the record lets each field be; a name of 200 letters, an address without a space. */
const longest: PaperPerson = {
  ...tuyet,
  fullName: 'Công Tằng Tôn Nữ Huyền Trân Phương Nghiễn '.repeat(5).slice(0, 199).trim(),
  unionName: 'CĐCS Công ty Cổ phần Đầu tư Xây dựng và Xuất nhập khẩu '.repeat(4).slice(0, 199).trim(),
  record: {
    ethnicity: 'Ơ Đu '.repeat(12).trim(),
    ancestralPlace: 'W'.repeat(300),
    currentAddress: 'Ngõ 34 đường Âu Cơ '.repeat(16).slice(0, 299).trim(),
    workplace: 'Phân xưởng Ấ Ẵ Ự '.repeat(18).slice(0, 299).trim(),
    job: 'Thợ may bậc bốn '.repeat(13).slice(0, 199).trim(),
    phone: '0912345678',
  },
}
const cardOf = (person: PaperPerson, number: number): CardPerson => {
  const cardNumber = `01240000${number}`
  const facts = {
    personId: person.id,
    cardNumber,
    fullName: person.fullName,
    birthYear: 1990,
    unionName: person.unionName ?? 'CĐCS',
    issuedOn: '2024-11-20',
  }
  return { ...person, cardNumber, cardIssuedOn: '2024-11-20', qr: signCard(secret, facts) }
}

const perMm = 72 / 25.4
type Run = { text: string; left: number; right: number; bottom: number; top: number }
type Sheet = { width: number; height: number; runs: Run[]; text: string }

/** Pages in millimetres, with every run of text and where it stands. */
async function openPdf(content: Buffer): Promise<Sheet[]> {
  const pdf = await getDocumentProxy(new Uint8Array(content))
  const sheets = Array.from({ length: pdf.numPages }, async (_, index) => {
    const page = await pdf.getPage(index + 1)
    const [, , width, height] = page.view.map((edge) => edge / perMm) as [number, number, number, number]
    const { items } = await page.getTextContent()
    const runs = items.flatMap((item) => {
      if (!('str' in item) || item.str.trim() === '') return []
      const [left, bottom] = (item.transform.slice(4) as [number, number]).map((edge) => edge / perMm) as [
        number,
        number,
      ]
      return { text: item.str, left, right: left + item.width / perMm, bottom, top: bottom + item.height / perMm }
    })
    const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : '')).join('')
    return { width, height, runs, text: squeezed(text) }
  })
  return await Promise.all(sheets)
}
const squeezed = (text: string) =>
  text
    .normalize('NFC')
    .replace(/\u200b/g, '')
    .replace(/\s+/g, ' ')

async function openDocx(content: Buffer): Promise<string> {
  const document = await (await jszip.loadAsync(content)).file('word/document.xml')!.async('string')
  const text = document.replace(/<w:tab\/>/g, '\t').replace(/<[^>]+>/g, '\n')
  const plain = text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
  return squeezed(plain.replace(/&amp;/g, '&'))
}

const formParts = [
  'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  'Độc lập - Tự do - Hạnh phúc',
  'ĐƠN GIA NHẬP CÔNG ĐOÀN',
  'CĐCS Công ty TNHH May Sông Hồng',
  'NGUYỄN THỊ ÁNH TUYẾT',
  '05/02/1990',
  'Nữ',
  ...Object.values(tuyet.record),
  'Hà Nội, ngày 05 tháng 4 năm 2026',
]

test('the form says what the record says, as PDF and as Word', async () => {
  const [sheet, ...more] = await openPdf(await joiningFormPdf('vi', tuyet, null, today))
  expect(more).toEqual([])
  const word = await openDocx(await joiningFormDocx('vi', tuyet, null, today))
  for (const part of formParts) {
    expect(sheet!.text).toContain(part)
    expect(word).toContain(part)
  }
  const english = await openPdf(await joiningFormPdf('en', tuyet, null, today))
  expect(english[0]!.text).toContain('APPLICATION TO JOIN')
})

test('an identity number stands on the form only when it is handed in; else there are dots to write on', async () => {
  const number = '001190012345'
  const masked = [
    (await openPdf(await joiningFormPdf('vi', tuyet, null, today)))[0]!.text,
    await openDocx(await joiningFormDocx('vi', tuyet, null, today)),
  ]
  for (const text of masked) expect(text).not.toMatch(/\d{11}/)
  expect(masked[0]).toMatch(/định danh cá nhân: \.{20,}/)
  expect((await openPdf(await joiningFormPdf('vi', tuyet, number, today)))[0]!.text).toContain(number)
  expect(await openDocx(await joiningFormDocx('vi', tuyet, number, today))).toContain(number)
})

test('what nobody knows is a dotted line to the margin; a year alone is a year', async () => {
  const [sheet] = await openPdf(await joiningFormPdf('vi', unknown, null, today))
  for (const label of ['Ban Chấp hành', 'Dân tộc:', 'Quê quán:', 'Nơi ở hiện nay:', 'Điện thoại:', 'Nơi làm việc:'])
    expect(sheet!.text).toMatch(new RegExp(`${label} \\.{20,}`))
  expect(sheet!.text).toContain('năm sinh: 1986 ')
  expect(sheet!.text).toMatch(/\.{10,}, ngày 05 tháng 4/)
  const document = await (
    await jszip.loadAsync(await joiningFormDocx('vi', unknown, null, today))
  )
    .file('word/document.xml')!
    .async('string')
  expect(document.match(/w:leader="dot"/g)).toHaveLength(7)
})

test('the sheet is A4 with the margins of Decree 30/2020, and the longest record stays on it', async () => {
  for (const person of [tuyet, unknown, longest]) {
    const sheets = await openPdf(await joiningFormPdf('vi', person, '001190012345', today))
    expect(sheets).toHaveLength(1)
    const { width, height, runs, text } = sheets[0]!
    expect([Math.round(width), Math.round(height)]).toEqual([210, 297])
    const outside = runs.filter((run) => run.left < 29.9 || run.right > 190.2 || run.bottom < 20 || run.bottom > 275)
    expect(outside).toEqual([])
    expect(text.replaceAll(' ', '')).toContain((person.record['ancestralPlace'] ?? '').replaceAll(' ', ''))
    expect(text).toContain('(Ký, ghi rõ họ tên)')
  }
})

test('hostile text is printed, not obeyed', async () => {
  const hostile =
    '#read("/etc/passwd") $x^2$ *b* _i_ `c` \\ <a> & "q" \'p\' ] } //c @ref https://a.b \u{202e}ngược 😀 שלום'
  const person = {
    ...tuyet,
    fullName: '#panic("x") Tuấn <w:t>',
    unionName: hostile,
    record: { ...tuyet.record, currentAddress: hostile, job: 'a\u0000b\u0007c\ud800d\u0085e' },
  }
  const printed = '#read("/etc/passwd") $x^2$ *b* _i_ `c` \\ <a> & "q" \'p\' ] } //c @ref https://a.b'
  const [sheet] = await openPdf(await joiningFormPdf('vi', person, null, today))
  const word = await openDocx(await joiningFormDocx('vi', person, null, today))
  for (const text of [sheet!.text, word]) {
    expect(text).toContain(printed)
    expect(text).toContain('ngược')
    expect(text).toContain('#PANIC("X") TUẤN <W:T>')
    expect(text).not.toMatch(/root:|\u202e/)
  }
  const [card] = await openPdf(await cardsPdf('vi', [cardOf(person, 1)], 'card'))
  expect(card!.text).toContain('#panic("x") Tuấn')
})

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('a card is 85.6 × 54 mm and says whose it is; a sheet holds ten', async () => {
  const people = Array.from({ length: 23 }, (_, index) => cardOf({ ...tuyet, id: String(index) }, index + 10))
  const cards = await openPdf(await cardsPdf('vi', people, 'card'))
  expect(cards).toHaveLength(23)
  for (const [index, { width, height, text }] of cards.entries()) {
    expect([width.toFixed(1), height.toFixed(1)]).toEqual(['85.6', '54.0'])
    const parts = ['CÔNG ĐOÀN VIỆT NAM', 'Nguyễn Thị Ánh Tuyết', 'CĐCS Công ty TNHH May', 'LĐLĐ quận Tây Hồ', '1990']
    for (const part of [...parts, `01240000${index + 10}`, '10/11/2024', '20/11/2024']) expect(text).toContain(part)
  }
  const sheets = await openPdf(await cardsPdf('vi', people, 'sheet'))
  expect(sheets.map(({ width, text }) => [Math.round(width), text.match(/012400/g)!.length])).toEqual([
    [210, 10],
    [210, 10],
    [210, 3],
  ])
})

test('the longest names stay on the card and off the code, with a photo and without', async () => {
  const people = [cardOf(longest, 1), cardOf({ ...longest, photo: picture }, 2)]
  for (const { runs, text } of await openPdf(await cardsPdf('vi', people, 'card'))) {
    expect(text).toContain(longest.fullName)
    const edges = runs.filter(({ left, right, bottom }) => left < 4.9 || right > 84.1 || bottom < 1.2)
    expect(edges).toEqual([])
    const onCode = runs.filter(({ right, top, bottom }) => right > 60.5 && top < 27 && bottom > 4)
    expect(onCode).toEqual([])
  }
})

test('a photo stands on its own card; one that cannot be read is left out and holds nothing up', async () => {
  const people = [
    cardOf({ ...tuyet, photo: Buffer.from('GIF89a no picture') }, 1),
    cardOf(tuyet, 2),
    cardOf({ ...tuyet, photo: picture }, 3),
  ]
  const cards = await openPdf(await cardsPdf('vi', people, 'card'))
  const starts = cards.map(({ runs }) => Math.round(runs.find((run) => run.text.startsWith('Nguyễn'))!.left))
  expect(starts).toEqual([5, 5, 26])
})

const has = (program: string, ...args: string[]) => spawnSync(program, args).status === 0
const soffice = ['soffice', 'libreoffice'].find((name) => has(name, '--version'))
const said = (program: string, isThere: boolean) => (isThere ? '' : ` (skipped: ${program} is not on this machine)`)
const pdftoppm = ['pdftoppm'].find((name) => has(name, '-v'))

test.skipIf(!pdftoppm)(
  `a scanner reads the code off the printed card${said('pdftoppm', Boolean(pdftoppm))}`,
  async () => {
    const people = [cardOf(tuyet, 1), cardOf({ ...longest, photo: picture }, 2)]
    const folder = mkdtempSync(join(tmpdir(), 'ket-doan-card-'))
    writeFileSync(join(folder, 'cards.pdf'), await cardsPdf('vi', people, 'card'))
    spawnSync(pdftoppm!, ['-r', '300', '-gray', join(folder, 'cards.pdf'), join(folder, 'card')])
    for (const [index, { qr }] of people.entries()) {
      const image = readFileSync(join(folder, `card-${index + 1}.pgm`))
      const [head, width, height] = /^P5\s(\d+)\s(\d+)\s255\s/.exec(image.toString('latin1', 0, 40))!
      const dots = Uint8ClampedArray.from({ length: Number(width) * Number(height) * 4 }, (_, at) =>
        at % 4 === 3 ? 255 : image[head.length + (at >> 2)]!,
      )
      const read = jsqr.default(dots, Number(width), Number(height))
      expect(read?.data).toBe(qr)
      expect(verifyCard(read!.data, secret.publicKey).verdict).toBe('genuine')
    }
    rmSync(folder, { recursive: true })
  },
)

test.skipIf(!soffice)(
  `LibreOffice opens the Word form on one page, every mark in place${said('soffice', Boolean(soffice))}`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ket-doan-form-'))
    const people = { tuyet, unknown, longest }
    for (const [name, person] of Object.entries(people))
      writeFileSync(join(folder, `${name}.docx`), await joiningFormDocx('vi', person, null, today))
    const paths = Object.keys(people).map((name) => join(folder, `${name}.docx`))
    for (const kind of ['pdf', 'txt:Text (encoded):UTF8']) {
      const args = ['--headless', '--convert-to', kind, '--outdir', folder, ...paths]
      spawnSync(soffice!, [`-env:UserInstallation=file://${folder}/profile`, ...args], { timeout: 60_000 })
    }
    for (const [name, person] of Object.entries(people)) {
      expect(await openPdf(readFileSync(join(folder, `${name}.pdf`))), name).toHaveLength(1)
      const text = squeezed(readFileSync(join(folder, `${name}.txt`), 'utf8'))
      expect(text).toContain(person.fullName.toLocaleUpperCase('vi'))
      for (const part of person === tuyet ? formParts : []) expect(text).toContain(part)
    }
    rmSync(folder, { recursive: true })
  },
  120_000,
)
