/** The text on a card: what was signed comes back, and nothing else is taken for it - in Node, in a browser, at the terminal. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import jsqr from 'jsqr'
import { afterEach, expect, test, vi } from 'vitest'
import { qrMatrix, qrSvg } from '#platform/qr.ts'
import { secretFrom } from '#platform/secret.ts'
import { signCard, verifyCard } from './card.ts'
import { checkCard, readCard, writeFacts, type CardFacts } from './cardtext.ts'

const master = Buffer.alloc(32, 7)
const secret = secretFrom(master)
const { publicKey } = secret
const tuan: CardFacts = {
  personId: '41',
  cardNumber: '0124000017',
  fullName: 'Nguyễn Anh Tuấn',
  birthYear: 1990,
  unionName: 'CĐCS Công ty TNHH May Sông Hồng',
  issuedOn: '2024-11-20',
}
const text = signCard(secret, tuan)
const factsOf = (read: ReturnType<typeof readCard>) => {
  const { signedText: _, signature: __, ...facts } = read!
  return facts
}

afterEach(() => vi.unstubAllGlobals())

test('a card that was signed is genuine everywhere, and says what was signed', async () => {
  expect(verifyCard(text, publicKey)).toEqual({ verdict: 'genuine', card: tuan })
  expect(await checkCard(text, publicKey)).toBe('genuine')
  expect(factsOf(readCard(`#${text}\n`))).toEqual(tuan)
  expect(text.length).toBeLessThanOrEqual(250)
  expect(text).toMatch(/^KD1\.[\w-]+\.[\w-]{86}$/)
})

test('facts of any writing come back as they were signed', () => {
  const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  const facts = fc.record({
    personId: fc.bigInt({ min: 1n, max: 10n ** 17n }).map(String),
    cardNumber: words,
    fullName: words,
    birthYear: fc.option(fc.integer({ min: 1901, max: 2020 })),
    unionName: words.filter((name) => !name.includes(' ')),
    issuedOn: fc.constantFrom('2024-02-29', '1999-12-31'),
  })
  fc.assert(
    fc.property(facts, (one) => {
      expect(verifyCard(signCard(secret, one), publicKey)).toEqual({ verdict: 'genuine', card: one })
    }),
  )
})

test('one bit changed anywhere, and it is no genuine card', async () => {
  const flip = (at: number, bit: number) => {
    const letters = Buffer.from(text)
    letters[at]! ^= 1 << bit
    return letters.toString('latin1')
  }
  const everyFlip = Array.from({ length: text.length * 8 }, (_, index) => flip(index >> 3, index & 7))
  expect(everyFlip.filter((forged) => verifyCard(forged, publicKey).verdict === 'genuine')).toEqual([])
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...everyFlip), async (forged) => {
      expect(await checkCard(forged, publicKey)).toBe(verifyCard(forged, publicKey).verdict)
    }),
  )
})

test('another name under the same signature, another key, a cut text, another paper: refused', async () => {
  const [mark, , signature] = text.split('.')
  const renamed = `${writeFacts({ ...tuan, fullName: 'Nguyễn Anh Tuân' })}.${signature}`
  expect(verifyCard(renamed, publicKey)).toEqual({ verdict: 'forged', card: null })
  expect(await checkCard(renamed, publicKey)).toBe('forged')
  const stranger = secretFrom(Buffer.alloc(32, 8)).publicKey
  expect(verifyCard(text, stranger)).toEqual({ verdict: 'forged', card: null })
  expect(await checkCard(text, stranger)).toBe('forged')
  for (let length = 0; length < text.length; length++) expect(readCard(text.slice(0, length)), `${length}`).toBeNull()
  for (const other of [`${text}A`, `${text}.`, text.toLowerCase(), text.replace('KD1', 'KD2'), `${mark}..${signature}`])
    expect(verifyCard(other, publicKey).verdict).toBe('unreadable')
  // Signed by the same key, but not as a card.
  const bare = writeFacts(tuan).slice(4)
  const other = `KD1.${bare}.${secret.sign(bare).toString('base64url')}`
  expect(verifyCard(other, publicKey).verdict).toBe('forged')
})

test('only facts of a card are read, however well they are signed', () => {
  const signed = (payload: unknown) => {
    const signedText = `KD1.${Buffer.from(JSON.stringify(payload)).toString('base64url')}`
    return `${signedText}.${secret.sign(signedText).toString('base64url')}`
  }
  const list = ['41', '17', 'Tuấn', 1990, 'CĐCS', '2024-11-20']
  expect(verifyCard(signed(list), publicKey).verdict).toBe('genuine')
  const wrong = [
    {},
    null,
    list.slice(1),
    [...list, 'more'],
    list.with(3, '1990'),
    list.with(3, 19.5),
    list.with(5, '2024-02-30'),
    list.with(2, ''),
    list.with(0, 41),
  ]
  for (const payload of wrong) expect(verifyCard(signed(payload), publicKey).verdict).toBe('unreadable')
})

test('a long name of a union is cut by whole words, so that the code stays small enough to scan', () => {
  const unionName = 'CĐCS Công ty Cổ phần Đầu tư Xây dựng, Thương mại, Dịch vụ và Xuất nhập khẩu Tổng hợp Miền Bắc '
    .repeat(3)
    .trim()
  const long = signCard(secret, { ...tuan, unionName })
  expect(long.length).toBeLessThanOrEqual(300)
  expect(long.length).toBeGreaterThan(270)
  const said = verifyCard(long, publicKey).card!.unionName
  expect(said.endsWith('…')).toBe(true)
  expect(unionName.startsWith(`${said.slice(0, -1)} `)).toBe(true)
})

test('a browser that cannot check says so, and does not guess', async () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
  expect(await checkCard(text, publicKey)).toBe('uncheckable')
  expect(await checkCard(text.slice(1), publicKey)).toBe('unreadable')
  vi.stubGlobal('crypto', { subtle: { importKey: () => Promise.reject(new Error('no Ed25519')) } })
  expect(await checkCard(text, publicKey)).toBe('uncheckable')
})

/** What a scanner makes of dark squares, each `scale` dots wide, with a quiet zone around. */
function scan(isDark: (x: number, y: number) => boolean, side: number, scale = 3): string | null {
  const width = side * scale
  const dots = new Uint8ClampedArray(width * width * 4).fill(255)
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++)
      if (isDark(Math.floor(x / scale), Math.floor(y / scale)))
        dots.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3)
  return jsqr.default(dots, width, width)?.data ?? null
}

test('the QR code is read back by a scanner, from the matrix and from the picture', () => {
  const texts = [text, 'KD1', signCard(secret, { ...tuan, fullName: 'Công Tằng Tôn Nữ Huyền Trân Phương Nghiễn' })]
  for (const one of texts) {
    const matrix = qrMatrix(one)
    expect(scan((x, y) => matrix[y - 4]?.[x - 4] ?? false, matrix.length + 8)).toBe(one)
    const svg = qrSvg(one)
    const side = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)![1])
    const dark = new Set<string>()
    for (const [, x, y, run] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
      for (let step = 0; step < Number(run); step++) dark.add(`${Number(x) + step} ${y}`)
    expect(scan((x, y) => dark.has(`${x} ${y}`), side)).toBe(one)
  }
  // At 25 mm with its quiet zone, a square of the code is a third of a millimetre.
  expect(25 / (qrMatrix(text).length + 8)).toBeGreaterThan(1 / 3)
})

test('the terminal checks by a given key or by the key of a folder, and asks no database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ket-doan-card-'))
  writeFileSync(join(folder, 'identity-key'), master.toString('base64'))
  const { KET_DOAN_KEY: _, DATABASE_URL: __, ...env } = process.env
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/main.ts', 'card', ...args], {
      encoding: 'utf8',
      env,
    })
    return { status, said: stdout + stderr }
  }
  expect(run('key', '--data', folder)).toEqual({ status: 0, said: `${publicKey}\n` })
  const shown = run('verify', text, '--data', folder)
  expect(shown.status).toBe(0)
  for (const part of ['Nguyễn Anh Tuấn', '1990', 'May Sông Hồng', '0124000017', '20/11/2024'])
    expect(shown.said).toContain(part)
  const told = run('verify', text, '--key', publicKey, '--json', '--data', '/nowhere')
  expect(JSON.parse(told.said)).toEqual({ verdict: 'genuine', card: tuan })
  const stranger = secretFrom(Buffer.alloc(32, 8)).publicKey
  expect(run('verify', text, '--key', stranger, '--lang', 'en')).toMatchObject({
    status: 1,
    said: expect.stringContaining('Not a genuine card') as string,
  })
  expect(run('verify', text.slice(0, -1), '--key', publicKey).status).toBe(1)
  expect(run('verify', text, '--key', 'x').status).toBe(2)
  expect(run('verify', text, '--data', '/nowhere').status).toBe(2)
  rmSync(folder, { recursive: true })
}, 60_000)
