/** An import, what others did since, and its undo leave what others did alone - whatever the list says and whoever edits what. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundUnion } from '#modules/founding/contract.ts'
import { releaseMember } from '#modules/members/contract.ts'
import { editRecord, reverseStatement, showRecord } from '#modules/members/record/contract.ts'
import { recountAll } from '#platform/verify.ts'
import { commit, preview, undo } from '#tests/imports.ts'
import { done, foundingEntry, openSample, person, taxCode, type World } from '#tests/world.ts'

let world: World
beforeAll(async () => {
  world = await openSample()
})
afterAll(() => world.close())

const fieldNames = ['job', 'schooling', 'profession'] as const
const headers = 'Họ và tên,Ngày sinh,Giới tính,CCCD,Nghề nghiệp,Trình độ học vấn,Trình độ chuyên môn'
const values = ['Một', 'Hai', 'Ba']
const stated = fc.record({ job: cell(), schooling: cell(), profession: cell() })
function cell() {
  return fc.option(fc.constantFrom(...values), { nil: '' })
}
const edit = fc.record({
  who: fc.nat(3),
  field: fc.constantFrom(...fieldNames),
  value: fc.option(fc.constantFrom(...values)),
  isTakenBack: fc.boolean(),
})

let turn = 0
/** Two unions with the same four people but for their numbers: one meets the import, the other only what others do. */
async function twinUnions() {
  turn += 1
  const found = async (side: number) => {
    const from = 200_000 + turn * 100 + side * 10
    const { unitId } = await done(
      world.lan(foundUnion, {
        body: foundingEntry(world, {
          name: `CĐCS Lần ${turn}.${side}`,
          employer: { taxCode: taxCode(3000 + turn * 2 + side), name: `Công ty ${turn}.${side}`, workers: 30 },
          decision: { number: `${turn}.${side}/QĐ`, signedOn: '2020-01-01', effectiveOn: '2020-01-01' },
          people: Array.from({ length: 5 }, (_, index) => person(from + index)),
        }),
      }),
    )
    const { rows } = await sql<{
      id: string
    }>`select person_id as id from members.membership where unit_id = ${Number(unitId)} order by person_id`.execute(
      world.owner,
    )
    // The register keeps people in the order of their hashes: name them by their numbers.
    const ids = new Map<string, string>()
    for (const { id } of rows) {
      const { rows: sealed } = await sql<{
        s: Buffer
      }>`select identity_sealed as s from members.person where id = ${id}`.execute(world.owner)
      ids.set(world.house.secret.open(sealed[0]!.s), id)
    }
    return { unitId, from, ids: Array.from({ length: 5 }, (_, index) => ids.get(person(from + index).identityNumber)!) }
  }
  return [await found(0), await found(1)] as const
}

test('import + edits by others + undo = the edits alone', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(stated, { minLength: 4, maxLength: 4 }),
      fc.array(edit, { maxLength: 6 }),
      fc.nat(2),
      async (rows, edits, before) => {
        const [imported, alone] = await twinUnions()
        const apply = async (ids: string[], one: (typeof edits)[number]) => {
          const { statementId } = await done(
            world.hoa(editRecord, {
              params: { personId: ids[one.who]! },
              body: { values: { [one.field]: one.value } },
            }),
          )
          if (one.isTakenBack)
            await done(world.hoa(reverseStatement, { params: { statementId: statementId! }, body: { reason: 'Nhầm' } }))
        }
        for (const one of edits.slice(0, before)) for (const side of [imported, alone]) await apply(side.ids, one)
        const lines = rows.map((row, index) => {
          const { fullName, birthDate, sex, identityNumber } = person(imported.from + index)
          return [fullName, birthDate, sex, identityNumber, row.job, row.schooling, row.profession].join(',')
        })
        lines.push(`Người Mới ${turn},01/01/1990,Nam,0791900${String(10_000 + turn)},Một,,`)
        const list = await preview(
          world.house,
          world.actors.lan,
          imported.unitId,
          Buffer.from(`${headers}\n${lines.join('\n')}\n`),
          {},
          'list.csv',
        )
        const { id, trouble } = await commit(world.house, world.actors.lan, list.id)
        expect(trouble).toBeNull()
        for (const one of edits.slice(before)) for (const side of [imported, alone]) await apply(side.ids, one)
        const undone = await undo(world.house, world.actors.hoa, id)
        expect(undone).toMatchObject({ state: 'undone', trouble: null })
        for (let index = 0; index < 5; index++) {
          const [one, other] = [imported, alone].map((side) =>
            world.lan(showRecord, { params: { personId: side.ids[index]! } }),
          ) as [never, never]
          expect((await done<{ values: unknown }>(one)).values, `person ${index}`).toEqual(
            (await done<{ values: unknown }>(other)).values,
          )
        }
        const { rows: left } = await sql<{
          n: number
        }>`select count(*)::int as n from members.membership where unit_id = ${Number(imported.unitId)}`.execute(
          world.owner,
        )
        expect(left[0]!.n).toBe(5)
      },
    ),
    { numRuns: 12 },
  )
  expect((await recountAll(world.owner)).filter((count) => count.wrong > 0)).toEqual([])
})

test('somebody an import admitted and a colleague released since cannot be taken back; the others are', async () => {
  const [union] = await twinUnions()
  const list = Buffer.from(
    `${headers}\nĐi Rồi,01/01/1990,Nam,079090077001,,,\nCòn Đây,01/01/1990,Nam,079090077002,,,\n`,
  )
  const { id } = await commit(
    world.house,
    world.actors.lan,
    (await preview(world.house, world.actors.lan, union.unitId, list, {}, 'a.csv')).id,
  )
  const { rows } = await sql<{ id: string }>`select id from members.person where full_name = 'Đi Rồi'`.execute(
    world.owner,
  )
  await done(
    world.hoa(releaseMember, {
      params: { personId: rows[0]!.id },
      body: { on: '2025-01-15', kind: 'left', reason: 'Thôi việc' },
    }),
  )
  expect((await undo(world.house, world.actors.lan, id)).counts).toMatchObject({ undo_reversed: 1, undo_impossible: 1 })
})
