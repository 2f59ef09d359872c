/** One history from two, and two from one again: nothing of the kept person changes, nothing impossible comes out, no row is lost. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { impossibleIn, stateOn, type MovementKind } from '../moves/rules.ts'
import { part, unite, type Owned, type Row } from './histories.ts'
import { slipBetween, suggestKept } from './rules.ts'

const days = Array.from({ length: 12 }, (_, index) => `2024-${String(index + 1).padStart(2, '0')}-01`)
const move = (id: number, kind: MovementKind, month: number, unitId = 1, quantity?: number): Row => ({
  id: String(id),
  kind,
  quantity:
    quantity ??
    ({ opening: 1, admitted: 1, received: 1, suspended: 0, resumed: 0 } as Record<string, number>)[kind] ??
    -1,
  unitId,
  occurredOn: days[month - 1]!,
})
const kinds = ['opening', 'admitted', 'received', 'sent', 'suspended', 'resumed', 'left', 'expelled', 'ended'] as const

/** Grown day by day; rows that may follow, or none on some days. */
const history = (from: number) =>
  fc
    .array(fc.record({ choice: fc.nat(20), unit: fc.integer({ min: 1, max: 2 }), skip: fc.nat(2) }), {
      minLength: 12,
      maxLength: 12,
    })
    .map((steps) => {
      const rows: Row[] = []
      steps.forEach(({ choice, unit, skip }, index) => {
        if (skip === 0) return
        const offers = kinds.flatMap((kind) => [
          move(from + index, kind, index + 1, unit),
          ...(['left', 'expelled', 'ended'].includes(kind) ? [move(from + index, kind, index + 1, unit, 0)] : []),
        ])
        const may = offers.filter((row) => !impossibleIn([...rows, row]))
        if (may.length > 0) rows.push(may[choice % may.length]!)
      })
      return rows
    })

const carriedRows = (merged: readonly Row[], carried: ReturnType<typeof unite>['carried']) =>
  carried.map((one) => ({ ...merged.find((row) => row.id === one.id)!, kind: one.kind, id: `9${one.id}` }))

test('a union of two histories is possible, leaves the kept person where they were, and accounts for every row', () => {
  let dropped = 0
  let carriedAll = 0
  fc.assert(
    fc.property(history(100), history(200), (kept, merged) => {
      const union = unite(kept, merged)
      const together = [...kept, ...carriedRows(merged, union.carried)]
      expect(impossibleIn(together)).toBeNull()
      expect([...union.carried.map((one) => one.id), ...union.dropped].sort()).toEqual(
        merged.map((row) => row.id).sort(),
      )
      for (const day of days) {
        const before = stateOn(kept, day)
        if (before.where === 'union') expect(stateOn(together, day)).toEqual(before)
      }
      dropped += union.dropped.length
      carriedAll += union.carried.length
    }),
    { numRuns: 400 },
  )
  expect(dropped).toBeGreaterThan(100)
  expect(carriedAll).toBeGreaterThan(100)
})

test('the same history twice is dropped whole; histories apart are carried whole', () => {
  fc.assert(
    fc.property(history(100), (one) => {
      fc.pre(one.length > 0)
      const same = one.map((row) => ({ ...row, id: `5${row.id}` }))
      expect(unite(one, same).carried).toEqual([])
    }),
  )
  const early = [move(1, 'admitted', 1), move(2, 'left', 3)]
  const late = [move(3, 'admitted', 5, 2), move(4, 'suspended', 6, 2), move(5, 'left', 9, 2)]
  expect(unite(early, late).dropped).toEqual([])
  expect(unite(late, early).dropped).toEqual([])
})

test('both legs of a transfer find each other, from whichever side', () => {
  const sent = [move(1, 'admitted', 1), move(2, 'sent', 5)]
  const received = [move(3, 'received', 6, 2)]
  expect(unite(sent, received)).toMatchObject({ dropped: [], carried: [{ id: '3', kind: 'received' }] })
  expect(unite(received, sent)).toMatchObject({ dropped: [], carried: [{ id: '1' }, { id: '2' }] })
  // The first half twice, the second half once.
  const whole = [move(4, 'opening', 2), move(5, 'sent', 5), move(6, 'received', 6, 2)]
  expect(unite(sent, whole)).toMatchObject({ dropped: ['4', '5'], carried: [{ id: '6' }] })
})

test('somebody sent here and then admitted here had arrived; sent elsewhere, had not', () => {
  const sent = (otherUnitId: number | null) => [move(1, 'admitted', 1), { ...move(2, 'sent', 5), otherUnitId }]
  const admitted = [move(3, 'admitted', 6, 2), move(4, 'suspended', 7, 2)]
  for (const to of [null, 2])
    expect(unite(sent(to), admitted).carried).toMatchObject([
      { id: '3', kind: 'received', otherUnitId: 1 },
      { id: '4', kind: 'suspended' },
    ])
  expect(unite(sent(9), admitted)).toEqual({ carried: [], dropped: ['3', '4'] })
})

test('a membership of the kept person is never ended by the other row', () => {
  const kept = [move(1, 'admitted', 1)]
  const merged = [move(2, 'admitted', 3), move(3, 'left', 8)]
  expect(unite(kept, merged)).toEqual({ carried: [], dropped: ['2', '3'] })
})

test('parting right after uniting gives both as they were', () => {
  fc.assert(
    fc.property(history(100), history(200), (kept, merged) => {
      const union = unite(kept, merged)
      const owned: Owned[] = [
        ...kept.map((row) => ({ ...row, owner: 'kept' as const })),
        ...carriedRows(merged, union.carried).map((row) => ({
          ...row,
          owner: 'merged' as const,
          kindBefore: merged.find((one) => `9${one.id}` === row.id)!.kind,
        })),
      ]
      const parting = part(
        owned,
        merged.filter((row) => union.dropped.includes(row.id)),
      )
      expect(parting.possible && parting.merged.map((row) => row.id.slice(-3)).sort()).toEqual(
        merged.map((row) => row.id).sort(),
      )
      if (parting.possible)
        expect(parting.merged.map((row) => row.kind).sort()).toEqual(merged.map((row) => row.kind).sort())
    }),
    { numRuns: 300 },
  )
})

test('what was recorded since follows the membership it belongs to; a new time stays with the kept person where it can', () => {
  const own = (row: Row, owner: Owned['owner']): Owned => ({ ...row, owner })
  const rows = [
    own(move(1, 'admitted', 1), 'kept'),
    own(move(2, 'left', 2), 'kept'),
    own(move(3, 'admitted', 3, 2), 'merged'),
    own(move(4, 'sent', 5, 2), 'since'),
    own(move(5, 'received', 6, 1), 'since'),
    own(move(6, 'suspended', 7, 1), 'since'),
    own(move(7, 'left', 8, 1), 'since'),
    own(move(8, 'admitted', 10, 1), 'since'),
  ]
  expect(part(rows, [])).toMatchObject({ possible: true, followed: ['4', '5', '6', '7'], stayed: ['8'] })
  // A row that was dropped is a membership again: a new time that overlaps it cannot be the merged person's.
  const open = [
    own(move(1, 'admitted', 1), 'kept'),
    own(move(2, 'left', 4), 'since'),
    own(move(3, 'admitted', 6), 'since'),
  ]
  expect(part(open, [move(9, 'admitted', 2, 2)])).toMatchObject({ possible: true, followed: [], stayed: ['2', '3'] })
  // The arrival was taken back since, the departure that was dropped has nothing to leave.
  expect(part([own(move(1, 'admitted', 1), 'kept')], [move(9, 'left', 4, 2)])).toMatchObject({
    possible: false,
    side: 'merged',
  })
})

test('one slip of a typist between two numbers', () => {
  expect(slipBetween('001190000123', '001190000133')).toBe('number-one-digit')
  expect(slipBetween('001190000123', '001190000132')).toBe('number-swapped')
  expect(slipBetween('001190000123', '001190000321')).toBeNull()
  expect(slipBetween('001190000123', '001190000123')).toBeNull()
  expect(slipBetween('B1234567', '001190000123')).toBeNull()
})

test('which row to keep is the same whichever is named first', () => {
  const choice = fc.record({
    id: fc.constantFrom('1', '2', '3', '4'),
    hasNumber: fc.boolean(),
    birth: fc.constantFrom('1990', '1990-02-03'),
    firstDay: fc.option(fc.constantFrom(...days)),
    fields: fc.nat(5),
  })
  fc.assert(
    fc.property(choice, choice, (a, b) => {
      fc.pre(a.id !== b.id)
      expect(suggestKept(a, b)).toBe(suggestKept(b, a))
      if (a.hasNumber && !b.hasNumber) expect(suggestKept(a, b)).toBe(a.id)
    }),
  )
})
