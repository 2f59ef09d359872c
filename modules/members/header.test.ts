/** Lists as offices make them: the header is found among titles and merged cells, columns are known by their words or by what
 *  they hold, and only rows that name somebody are people. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromTcvn3, fromVni, toTcvn3, toVni } from '#kernel/legacy.ts'
import { layoutOf, recogniseHeader } from './header.ts'
import { meaningOf } from './headings.ts'
import { readCells, type RawPerson } from './rows.ts'

/** Any signs in any order; the first thousand, where the letters are, as often as all others. */
const sign = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 0xd7ff }))
const anyText = fc.array(sign, { maxLength: 40 }).map((signs) => String.fromCharCode(...signs))

const table = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
const fieldsOf = (rows: string[][]) => recogniseHeader(rows).columns.map(({ field }) => field)
const peopleOf = (rows: string[][]) => {
  const { columns, dataFrom } = recogniseHeader(rows)
  return rows.slice(dataFrom).map((row) => readCells(row, columns))
}
const somebody = (rows: string[][]) => peopleOf(rows).filter((person): person is RawPerson => person !== null)

test('headers in the words that offices use', () => {
  const said: Record<string, string[]> = {
    fullName: ['Họ và tên', 'HỌ TÊN', 'Ho va ten', 'Họ & tên', 'Họ tên đoàn viên', 'Full name', 'Họ và tên NLĐ'],
    familyName: ['Họ và tên đệm', 'Họ đệm', 'Họ và đệm', 'Họ lót', 'Họ và chữ lót', 'Họ'],
    givenName: ['Tên'],
    birthDate: ['Ngày sinh', 'Ngày, tháng, năm sinh', 'Ngày tháng năm sinh', 'Sinh ngày', 'NTNS', 'Date of birth'],
    birthYear: ['Năm sinh', 'NĂM SINH', 'Sinh năm', 'NS'],
    sex: ['Giới tính', 'Phái', 'Nam/Nữ', 'Giới tính (Nam/Nữ)', 'GT', 'Sex'],
    isFemale: ['Nữ', 'Giới tính nữ'],
    isMale: ['Nam'],
    identityNumber: [
      'Số CCCD',
      'CMND/CCCD',
      'Số căn cước công dân',
      'Số định danh cá nhân',
      'Số CCCD (12 số)',
      'Số hộ chiếu',
      'CCCD/Hộ chiếu',
    ],
    identityIssuedOn: ['Ngày cấp', 'Ngày cấp CCCD'],
    identityIssuedBy: ['Nơi cấp', 'Nơi cấp CCCD'],
    oldIdNumber: ['Số CMND cũ'],
    citizenship: ['Quốc tịch'],
    ethnicity: ['Dân tộc'],
    religion: ['Tôn giáo'],
    ancestralPlace: ['Quê quán', 'Nguyên quán'],
    currentAddress: ['Nơi ở hiện nay', 'Chỗ ở', 'Địa chỉ', 'Địa chỉ liên hệ', 'Tạm trú'],
    permanentAddress: ['Hộ khẩu thường trú', 'HKTT', 'Nơi đăng ký thường trú'],
    phone: ['Số điện thoại', 'SĐT', 'ĐT', 'Điện thoại di động', 'Số ĐT'],
    email: ['Email', 'E-mail', 'Thư điện tử'],
    job: ['Chức danh', 'Nghề nghiệp', 'Công việc', 'Vị trí việc làm', 'Chức vụ'],
    workplace: ['Bộ phận', 'Phòng ban', 'Nơi làm việc', 'Phân xưởng'],
    union: ['Tên CĐCS', 'CĐCS', 'Công đoàn cơ sở', 'Đơn vị', 'Công ty', 'Tên đơn vị', 'Nghiệp đoàn'],
    unionCode: ['Mã CĐCS', 'Mã đơn vị', 'Mã số công đoàn'],
    admittedOn: ['Ngày kết nạp', 'Ngày kết nạp công đoàn', 'Kết nạp đoàn viên'],
    joinedOn: ['Ngày vào công đoàn', 'Ngày gia nhập CĐ', 'Ngày tham gia công đoàn'],
    youthJoinedOn: ['Ngày vào Đoàn TNCS', 'Ngày vào Đoàn'],
    partyProbationaryOn: ['Ngày vào Đảng', 'Ngày kết nạp Đảng', 'Ngày vào Đảng dự bị'],
    partyOfficialOn: ['Ngày vào Đảng chính thức', 'Ngày chính thức'],
    decisionNumber: ['Số quyết định', 'Quyết định số', 'Số QĐ'],
    cardNumber: ['Số thẻ', 'Số thẻ đoàn viên', 'Mã đoàn viên'],
    cardIssuedOn: ['Ngày cấp thẻ'],
    employedOn: ['Ngày vào làm', 'Ngày vào công ty', 'Ngày tuyển dụng'],
    contractType: ['Loại hợp đồng', 'Loại HĐLĐ', 'Hợp đồng lao động'],
    contractMonths: ['Thời hạn hợp đồng'],
    unionPost: ['Chức vụ công đoàn', 'Chức danh CĐ'],
    socialInsuranceNo: ['Số sổ BHXH', 'Mã số BHXH'],
    bankAccount: ['Số tài khoản', 'STK'],
    childrenCount: ['Số con'],
    maritalStatus: ['Tình trạng hôn nhân'],
    hardship: ['Hoàn cảnh khó khăn', 'Hoàn cảnh gia đình'],
    politicalTheory: ['Lý luận chính trị'],
    profession: ['Trình độ chuyên môn'],
    schooling: ['Trình độ văn hóa', 'Trình độ'],
    skillGrade: ['Bậc thợ'],
  }
  for (const [field, headers] of Object.entries(said))
    for (const header of headers)
      for (const written of [
        header,
        header.toUpperCase(),
        header.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd'),
      ])
        expect(meaningOf(written)?.field, written).toBe(field)
  const useless = ['STT', 'TT', 'Số TT', 'Ghi chú', 'Ký tên', 'Chữ ký', 'Ký nhận', 'Nơi sinh']
  for (const header of useless) expect(meaningOf(header), header).toEqual({ field: null, confidence: 'sure' })
  for (const header of ['', 'abc', 'Nguyễn Văn An', 'Kinh', 'Lương cơ bản'])
    expect(meaningOf(header), header).toBe(null)
})

const known: [string, string, (index: number) => string][] = [
  ['Họ và tên', 'fullName', (n) => `Nguyễn Văn ${'An Bình Cường Dũng'.split(' ')[n % 4]}`],
  ['Ngày sinh', 'birthDate', (n) => `0${1 + (n % 9)}/03/199${n % 10}`],
  ['Giới tính', 'sex', (n) => (n % 2 ? 'Nữ' : 'Nam')],
  ['Số CCCD', 'identityNumber', (n) => `00109000000${n % 10}`],
  ['Điện thoại', 'phone', (n) => `091234567${n % 10}`],
  ['Dân tộc', 'ethnicity', () => 'Kinh'],
  ['Bộ phận', 'workplace', (n) => `Tổ may ${n}`],
  ['Ngày kết nạp', 'admittedOn', () => '05/03/2024'],
]
const dress = fc.record({
  order: fc
    .shuffledSubarray(known, { minLength: 3 })
    .filter((columns) => columns.some(([, field]) => field === 'fullName')),
  count: fc.integer({ min: 1, max: 12 }),
  titles: fc.integer({ min: 0, max: 6 }),
  numbering: fc.constantFrom('', '1', '(1)', 'A'),
  font: fc.constantFrom('NFC', 'NFD', 'bare', 'tcvn3', 'vni', 'tall'),
  foot: fc.boolean(),
})
const fonts: Record<string, (text: string) => string> = {
  NFC: (text) => text,
  NFD: (text) => text.normalize('NFD'),
  bare: (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D'),
  tcvn3: toTcvn3,
  vni: toVni,
  tall: (text) => text.toUpperCase(),
}

test('whatever stands above, below and beside it, in whatever font, the header is found and the people are all there', () => {
  const above = [
    ['LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ HÀ NỘI', '', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
    ['CÔNG ĐOÀN CƠ SỞ CÔNG TY MAY SÔNG HỒNG', '', 'Độc lập - Tự do - Hạnh phúc'],
    [''],
    Array.from({ length: 6 }, () => 'DANH SÁCH ĐOÀN VIÊN CÔNG ĐOÀN'),
    ['(Kèm theo Quyết định số 12/QĐ-LĐLĐ ngày 05/03/2024)'],
    ['Đơn vị: Công ty May Sông Hồng'],
  ]
  fc.assert(
    fc.property(dress, ({ order, count, titles, numbering, font, foot }) => {
      const write = fonts[font]!
      const names = [`A`, 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I']
      const numbers = numbering
        ? [['', ...order].map((_, n) => (numbering === 'A' ? names[n]! : numbering.replace('1', String(n + 1))))]
        : []
      const people = Array.from({ length: count }, (_, n) => [String(n + 1), ...order.map(([, , value]) => value(n))])
      const rows = [
        ...above.slice(0, titles),
        ['STT', ...order.map(([header]) => header)],
        ...numbers,
        ...people,
        ...(foot
          ? [
              ['', `Tổng cộng: ${count} người`],
              ['', 'Người lập biểu', '', 'Chủ tịch'],
            ]
          : []),
      ].map((row) => row.map(write))
      const read = recogniseHeader(rows)
      expect(read.headerAt).toEqual([titles])
      expect(read.dataFrom).toBe(titles + 1 + numbers.length)
      expect(read.columns.slice(0, order.length + 1).map(({ field }) => field)).toEqual([
        null,
        ...order.map(([, field]) => field),
      ])
      // The rows below the header are converted by whoever reads them.
      const decode = font === 'tcvn3' ? fromTcvn3 : font === 'vni' ? fromVni : (text: string) => text
      const found = rows.slice(read.dataFrom).flatMap((row) => readCells(row.map(decode), read.columns) ?? [])
      expect(found).toHaveLength(count)
      const at = order.findIndex(([, field]) => field === 'fullName') + 1
      expect(found.map((person) => person.fullName)).toEqual(
        people.map((row) => decode(write(row[at]!)).normalize('NFC')),
      )
    }),
    { numRuns: 300 },
  )
})

test('two rows of header over merged cells: years of men and women, number and day of the card', () => {
  const merged = table(`
    DANH SÁCH ĐOÀN VIÊN | DANH SÁCH ĐOÀN VIÊN | DANH SÁCH ĐOÀN VIÊN | DANH SÁCH ĐOÀN VIÊN | DANH SÁCH ĐOÀN VIÊN | DANH SÁCH ĐOÀN VIÊN | DANH SÁCH ĐOÀN VIÊN
    STT | Họ và tên | Năm sinh | Năm sinh | CCCD | CCCD | CCCD
    STT | Họ và tên | Nam | Nữ | Số | Ngày cấp | Nơi cấp
    (1) | (2) | (3) | (4) | (5) | (6) | (7)
    1 | Nguyễn Văn An | 1990 | | 001090000001 | 05/03/2021 | Cục CSQLHC
    2 | Lê Thị Bình | | 1992 | 001192000002 | 05/03/2021 | Cục CSQLHC`)
  const { headerAt, dataFrom, columns } = recogniseHeader(merged)
  expect([headerAt, dataFrom]).toEqual([[1, 2], 4])
  const fields = [
    null,
    'fullName',
    'birthIfMale',
    'birthIfFemale',
    'identityNumber',
    'identityIssuedOn',
    'identityIssuedBy',
  ]
  expect(columns.map(({ field }) => field)).toEqual(fields)
  expect(columns[2]!.header).toBe('Năm sinh Nam')
  expect(somebody(merged).map(({ birthDate, sex }) => [birthDate, sex])).toEqual([
    ['1990', 'male'],
    ['1992', 'female'],
  ])
  const plain = merged.map((row, at) =>
    at === 1 ? ['STT', 'Họ và tên', 'Năm sinh', '', 'CCCD', '', ''] : at === 2 ? ['', '', ...row.slice(2)] : row,
  )
  expect(fieldsOf(plain)).toEqual(fields)
})

test('day, month and year apart, and a name in two columns under one header', () => {
  const apart = table(`
    TT | Họ và tên | Họ và tên | Ngày tháng năm sinh | Ngày tháng năm sinh | Ngày tháng năm sinh | Nữ
    TT | Họ và tên | Họ và tên | Ngày | Tháng | Năm | Nữ
    1 | Nguyễn Văn | An | 5 | 3 | 1990 |
    2 | Lê Thị | Bình | | | 1992 | x
    3 | Trần | An An | 7 | 12 | 1993 | -`)
  expect(fieldsOf(apart)).toEqual([null, 'familyName', 'givenName', 'birthDay', 'birthMonth', 'birthYear', 'isFemale'])
  expect(peopleOf(apart)).toEqual([
    { fullName: 'Nguyễn Văn An', birthDate: '5/3/1990', sex: 'male' },
    { fullName: 'Lê Thị Bình', birthDate: '1992', sex: 'female' },
    { fullName: 'Trần An An', birthDate: '7/12/1993', sex: 'male' },
  ])
  expect(fieldsOf(table('STT|Họ tên|Ngày sinh|Tháng sinh|Năm sinh\n1|Lê An|5|3|1990')).slice(2)).toEqual([
    'birthDay',
    'birthMonth',
    'birthYear',
  ])
  expect(fieldsOf(table('STT|Họ đệm|Tên|Giới tính|Giới tính\n|||Nam|Nữ\n1|Lê Văn|An|x|')).slice(1)).toEqual([
    'familyName',
    'givenName',
    'isMale',
    'isFemale',
  ])
  expect(fieldsOf(table('Tên|Ngày sinh|CCCD\nLê An|5/3/1990|001090000001'))[0]).toBe('fullName')
  const sorted = table('Họ và tên|Tên|CCCD\nLê Văn An|An|001090000001')
  expect(peopleOf(sorted)).toEqual([{ fullName: 'Lê Văn An', identityNumber: '001090000001' }])
})

test('without a header the cells tell; a header that says nothing is helped by its cells, as a guess', () => {
  const bare = table(`
    1 | Nguyễn Văn An | 05/03/1990 | Nam | 001090000001 | 0912345678
    2 | Lê Thị Bình | 1992 | Nữ | 001192000002 | 912345679
    3 | Trần Minh | 7/12/93 | Nam | 12345678901 | 0912345670`)
  const read = recogniseHeader(bare)
  expect([read.headerAt, read.dataFrom]).toEqual([[], 0])
  expect(read.columns.map(({ field }) => field)).toEqual([
    null,
    'fullName',
    'birthDate',
    'sex',
    'identityNumber',
    'phone',
  ])
  expect(read.columns.slice(1).every(({ confidence }) => confidence === 'guess')).toBe(true)
  const mute = recogniseHeader(table('STT|Họ và tên|Mã|X\n1|Lê An|001090000001|Nam\n2|Lê Bình|001192000002|Nữ'))
  expect(mute.columns.map(({ field, confidence }) => [field, confidence])).toEqual([
    [null, 'sure'],
    ['fullName', 'sure'],
    ['identityNumber', 'guess'],
    ['sex', 'guess'],
  ])
})

test('two columns that claim one field: the surer has it, an old card becomes the old number', () => {
  expect(fieldsOf(table('Họ tên|Số CMND|Số CCCD|Đơn vị|Tên CĐCS\nLê An|012345678|001090000001|A|B'))).toEqual([
    'fullName',
    'oldIdNumber',
    'identityNumber',
    'workplace',
    'union',
  ])
  expect(fieldsOf(table('Họ tên|CCCD|Hộ chiếu|Ngày sinh|Ngày sinh\nLê An|001090000001||1990|1990'))).toEqual([
    'fullName',
    'identityNumber',
    'identityNumber',
    'birthDate',
    null,
  ])
})

test('titles, sections, totals, signatures and repeated headers are nobody; whoever lacks a value is somebody', () => {
  const list = table(`
    STT | Họ và tên | Ngày sinh | Giới tính | Số CCCD | Chức vụ
    I | Phòng Hành chính | | | |
    1 | Nguyễn Văn An | 05/03/1990 | Nam | 001090000001 | Chủ tịch
    2 | Lê Thị Bình | | | | Công nhân
    Tổ may 1 | Tổ may 1 | Tổ may 1 | Tổ may 1 | Tổ may 1 | Tổ may 1
    STT | Họ và tên | Ngày sinh | Giới tính | Số CCCD | Chức vụ
    3 | Tống Tổng | 1990 | Nam | | Giám đốc
    1 | 2 | 3 | 4 | 5 | 6
    | Tổng cộng | 3 | | |
    | Tổng số: 3 đoàn viên | | | |
    | Danh sách này có 3 người | | | |
    | | | Hà Nội, ngày 5 tháng 3 năm 2024 | |
    | Người lập biểu | | | TM. BAN CHẤP HÀNH | Chủ tịch
    | | | | |
    | Lê Văn Sơn | | | Trần Thị Hạnh |`)
  expect(peopleOf(list).map((person) => person?.fullName ?? null)).toEqual([
    null,
    'Nguyễn Văn An',
    'Lê Thị Bình',
    null,
    null,
    'Tống Tổng',
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    null,
  ])
  expect(somebody(table('Họ và tên\nLê An\nTổng cộng'))).toEqual([{ fullName: 'Lê An' }])
})

test('a layout is known again by its headers, whatever the rows and the case', () => {
  const layout = (text: string) => layoutOf(recogniseHeader(table(text)).columns)
  const one = layout('STT|Họ và tên|Ngày sinh|Số CCCD\n1|Lê An|1990|001090000001')
  expect(one).toBe('stt|ho va ten|ngay sinh|so cccd')
  expect(layout('DANH SÁCH\nstt|HO VA TEN|NGÀY SINH|Số CCCD||\n1|Trần B|5/3/1991|001091000001||')).toBe(one)
  expect(layout('Lê An|1990|001090000001\nLê B|1990|001090000002')).toBe('?3')
})

test('any rows at all are read without failing', () => {
  const cell = fc.oneof(anyText, fc.constantFrom('Họ và tên', 'Nam', 'Năm sinh', '1', '001090000001', 'x', ''))
  fc.assert(
    fc.property(fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 8 }), (rows) => {
      const { headerAt, dataFrom, columns } = recogniseHeader(rows)
      expect(headerAt.length <= 3 && dataFrom >= headerAt.length && dataFrom <= rows.length + 1).toBe(true)
      for (const row of rows) {
        const person = readCells(row, columns)
        if (person) expect(Object.values(person).every((value) => value !== '')).toBe(true)
      }
      expect(columns.map(({ index }) => index)).toEqual(columns.map((_, index) => index))
    }),
  )
})
