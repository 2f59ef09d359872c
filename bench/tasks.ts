/** What is measured: the questions and acts of an officer's day, each as somebody whose work it is, with its goal. */
import { randomInt } from 'node:crypto'
import pg from 'pg'
import { openChance } from '#demo/chance.ts'
import { addDays } from '#kernel/day.ts'
import { checkDigit } from '#modules/employers/rules.ts'
import { findActor } from '#modules/access/queries.ts'
import { foundUnion } from '#modules/founding/actions.ts'
import { admitMembers } from '#modules/members/actions.ts'
import { showCompleteness } from '#modules/members/register/completeness.ts'
import { listMembers } from '#modules/members/register/queries.ts'
import { showProgress } from '#modules/progress/board.ts'
import { readClocks } from '#modules/progress/clocks.ts'
import { listFigure, listRows } from '#modules/progress/list.ts'
import { act, type Actor, type Ctx, type House } from '#platform/database.ts'
import { hashToken, newToken } from '#platform/secret.ts'
import { lastDay, leaderOf, rootLeader, type Commune, type Country, type Province, type Union } from './country.ts'
import {
  pageByKey,
  rawQuestion,
  timeAct,
  timeHttp,
  timeInSql,
  timed,
  clock,
  type Request,
  type Task,
  type Timing,
} from './measure.ts'
import { plansOf, type Plan } from './plans.ts'

/** `limit`: times the raw question, times a page by key, times the row above it, or milliseconds at p95. */
export type Goal = { most: number; of: 'raw' | 'page' | 'first page' | 'today' | 'p95 ms' }
export type Measured = { name: string; goal: Goal | null; inSql: Timing; whole: Timing | null; http: Timing | null }
export type Bench = { measured: Measured[]; page: Timing; raw: Timing; plans: Plan[] }

const boardIndicators = [
  'grassroots_founded',
  'occupational_founded',
  'members_admitted',
  'members_decreased',
  'members_net_growth',
  'members_total',
  'grassroots_total',
  'workers_total',
]
const beginnings = [
  'nguyen thi lan',
  'tran van',
  'le minh',
  'hoang',
  'pham thi thu',
  'nguyen van hu',
  'vo',
  'lan',
  'hung',
  'tuan',
  'nguyen',
  'do thi',
  'bui quang',
  'dang ngoc',
  'huong',
]
const wordsAnywhere = [
  'lan huong',
  'minh duc',
  'hoa thi',
  'quang tran',
  'van hung le',
  'thu ha',
  'ngoc nguyen',
  'tuan anh',
  'bich phuong',
  'an',
  'kim chi',
  'huu nghia',
  'thanh tam',
  'duy khanh',
  'hong van',
]

type Asked = { name: string; goal: Goal | null; count: number; task: Task; request?: (turn: number) => Request }

export async function measure(
  url: string,
  house: House,
  origin: string,
  country: Country,
  say: (text: string) => void,
  only?: string,
): Promise<Bench> {
  const owner = new pg.Client({ connectionString: url, options: '-c timezone=UTC -c jit=off' })
  await owner.connect()
  const chance = openChance(7, 'measure')
  const raw = rawQuestion(
    owner,
    Array.from({ length: 400 }, () => chance.pick(country.unions).id),
  )
  const measured: Measured[] = []
  const signIn = async (account: number) => {
    const token = newToken()
    await owner.query('select access.open_session($1, $2, 12)', [account, hashToken(token)])
    return { actor: (await findActor(house, token))!, cookie: `ket-doan=${token}` }
  }
  const root = await signIn(rootLeader)
  const crowded = country.communes.filter((commune) => commune.unions.length >= 10)
  const provinces: { province: Province; actor: Actor; cookie: string }[] = []
  for (const province of country.provinces.slice(0, 8))
    provinces.push({ province, ...(await signIn(leaderOf(province))) })
  const communes: { commune: Commune; actor: Actor; cookie: string }[] = []
  for (let left = 8; left > 0; left--) {
    const commune = chance.pick(crowded)
    communes.push({ commune, ...(await signIn(commune.officerId)) })
  }
  const asOfs = Array.from({ length: 64 }, () => addDays(lastDay, -chance.whole(0, 280)))
  const asOf = (turn: number) => asOfs[turn % asOfs.length]!
  const knownAt = `${addDays(lastDay, -30)}T03:00:00.000Z`
  const pathOf = (path: string, query: Record<string, string | number | readonly string[]>) => {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(query))
      for (const one of [value].flat()) search.append(name, String(one))
    return `${path}?${search}`
  }
  const board = (
    unitId: number,
    turn: number,
    by: 'children' | 'none',
    clocks: { knownAt?: string; structureOn?: string } = {},
  ) => ({ unitId: String(unitId), asOf: asOf(turn), indicator: boardIndicators, decimals: 1, by, ...clocks })

  async function run({ name, goal, count, task, request }: Asked) {
    if (only && !name.includes(only)) return
    const inSql = await timeInSql(house, raw, count, task)
    const whole = await timeAct(house, raw, count, task)
    const http = request ? await timeHttp(origin, raw, count, request) : null
    measured.push({ name, goal, inSql, whole, http })
    say(
      `  ${name}: ${inSql.median.toFixed(2)} ms = ${(inSql.median / inSql.raw).toFixed(1)}x (p95 ${inSql.p95.toFixed(2)}); act ${whole.median.toFixed(2)}; http ${http?.median.toFixed(2) ?? '-'}; raw ${inSql.raw.toFixed(3)}`,
    )
  }
  const times = (most: number): Goal => ({ most, of: 'raw' })

  const national = (name: string, goal: number, clocks: { knownAt?: string; structureOn?: string } = {}): Asked => ({
    name,
    goal: clocks.knownAt ? null : times(goal),
    count: clocks.knownAt ? 6 : 80,
    task: {
      actor: root.actor,
      work: (ctx, turn) =>
        showProgress(ctx, {
          ...board(country.rootId, turn, 'children', clocks),
          asOf: clocks.knownAt ? lastDay : asOf(turn),
        }),
    },
    request: (turn) => ({
      cookie: root.cookie,
      method: 'GET',
      path: pathOf('/progress', {
        ...board(country.rootId, turn, 'children', clocks),
        asOf: clocks.knownAt ? lastDay : asOf(turn),
      }),
    }),
  })
  /** The work of several people by turns: each task runs as one of them. */
  async function runEach<P extends { actor: Actor; cookie: string }>(
    name: string,
    goal: Goal | null,
    count: number,
    people: readonly P[],
    work: (person: P, ctx: Ctx, turn: number) => Promise<unknown>,
    request?: (person: P, turn: number) => Omit<Request, 'cookie'>,
    isWrite = false,
  ) {
    if (only && !name.includes(only)) return
    const parts: Measured[] = []
    for (const person of people) {
      const task: Task = { actor: person.actor, isWrite, work: (ctx, turn) => work(person, ctx, turn) }
      const each = Math.ceil(count / people.length)
      parts.push({
        name,
        goal,
        inSql: await timeInSql(house, raw, each, task),
        whole: await timeAct(house, raw, each, task),
        http: request
          ? await timeHttp(origin, raw, each, (turn) => ({ cookie: person.cookie, ...request(person, turn) }))
          : null,
      })
    }
    const middle = (timings: Timing[]): Timing => {
      const of = (pick: (timing: Timing) => number) => timings.map(pick).toSorted((a, b) => a - b)
      const half = Math.floor(timings.length / 2)
      return {
        median: of((t) => t.median)[half]!,
        p95: of((t) => t.p95).at(-1)!,
        count: timings.reduce((sum, t) => sum + t.count, 0),
        raw: of((t) => t.raw)[half]!,
        tight: of((t) => t.tight)[half]!,
      }
    }
    const all = {
      name,
      goal,
      inSql: middle(parts.map((part) => part.inSql)),
      whole: middle(parts.map((part) => part.whole!)),
      http: request ? middle(parts.map((part) => part.http!)) : null,
    }
    measured.push(all)
    say(
      `  ${name}: ${all.inSql.median.toFixed(2)} ms = ${(all.inSql.median / all.inSql.raw).toFixed(1)}x (p95 ${all.inSql.p95.toFixed(2)}); act ${all.whole.median.toFixed(2)}; http ${all.http?.median.toFixed(2) ?? '-'}; raw ${all.inSql.raw.toFixed(3)}`,
    )
  }

  // Questions.
  await run(national('national board', 40))
  await run(national('national board, known a month ago', 40, { knownAt }))
  await run(national('national board, structure of last year', 40, { structureOn: '2025-06-30' }))
  await runEach(
    'province by commune',
    times(150),
    80,
    provinces,
    (person, ctx, turn) => showProgress(ctx, board(person.province.id, turn, 'children')),
    (person, turn) => ({ method: 'GET', path: pathOf('/progress', board(person.province.id, turn, 'children')) }),
  )
  const unionOf = (commune: Commune, turn: number): Union =>
    commune.unions.filter((union) => !union.endedOn && union.foundedOn === null)[turn % 5]!
  await runEach(
    'one union',
    times(8),
    160,
    communes,
    (person, ctx, turn) => showProgress(ctx, board(unionOf(person.commune, turn).id, turn, 'none')),
    (person, turn) => ({
      method: 'GET',
      path: pathOf('/progress', board(unionOf(person.commune, turn).id, turn, 'none')),
    }),
  )

  // A page of a drill-down; the cursors of the hundredth pages are found by walking there.
  const largest = Number((await owner.query('select max(id) as id from members.movement')).rows[0].id)
  const page = await timed(raw, 300, () => clock(() => pageByKey(owner, randomInt(1, largest - 100))))
  say(`  a page of 50 by key: ${page.median.toFixed(3)} ms`)
  const drill = (province: Province) => ({
    unitId: String(province.id),
    indicator: 'members_admitted',
    asOf: lastDay,
    limit: 50,
  })
  const walked = await Promise.all(
    provinces.map(async (person) => ({
      ...person,
      cursor:
        !only || 'hundredth page'.includes(only)
          ? await hundredth(house, person.actor, person.province, drill(person.province))
          : undefined,
    })),
  )
  const pageWork = async (province: Province, cursor: string | undefined, ctx: Ctx) => {
    const question = questions.get(province.id) ?? (await readClocks(ctx, drill(province)))
    questions.set(province.id, question)
    return await listRows(ctx, question, { ...drill(province), cursor })
  }
  const questions = new Map<number, Awaited<ReturnType<typeof readClocks>>>()
  await runEach('drill-down: first page', { most: 3, of: 'page' }, 160, walked, (person, ctx) =>
    pageWork(person.province, undefined, ctx),
  )
  await runEach('drill-down: hundredth page', { most: 3, of: 'page' }, 160, walked, (person, ctx) =>
    pageWork(person.province, person.cursor, ctx),
  )
  await runEach(
    'drill-down with its heading: first page',
    null,
    80,
    walked,
    (person, ctx) => listFigure(ctx, drill(person.province)),
    (person) => ({ method: 'GET', path: pathOf('/progress/list', drill(person.province)) }),
  )
  await runEach(
    'drill-down with its heading: hundredth page',
    null,
    80,
    walked,
    (person, ctx) => listFigure(ctx, { ...drill(person.province), cursor: person.cursor }),
    (person) => ({
      method: 'GET',
      path: pathOf('/progress/list', { ...drill(person.province), cursor: person.cursor ?? '' }),
    }),
  )

  // Names.
  const search = (
    name: string,
    goal: Goal | null,
    words: readonly string[],
    person: { actor: Actor; cookie: string },
  ): Asked => ({
    name,
    goal,
    count: 90,
    task: { actor: person.actor, work: (ctx, turn) => listMembers(ctx, { q: words[turn % words.length]!, limit: 50 }) },
    request: (turn) => ({
      cookie: person.cookie,
      method: 'GET',
      path: pathOf('/members', { q: words[turn % words.length]! }),
    }),
  })
  await run(search('search: beginning of a name', times(10), beginnings, root))
  await run(search('search: words anywhere', { most: 250, of: 'p95 ms' }, wordsAnywhere, root))
  await run(search('search by a province: beginning of a name', null, beginnings, provinces[0]!))
  await run(search('search by a province: words anywhere', null, wordsAnywhere, provinces[0]!))
  await run(search('search by a commune: beginning of a name', null, beginnings, communes[0]!))
  const digits = await sealTail(owner, house)
  await run(search('search: last three digits of an identity number', null, ['117'], root))
  await run(search('search: last six digits of an identity number', null, digits, root))
  await run(search('search by a province: last six digits of an identity number', null, digits, provinces[0]!))

  // The register as a list: of a province, page by page, and with filters that fit many, few or nobody.
  const list = (person: { province: Province }, more: Partial<Parameters<typeof listMembers>[1]> = {}) => ({
    unitId: String(person.province.id),
    limit: 50,
    ...more,
  })
  const register = (
    name: string,
    goal: Goal | null,
    count: number,
    more: (turn: number) => Partial<Parameters<typeof listMembers>[1]>,
  ) =>
    runEach(
      name,
      goal,
      count,
      provinces,
      (person, ctx, turn) => listMembers(ctx, list(person, more(turn))),
      (person, turn) => ({
        method: 'GET',
        path: pathOf('/members', inWords(list(person, more(turn)))),
      }),
    )
  const inWords = (query: object) =>
    Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]))
  const quarterSecond: Goal = { most: 600, of: 'p95 ms' }
  await register('register of a province: first page', null, 80, () => ({}))
  await register('register of a province: women of an age', null, 80, (turn) => ({
    sex: 'female',
    ageFrom: 25 + (turn % 20),
    ageTo: 30 + (turn % 20),
  }))
  await register('register of a province: left in the last twelve months', null, 40, () => ({ status: 'left' }))
  await register('register of a province: suspended, of whom there are none', quarterSecond, 24, () => ({
    status: 'suspended',
  }))
  await run({
    name: 'register of the country: missing an identity number, of whom there are none',
    goal: quarterSecond,
    count: 12,
    task: { actor: root.actor, work: (ctx) => listMembers(ctx, { missing: ['identityNumber'], limit: 50 }) },
    request: () => ({ cookie: root.cookie, method: 'GET', path: '/members?missing=identityNumber' }),
  })
  await runEach(
    'register of a commune in the order of names',
    null,
    48,
    communes,
    (_, ctx) => listMembers(ctx, { order: 'name', limit: 50 }),
    () => ({ method: 'GET', path: '/members?order=name' }),
  )
  await runEach(
    'completeness of a province',
    null,
    24,
    provinces,
    (person, ctx) => showCompleteness(ctx, { unitId: String(person.province.id) }),
    (person) => ({ method: 'GET', path: `/completeness?unitId=${person.province.id}` }),
  )
  await run({
    name: 'completeness of the country',
    goal: null,
    count: 12,
    task: { actor: root.actor, work: (ctx) => showCompleteness(ctx, { unitId: String(country.rootId) }) },
    request: () => ({ cookie: root.cookie, method: 'GET', path: `/completeness?unitId=${country.rootId}` }),
  })
  const ask = { limit: 50 }
  const plans =
    only && !'plans'.includes(only)
      ? []
      : await plansOf(url, house, [
          { name: 'beginning of a name, the whole country', actor: root.actor, ask: { ...ask, q: 'nguyen thi lan' } },
          { name: 'words anywhere, the whole country', actor: root.actor, ask: { ...ask, q: 'lan huong' } },
          { name: 'words anywhere, a province', actor: provinces[0]!.actor, ask: { ...ask, q: 'lan huong' } },
          { name: 'last six digits, the whole country', actor: root.actor, ask: { ...ask, q: digits[0]! } },
          {
            name: 'register of a province, women of an age',
            actor: provinces[0]!.actor,
            ask: { ...ask, sex: 'female', ageFrom: 30, ageTo: 35 },
          },
        ])

  // Acts.
  const admission = (on: string) => (person: (typeof communes)[number], ctx: Ctx, turn: number) =>
    admitMembers(ctx, String(unionOf(person.commune, turn).id), { on, people: newPeople(1) })
  const admissionRequest = (on: string) => (person: (typeof communes)[number], turn: number) =>
    ({
      method: 'POST',
      path: `/units/${unionOf(person.commune, turn).id}/admissions`,
      body: { on, people: newPeople(1) },
    }) as const
  await runEach('one admission', times(40), 80, communes, admission(lastDay), admissionRequest(lastDay), true)
  const backThen = addDays(lastDay, -152)
  await runEach(
    'one admission, five months back',
    { most: 3, of: 'today' },
    80,
    communes,
    admission(backThen),
    admissionRequest(backThen),
    true,
  )
  const founding = (commune: Commune) => ({
    upperUnitId: String(commune.id),
    kind: 'grassroots' as const,
    name: `CĐCS Công ty Mới ${randomInt(1e9)}`,
    sector: 'non_state' as const,
    employer: {
      taxCode: newTaxCode(),
      name: `Công ty Mới ${randomInt(1e9)}`,
      kind: 'enterprise' as const,
      ownership: 'private' as const,
      workers: 120,
    },
    decision: {
      number: `${randomInt(1e9)}/QĐ-LĐLĐ`,
      signedOn: addDays(lastDay, -3),
      effectiveOn: addDays(lastDay, -2),
    },
    people: newPeople(58),
  })
  await runEach(
    'a founding with 58 members',
    times(150),
    40,
    communes,
    (person, ctx) => foundUnion(ctx, founding(person.commune)),
    (person) => ({ method: 'POST', path: '/foundings', body: founding(person.commune) }),
    true,
  )
  const rawAlone = await timed(raw, 500, () => clock(raw))
  await owner.end()
  return { measured, page, raw: rawAlone, plans }
}

/** The load seals nothing that could be opened. Of one ending the numbers are sealed here, so that as many are opened as the country has. */
async function sealTail(owner: pg.Client, house: House): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>(
    `select id from members.person where identity_tail = '117' order by id`,
  )
  const numbers = rows.map(({ id }) => `${id.padStart(9, '0')}117`)
  for (let from = 0; from < rows.length; from += 5000) {
    const ids = rows.slice(from, from + 5000).map(({ id }) => id)
    const sealed = numbers.slice(from, from + 5000).map((number) => house.secret.seal(number))
    await owner.query(
      `update members.person p set identity_sealed = s.sealed from unnest($1::bigint[], $2::bytea[]) s(id, sealed) where p.id = s.id`,
      [ids, sealed],
    )
  }
  return Array.from(
    { length: 15 },
    (_, turn) => numbers[(turn * 37) % Math.max(1, numbers.length)]?.slice(-6) ?? '000117',
  )
}

/** A code whose check digit is right. */
export function newTaxCode(): string {
  for (;;) {
    const nine = String(500_000_000 + randomInt(4e8))
    if (checkDigit(nine) < 10) return `${nine}${checkDigit(nine)}`
  }
}

export const newPeople = (count: number) =>
  Array.from({ length: count }, () => ({
    fullName: `${['Nguyễn', 'Trần', 'Lê'][randomInt(3)]} ${['Văn', 'Thị', 'Minh'][randomInt(3)]} ${['Lan', 'Hùng', 'Tuấn', 'Hương'][randomInt(4)]}`,
    birthDate: `19${randomInt(70, 99)}-0${randomInt(1, 10)}-1${randomInt(10)}`,
    sex: 'nữ',
    identityNumber: String(randomInt(1e5, 9e5)) + String(randomInt(1e5, 9e5)),
  }))

/** The cursor that opens the hundredth page, or the last one where a list is shorter. */
async function hundredth(
  house: House,
  actor: Actor,
  province: Province,
  ask: { unitId: string; indicator: string; asOf: string; limit: number },
): Promise<string | undefined> {
  return await act(house, actor, 'vi', 'bench', async (ctx) => {
    const question = await readClocks(ctx, ask)
    let cursor: string | undefined
    for (let page = 1; page < 100; page++) {
      const { next } = await listRows(ctx, question, { ...ask, cursor })
      if (!next) break
      cursor = next
    }
    return cursor
  })
}
