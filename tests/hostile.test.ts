/** Whatever is sent wherever, the answer is a reply or a refusal, never a fault of ours. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Endpoint } from '#kernel/endpoint.ts'
import { routes } from '#server/routes.ts'
import { openDoor } from './door.ts'
import { runs } from './history.ts'
import { foundingEntry, furnish, openSample, people, taxCode, type World } from './world.ts'

/** What nobody should send, in places where somebody will. */
const strings: string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '%',
  '_',
  "'",
  '";--',
  '\\',
  '🇻🇳',
  '\u202e',
  'x'.repeat(5000),
  'ﷺ'.repeat(40),
  '0',
  '-1',
  '1e9',
  '2147483648',
  '999999999999999999',
  '9'.repeat(30),
  'NaN',
  'null',
  '2024-02-31',
  '9999-12-31',
  '1900-01-01',
  '0000-01-01',
  '1900-01-01T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999999+23:59',
  'W10',
  'WyJ4IiwieSIsInoiXQ',
  'WzEsMiwzXQ',
  'W251bGwsbnVsbCxudWxsXQ',
  'WyIxIiwieCIsIjEiXQ',
]
const values: unknown[] = [null, true, [], {}, [[]], { a: 1 }, 0, -1, 0.5, 1e21, 2 ** 31, 2 ** 53, -0]
const hostile = fc.oneof(fc.constantFrom<unknown>(...strings), fc.constantFrom(...values), fc.string({ maxLength: 12 }))

const bodies: Record<string, (ids: Ids, world: World) => unknown> = {
  'POST /session': () => ({ username: 'lan', password: 'sai' }),
  'POST /units/:unitId/establishments': () => ({
    name: 'Công đoàn phường',
    kind: 'commune',
    on: '2024-01-01',
    code: 'p-1',
    sector: 'state',
    area: 'Bưởi',
  }),
  'POST /units/:unitId/renamings': () => ({ name: 'Tên', on: '2024-01-01' }),
  'POST /units/:unitId/moves': (ids) => ({ managerId: ids.upper, on: '2024-01-01' }),
  'POST /units/:unitId/endings': () => ({ on: '2024-01-01' }),
  'POST /employers': (ids) => ({
    unitId: ids.upper,
    taxCode: taxCode(77),
    name: 'Công ty',
    workers: 10,
    workersOn: '2024-01-01',
  }),
  'POST /employers/:employerId/workforce-counts': () => ({ on: '2024-01-01', workers: 10, source: 'Khảo sát' }),
  'POST /member-lists': () => ({ text: 'Nguyễn Văn An\t1/2/1990\tnam\t001200000001' }),
  'POST /members/:personId/identity-readings': () => ({ reason: 'Đối chiếu' }),
  'POST /units/:unitId/admission-checks': (ids) => ({
    on: '2024-07-01',
    officerId: ids.officer,
    people: people(5000, 2),
  }),
  'POST /units/:unitId/admissions': (ids) => ({
    on: '2024-07-01',
    officerId: ids.officer,
    people: people(5000, 2),
    decision: { number: '5', signedOn: '2024-01-01', effectiveOn: '2024-01-01' },
  }),
  'POST /members/:personId/departures': () => ({ on: '2024-08-01', kind: 'left', reason: 'Chuyển' }),
  'POST /movements/:movementId/reversals': () => ({ reason: 'Nhầm' }),
  'POST /founding-checks': (ids, world) => ({
    ...foundingEntry(world, { people: people(6000, 5), officerId: ids.officer }),
  }),
  'POST /foundings': (ids, world) => ({
    ...foundingEntry(world, {
      people: people(6000, 5),
      officerId: ids.officer,
      employer: { taxCode: taxCode(78), name: 'X', workers: 5 },
    }),
  }),
  'POST /foundings/:foundingId/cancellations': () => ({ reason: 'Nhầm' }),
  'POST /targets': (ids) => ({
    unitId: ids.upper,
    indicator: 'members_admitted',
    by: 'own',
    from: '2024-01-01',
    to: '2024-12-31',
    value: 5,
    setOn: '2024-01-01',
    paper: 'KH',
  }),
  'POST /declarations': (ids) => ({
    unitId: ids.upper,
    indicator: 'training_classes',
    from: '2024-01-01',
    to: '2024-12-31',
    result: 5,
    percent: '1.5',
    note: 'x',
  }),
}
type Ids = { upper: string; union: string; person: string; officer: string }

/** A copy of a value with one leaf, chosen by number, replaced. */
function spoil(value: unknown, choice: number, by: unknown): unknown {
  let left = choice % Math.max(1, leaves(value))
  const walk = (at: unknown): unknown => {
    if (Array.isArray(at) && at.length > 0) return at.map(walk)
    if (at !== null && typeof at === 'object' && Object.keys(at).length > 0)
      return Object.fromEntries(Object.entries(at).map(([key, one]) => [key, walk(one)]))
    return left-- === 0 ? by : at
  }
  return walk(value)
}
const leaves = (value: unknown): number =>
  value !== null && typeof value === 'object' && Object.keys(value).length > 0
    ? Object.values(value).reduce<number>((sum, one) => sum + leaves(one), 0)
    : 1

const queries: Record<string, readonly string[]> = {
  '/units': ['q', 'parentId', 'kinds', 'on'],
  '/units/:unitId': ['on'],
  '/employers': ['q', 'cursor', 'limit'],
  '/members': ['unitId', 'q', 'asOf', 'cursor', 'limit'],
  '/foundings': ['unitId'],
  '/targets': ['unitId', 'year'],
  ...Object.fromEntries(
    [
      '/progress',
      '/progress/list',
      '/progress/year',
      '/progress/board.xlsx',
      '/progress/list.xlsx',
      '/progress/report.docx',
    ].map((path) => [
      path,
      [
        'unitId',
        'from',
        'asOf',
        'knownAt',
        'structureOn',
        'indicator',
        'officerId',
        'cursor',
        'limit',
        'decimals',
        'by',
      ],
    ]),
  ),
}

/** Every place of every request that somebody could fill wrongly. */
type Slot = { endpoint: Endpoint; part: 'params' | 'query' | 'body'; at: number }
const slotsOf = (endpoint: Endpoint, body: unknown): Slot[] => [
  ...[...endpoint.path.matchAll(/:/g)].map((_, at): Slot => ({ endpoint, part: 'params', at })),
  ...(queries[endpoint.path] ?? []).map((_, at): Slot => ({ endpoint, part: 'query', at })),
  ...(body === undefined
    ? []
    : Array.from({ length: leaves(body) }, (_, at): Slot => ({ endpoint, part: 'body', at }))),
]

test('whatever is sent wherever, the answer is never a fault of ours', async () => {
  const world = await openSample()
  const door = await openDoor(world)
  const cookie = await door.signIn('quang')
  const { unitId, members } = await furnish(world, world.lan, world.hoa, world.units.tayHo, 0)
  const ids: Ids = {
    upper: String(world.units.tayHo),
    union: unitId,
    person: members[0]!.id,
    officer: String(world.actors.lan.id),
  }
  const bodyOf = (endpoint: Endpoint) => bodies[`${endpoint.method} ${endpoint.path}`]?.(ids, world)
  const endpoints = routes
    .map((route) => route.endpoint as Endpoint)
    .filter(({ uploadBytesMax, path }) => !uploadBytesMax && path !== '/session')
  const slots = endpoints.flatMap((endpoint) => slotsOf(endpoint, bodyOf(endpoint)))
  const faults: string[] = []
  const send = async ({ endpoint, part, at }: Slot, value: unknown, choice: number) => {
    const text = (typeof value === 'string' ? value.slice(0, 2000) : JSON.stringify(value)).toWellFormed()
    const given = (name: string) =>
      name === 'unitId' ? (choice % 2 ? ids.upper : ids.union) : name === 'personId' ? ids.person : '1'
    const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
      encodeURIComponent(part === 'params' ? text || '0' : given(name)),
    )
    const names = queries[endpoint.path] ?? []
    const asked = new URLSearchParams({
      ...(names.includes('unitId') && { unitId: ids.upper }),
      ...(names.includes('indicator') && { indicator: indicators[choice % indicators.length]! }),
      ...(names.includes('year') && { year: '2024' }),
    })
    if (part === 'query') asked.set(names[at]!, text)
    const body = bodyOf(endpoint)
    const sent = part === 'body' ? spoil(body, at, value) : body
    const told = await door.ask(endpoint.method, `/api${path}?${asked.toString()}`, {
      cookie,
      ...(body !== undefined && { body: sent }),
    })
    const isTold = told.status < 400 || /problem\+json/.test(told.headers.get('content-type') ?? '')
    if (told.status >= 500 || !isTold)
      faults.push(`${endpoint.method} ${path}?${asked.toString()} ${JSON.stringify(sent)}: ${told.text}`.slice(0, 900))
  }
  const { numRuns, endOnFailure } = runs(150)
  // A long run tries every value in every place.
  if (numRuns > 1500)
    for (const slot of slots)
      for (const [choice, value] of [...strings, ...values].entries()) await send(slot, value, choice)
  await fc.assert(
    fc.asyncProperty(fc.nat(slots.length - 1), hostile, fc.nat(200), (slot, value, choice) =>
      send(slots[slot]!, value, choice),
    ),
    { numRuns: Math.min(numRuns, 1500), endOnFailure },
  )
  expect(faults).toEqual([])
  await door.close()
  await world.close()
})

const indicators = [
  'members_admitted',
  'members_total',
  'grassroots_founded',
  'grassroots_total',
  'workers_total',
  'training_classes',
  'coverage_rate',
]
