/** Records as promised: the last word that stands speaks, any statement can be taken back, nothing sensitive leaves unasked. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundUnion } from '#modules/founding/contract.ts'
import { listMembers, readIdentityNumber, showMember } from '#modules/members/contract.ts'
import { showProgress } from '#modules/progress/contract.ts'
import { formWith, openDoor } from '#tests/door.ts'
import { done, foundingEntry, openSample, people, type World } from '#tests/world.ts'
import * as promise from './contract.ts'

let world: World
let ids: string[]
beforeAll(async () => {
  world = await openSample()
  const { unitId } = await done(world.lan(foundUnion, { body: foundingEntry(world, { people: people(1, 12) }) }))
  const { members } = await done(world.lan(listMembers, { query: { unitId } }))
  ids = members.map((member) => member.id)
})
afterAll(() => world.close())

const edit = (personId: string, values: Record<string, string | null>, ask = world.lan) =>
  ask(promise.editRecord, { params: { personId }, body: { values } })
const shown = async (personId: string, ask = world.lan) => await done(ask(promise.showRecord, { params: { personId } }))
const takeBack = (statementId: string, ask = world.lan) =>
  ask(promise.reverseStatement, { params: { statementId }, body: { reason: 'Ghi nhầm' } })

test('a field said is read in its own form, and taken back it is what it was before', async () => {
  const personId = ids[0]!
  const first = await done(edit(personId, { phone: '+84 912 345 678', job: 'Thợ may' }))
  expect((await shown(personId)).values).toMatchObject({ phone: '0912345678', job: 'Thợ may' })
  const second = await done(edit(personId, { phone: '0987 654 321', ethnicity: 'KINH' }))
  expect((await shown(personId)).values).toEqual({ phone: '0987654321', job: 'Thợ may', ethnicity: 'Kinh' })
  await done(takeBack(second.statementId!))
  expect((await shown(personId)).values).toEqual({ phone: '0912345678', job: 'Thợ may' })
  await done(takeBack(first.statementId!))
  expect((await shown(personId)).values).toEqual({})
  expect(await takeBack(first.statementId!)).toBe('already-reversed')
})

test('a name, a birth date and a number are said like any field; search follows the name', async () => {
  const personId = ids[1]!
  const { statementId } = await done(
    edit(personId, { fullName: '  Trần  Thị Đặc Biệt', birthDate: '1986', identityNumber: '079186000123' }),
  )
  const found = await done(world.lan(listMembers, { query: { q: 'dac biet' } }))
  expect(found.members).toMatchObject([
    { id: personId, fullName: 'Trần Thị Đặc Biệt', birthDate: '1986', identityMasked: '•••••••••123' },
  ])
  expect(await done(world.lan(readIdentityNumber, { params: { personId }, body: { reason: 'Làm thẻ' } }))).toEqual({
    identityNumber: '079186000123',
  })
  await done(takeBack(statementId!))
  expect((await done(world.lan(listMembers, { query: { q: 'dac biet' } }))).members).toEqual([])
})

test('the number warns where it disagrees with birth year and sex', async () => {
  const personId = ids[2]!
  await done(edit(personId, { birthDate: '01/02/1990', sex: 'Nữ', identityNumber: '001091000777' }))
  expect((await shown(personId)).warnings.map((warning) => warning.name).sort()).toEqual([
    'birth-year-differs',
    'sex-differs',
  ])
})

test('a sensitive field is sealed at rest, shown as dots, and read by an act that is kept', async () => {
  const personId = ids[3]!
  await done(edit(personId, { religion: 'Phật giáo', bankAccount: '0011 2233' }))
  const record = await shown(personId)
  expect(record.values).toMatchObject({ religion: '•••', bankAccount: '•••' })
  expect(JSON.stringify(record)).not.toContain('Phật')
  const { rows } = await sql<{
    text: string
  }>`select p::text || (select string_agg(s::text, '') from members.statement s) as text from members.person p where id = ${personId}`.execute(
    world.owner,
  )
  expect(rows[0]!.text).not.toMatch(/Phật|0011/)
  expect(await world.trang(promise.readSensitive, { params: { personId }, body: { reason: 'Xem' } })).toBe(
    'not-allowed',
  )
  const read = await done(world.hoa(promise.readSensitive, { params: { personId }, body: { reason: 'Xét trợ cấp' } }))
  expect(read.values).toMatchObject({ religion: 'Phật giáo' })
  expect((await shown(personId)).looks).toMatchObject([{ by: 'Lâm Thị Hòa', what: 'sensitive', reason: 'Xét trợ cấp' }])
})

test('whoever opens a page is noted once a day', async () => {
  const personId = ids[4]!
  for (const ask of [world.lan, world.lan, world.quang]) await done(ask(showMember, { params: { personId } }))
  expect((await shown(personId)).looks.map((look) => look.by).sort()).toEqual(['Phạm Thị Lan', 'Trần Minh Quang'])
})

test('a portrait is what its first bytes say; the last one kept is shown', async () => {
  const door = await openDoor(world)
  try {
    const cookie = await door.signIn('lan')
    const send = (content: Buffer) =>
      door.ask('POST', `/api/members/${ids[0]!}/photos`, { form: formWith('anh.jpg', content), cookie })
    expect((await send(Buffer.from('GIF89a'.repeat(50)))).body['type']).toBe('/problems/not-a-picture')
    const picture = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(500, 7)])
    expect((await send(picture)).status).toBe(200)
    expect((await shown(ids[0]!)).hasPhoto).toBe(true)
    expect((await door.ask('GET', `/api/members/${ids[0]!}/photo`, { cookie })).bytes.equals(picture)).toBe(true)
    const stranger = await door.signIn('binh')
    expect((await door.ask('GET', `/api/members/${ids[0]!}/photo`, { cookie: stranger })).status).toBe(404)
  } finally {
    await door.close()
  }
})

test('a corrected sex corrects every figure that counts women', async () => {
  const personId = ids[5]!
  const women = async () => {
    const codes = ['members_women', 'members_admitted_women', 'members_total', 'members_admitted']
    const board = await done(
      world.lan(showProgress, {
        query: { unitId: String(world.units.tayHo), from: '2024-01-01', asOf: '2024-12-31', indicator: codes },
      }),
    )
    return codes.map(
      (code) =>
        board.figures.flatMap((figure) => [figure, ...figure.ofWhich]).find((figure) => figure.indicator === code)!
          .result!,
    )
  }
  const [stock, admitted, total, all] = (await women()) as [number, number, number, number]
  const { sex } = await done(world.lan(showMember, { params: { personId } }))
  const step = sex === 'female' ? -1 : 1
  const { statementId } = await done(edit(personId, { sex: sex === 'female' ? 'Nam' : 'Nữ' }))
  expect(await women()).toEqual([stock + step, admitted + step, total, all])
  await done(takeBack(statementId!))
  expect(await women()).toEqual([stock, admitted, total, all])
})

test('each refusal, and nothing half kept', async () => {
  const personId = ids[6]!
  const before = await shown(personId)
  expect(await edit(personId, { job: 'Thợ hàn', phone: 'không có' })).toBe('field-unreadable')
  expect(await edit(personId, { nothing: '1' })).toBe('field-unreadable')
  expect(await edit(personId, { identityNumber: '12345' })).toBe('not-an-identity-number')
  expect(await edit(personId, { identityNumber: '1.2E+10' })).toBe('identity-number-rounded')
  expect(await edit(personId, { identityNumber: '1200000099' })).toBe('identity-number-lost-zeros')
  expect(await edit(personId, { identityNumber: '001200000001' })).toBe('another-person-here')
  expect(await edit(personId, { job: 'Thợ hàn' }, world.trang)).toBe('not-allowed')
  expect(await edit(personId, { job: 'Thợ hàn' }, world.binh)).toBe('not-found')
  expect(await world.binh(promise.showRecord, { params: { personId } })).toBe('not-found')
  expect(await edit(personId, {})).toEqual({ statementId: null })
  expect(await shown(personId)).toEqual(before)
  expect(await takeBack('99999999')).toBe('not-found')
  const { statementId } = await done(edit(personId, { job: 'Thợ hàn' }))
  expect(await takeBack(statementId!, world.binh)).toBe('not-found')
  expect(await takeBack(statementId!, world.trang)).toBe('not-allowed')
})

test('whatever is said and taken back in whatever order, the last word that stands speaks', async () => {
  const codes = ['job', 'schooling', 'profession']
  const step = fc.oneof(
    fc.record({ code: fc.constantFrom(...codes), value: fc.option(fc.constantFrom('A', 'B', 'C')) }),
    fc.nat(10),
  )
  let turn = 7
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      const personId = ids[7 + (turn++ % 5)]!
      const before = (await shown(personId)).values
      const said: { id: string; code: string; value: string | null; stands: boolean }[] = []
      for (const one of steps) {
        if (typeof one !== 'number') {
          const { statementId } = await done(edit(personId, { [one.code]: one.value }))
          said.push({ id: statementId!, code: one.code, value: one.value, stands: true })
        } else if (said[one]?.stands) {
          await done(takeBack(said[one].id))
          said[one].stands = false
        }
      }
      const expected: Record<string, string> = { ...before }
      for (const { code, value, stands } of said) {
        if (!stands) continue
        if (value === null) delete expected[code]
        else expected[code] = value
      }
      expect((await shown(personId)).values).toEqual(expected)
    }),
    { numRuns: 25 },
  )
})
