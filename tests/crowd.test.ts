/** Many at once: whoever comes second is refused or waits, nothing is counted twice or lost, and the tree stays a tree. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerEmployer } from '#modules/employers/contract.ts'
import { cancelFounding, foundUnion } from '#modules/founding/contract.ts'
import { admitMembers, listMembers, releaseMember } from '#modules/members/contract.ts'
import { setTarget } from '#modules/targets/contract.ts'
import { endUnit, establishUnit, moveUnit } from '#modules/units/contract.ts'
import { recountAll } from '#platform/verify.ts'
import { ancestorsOn, copyLedgers } from './oracle.ts'
import { done, foundingEntry, openSample, people, taxCode, today, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openSample()
})
afterAll(async () => {
  await everythingAddsUp()
  await world.close()
})

let number = 0
/** Another union of five under a unit. */
function newUnion(upperUnitId: number | string, count = 5) {
  const from = (number += 100)
  const employer = { taxCode: taxCode(from), name: `Công ty ${from}`, workers: 40 }
  return foundingEntry(world, {
    upperUnitId: String(upperUnitId),
    employer,
    people: people(from, count),
    decision: { number: `${from}/QĐ`, signedOn: '2024-05-06', effectiveOn: '2024-05-10' },
  })
}

/** Tallies are what the ledgers say, the closure is the walk up, members on the books are people in unions. */
async function everythingAddsUp() {
  expect((await recountAll(world.owner)).filter((count) => count.wrong > 0)).toEqual([])
  const ledgers = await copyLedgers(world)
  const found = await sql<{ pair: string }>`select unit_id || ' ' || ancestor_id as pair from units.branch
    where superseded_at = 'infinity' and valid_from <= ${today} and ${today}::date < valid_to`.execute(world.owner)
  const walked = ledgers.everyUnit.flatMap((unit) =>
    ancestorsOn(ledgers, unit.id, today).map((ancestor) => `${unit.id} ${ancestor}`),
  )
  expect(found.rows.map((row) => row.pair).sort()).toEqual(walked.sort())
  const off =
    await sql`select from (select person_id, unit_id, sum(quantity) as stock from members.movement group by 1, 2) l
    full join (select person_id, unit_id, count(*) as stock from members.membership where closed_by is null group by 1, 2) m using (person_id, unit_id)
    where coalesce(l.stock, 0) <> coalesce(m.stock, 0)`.execute(world.owner)
  expect(off.rows, 'every arrival that stands is a membership').toEqual([])
}

test('a branch that moves while people are admitted and unions founded under it takes all of them along', async () => {
  for (let round = 0; round < 3; round++) {
    const ward = await done(
      world.quang(establishUnit, {
        params: { unitId: String(world.units.tayHo) },
        body: { name: `Phường ${round}`, kind: 'commune', on: '2015-02-01' },
      }),
    )
    const union = await done(world.quang(foundUnion, { body: newUnion(ward.id) }))
    const entries = [newUnion(ward.id), newUnion(ward.id)]
    const answers = await Promise.all([
      world.quang(foundUnion, { body: entries[0]! }),
      world.quang(admitMembers, {
        params: { unitId: union.unitId },
        body: { on: '2024-07-01', people: people((number += 100), 3) },
      }),
      world.quang(moveUnit, {
        params: { unitId: ward.id },
        body: { managerId: String(world.units.dongAnh), on: '2024-06-01' },
      }),
      world.quang(foundUnion, { body: entries[1]! }),
      world.quang(admitMembers, {
        params: { unitId: union.unitId },
        body: { on: '2024-03-01', people: people((number += 100), 2) },
      }),
      world.quang(admitMembers, {
        params: { unitId: union.unitId },
        body: { on: '2024-08-01', people: people((number += 100), 2) },
      }),
    ])
    expect(answers.map((answer) => (typeof answer === 'string' ? answer : 'done'))).toEqual([
      'done',
      'done',
      'done',
      'done',
      'day-before-founding',
      'done',
    ])
  }
  await everythingAddsUp()
})

test('a founding is cancelled once, and never beside a departure or an admission that it did not see', async () => {
  for (let round = 0; round < 5; round++) {
    const founded = await done(world.hoa(foundUnion, { body: newUnion(world.units.tayHo) }))
    const { members } = await done(world.hoa(listMembers, { query: { unitId: founded.unitId } }))
    const cancel = () => world.hoa(cancelFounding, { params: { foundingId: founded.id }, body: { reason: 'Nhầm' } })
    const leave = () =>
      world.lan(releaseMember, {
        params: { personId: members[0]!.id },
        body: { on: '2024-09-01', kind: 'left', reason: 'Thử' },
      })
    const admit = () =>
      world.lan(admitMembers, {
        params: { unitId: founded.unitId },
        body: { on: '2024-07-01', people: people((number += 100), 1) },
      })
    const others = [[cancel], [leave], [admit], [leave, admit], [cancel, leave]][round % 5]!
    const [first, ...rest] = await Promise.all([cancel(), ...others.map((other) => other())])
    const all = [first, ...rest].map((answer) => (typeof answer === 'string' ? answer : 'done'))
    expect(all, 'somebody won').toContain('done')
    if (round % 5 === 0) expect(all.sort()).toEqual(['already-cancelled', 'done'])
  }
  await everythingAddsUp()
})

test('nothing is founded under a unit that ends at that moment', async () => {
  for (let round = 0; round < 3; round++) {
    const ward = await done(
      world.quang(establishUnit, {
        params: { unitId: String(world.units.tayHo) },
        body: { name: `Cụm ${round}`, kind: 'commune', on: '2015-02-01' },
      }),
    )
    const [ended, founded] = await Promise.all([
      world.quang(endUnit, { params: { unitId: ward.id }, body: { on: '2024-05-01' } }),
      world.quang(foundUnion, { body: newUnion(ward.id) }),
    ])
    const told = [ended, founded].map((answer) => (typeof answer === 'string' ? answer : 'done'))
    expect([
      ['done', 'unit-ended'],
      ['unit-not-empty', 'done'],
    ]).toContainEqual(told)
  }
})

test('two moves at once cannot make a circle', async () => {
  for (let round = 0; round < 3; round++) {
    const make = async (name: string) =>
      (
        await done(
          world.quang(establishUnit, {
            params: { unitId: String(world.units.haNoi) },
            body: { name, kind: 'local_sector', on: '2015-02-01' },
          }),
        )
      ).id
    const [a, b] = [await make(`Ngành A${round}`), await make(`Ngành B${round}`)]
    const move = (unitId: string, managerId: string) =>
      world.quang(moveUnit, { params: { unitId }, body: { managerId, on: '2024-06-01' } })
    const answers = await Promise.all([move(a, b), move(b, a)])
    expect(answers.filter((answer) => answer === 'under-itself')).toHaveLength(1)
  }
})

test('a number, a code, a tax code, a version: each is given once', async () => {
  const decision = { number: 'một-số/QĐ', signedOn: '2024-05-06', effectiveOn: '2024-05-10' }
  const both = await Promise.all(
    [1, 2].map(() => world.lan(foundUnion, { body: { ...newUnion(world.units.tayHo), decision } })),
  )
  expect(both.filter((answer) => answer === 'decision-number-taken')).toHaveLength(1)
  const codes = await Promise.all(
    [1, 2].map((turn) =>
      world.quang(establishUnit, {
        params: { unitId: String(world.units.haNoi) },
        body: { name: `Trùng ${turn}`, kind: 'commune', code: 'trung-ma', on: '2024-01-01' },
      }),
    ),
  )
  expect(codes.filter((answer) => answer === 'code-taken')).toHaveLength(1)
  const employers = await Promise.all(
    [1, 2].map(() =>
      world.lan(registerEmployer, {
        body: { unitId: String(world.units.tayHo), taxCode: taxCode(999_999), name: 'Một' },
      }),
    ),
  )
  expect(employers.filter((answer) => answer === 'tax-code-taken')).toHaveLength(1)
  const shared = { taxCode: taxCode(888_888), name: 'Chung' }
  const linked = await Promise.all(
    [1, 2].map(() => world.lan(foundUnion, { body: { ...newUnion(world.units.tayHo), employer: shared } })),
  )
  expect(linked.map((answer) => (typeof answer === 'string' ? answer : 'done')).sort()).toEqual([
    'done',
    expect.stringMatching(/employer-has-union|tax-code-taken/),
  ])
  const target = {
    unitId: String(world.units.haNoi),
    indicator: 'members_admitted',
    by: 'assigned' as const,
    from: '2024-01-01',
    to: '2024-12-31',
    value: 5,
    setOn: '2024-01-01',
    paper: 'KH',
  }
  const versions = await Promise.all(
    [1, 2, 3, 4].map((value) => world.quang(setTarget, { body: { ...target, value } })),
  )
  expect(versions.map((answer) => (typeof answer === 'string' ? 0 : answer.version)).toSorted((a, b) => a - b)).toEqual(
    [1, 2, 3, 4],
  )
})
