/** Papers over the API: a card needs a number, a number is one member's, a whole identity number is printed by a recorded act alone. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getDocumentProxy } from 'unpdf'
import { foundUnion } from '#modules/founding/contract.ts'
import { listMembers } from '#modules/members/contract.ts'
import { showRecord } from '#modules/members/record/contract.ts'
import { openDoor, type Door } from '#tests/door.ts'
import { done, foundingEntry, openSample, people, secret, type World } from '#tests/world.ts'
import { issueCard } from './contract.ts'

let world: World
let door: Door
let cookie: string
let unitId: string
let ids: string[]
beforeAll(async () => {
  world = await openSample()
  unitId = (await done(world.lan(foundUnion, { body: foundingEntry(world, { people: people(1, 5) }) }))).unitId
  ids = (await done(world.lan(listMembers, { query: { unitId } }))).members.map((member) => member.id)
  door = await openDoor(world)
  cookie = await door.signIn('lan')
})
afterAll(async () => {
  await door.close()
  await world.close()
})

const get = (path: string, who = cookie) => door.ask('GET', `/api${path}`, { cookie: who })
const issue = (personId: string, cardNumber: string | null, on = '2025-01-02') =>
  world.lan(issueCard, { params: { personId }, body: { cardNumber, on } })
const textOf = async (bytes: Buffer) => {
  const page = await (await getDocumentProxy(new Uint8Array(bytes))).getPage(1)
  return (await page.getTextContent()).items
    .map((item) => ('str' in item ? item.str : ''))
    .join(' ')
    .normalize('NFC')
}

test('a card needs a number, which one member has', async () => {
  const [one, two] = ids as [string, string]
  expect((await get(`/members/${one}/card.pdf`)).body['type']).toBe('/problems/no-card')
  expect((await get(`/units/${unitId}/cards.pdf`)).body['type']).toBe('/problems/no-card')
  expect(await issue(one, 'HN 0001', '2030-01-01')).toBe('day-in-future')
  expect(await issue(one, 'HN 0001')).toEqual({ cardNumber: 'HN 0001' })
  expect(await issue(two, 'HN 0001')).toBe('card-number-taken')
  expect(await issue(two, null)).toEqual({ cardNumber: two.padStart(10, '0') })
  const card = await get(`/members/${one}/card.pdf`)
  expect(card.bytes.subarray(0, 5).toString()).toBe('%PDF-')
  expect(await textOf(card.bytes)).toContain('HN 0001')
  const sheet = await get(`/units/${unitId}/cards.pdf`)
  expect(await textOf(sheet.bytes)).toContain('HN 0001')
  expect((await get(`/units/${world.units.tayHo}/cards.pdf`)).body['type']).toBe('/problems/not-a-grassroots-union')
  const stranger = await door.signIn('binh')
  for (const path of [`/members/${one}/card.pdf`, `/units/${unitId}/cards.pdf`, `/members/${one}/joining-form.docx`])
    expect((await get(path, stranger)).status).toBe(404)
})

test('the form prints the whole number only with a reason, and then it is kept who asked', async () => {
  const personId = ids[2]!
  const bare = await textOf((await get(`/members/${personId}/joining-form.pdf`)).bytes)
  const looksOf = async () => (await done(world.lan(showRecord, { params: { personId } }))).looks
  expect(await looksOf()).toEqual([])
  const whole = await textOf(
    (await get(`/members/${personId}/joining-form.pdf?reason=${encodeURIComponent('In đơn')}`)).bytes,
  )
  const looks = await looksOf()
  expect(looks).toMatchObject([{ what: 'identity', reason: 'In đơn' }])
  const digits = (text: string) => text.replace(/\D/g, '')
  expect(digits(bare)).not.toMatch(/0012\d{8}/)
  expect(digits(whole)).toMatch(/0012\d{8}/)
  const reader = await door.signIn('trang')
  expect((await get(`/members/${personId}/joining-form.pdf?reason=x`, reader)).status).toBe(403)
})

test('anybody may have the key and have a card checked', async () => {
  expect((await door.ask('GET', '/api/card-key')).body).toEqual({ publicKey: secret.publicKey })
  const checked = await door.ask('POST', '/api/card-checks', { body: { text: 'KD1.rubbish.rubbish' } })
  expect(checked.body).toMatchObject({ verdict: 'unreadable', card: null })
})
