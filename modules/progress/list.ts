/** The list behind a figure: the ledger rows that it counted, none that were taken back. Union by union, newest first within
 *  each, so that any page costs the same; foundings are few and come newest first over all. */
import { sql, type RawBuilder } from 'kysely'
import { readCursor, writeCursor } from '#kernel/cursor.ts'
import { coverageRate, findCounted, type CountedIndicator } from '#kernel/indicators.ts'
import { indicatorsOf, type Indicator } from '#modules/targets/indicators.ts'
import { decisionJson } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import { askedClocks, branchAsKnown, readClocks, type Question } from './clocks.ts'
import type { Clocks, ListedRow } from './contract.ts'
import { figuresOf } from './figures.ts'

type Ask = Clocks & { indicator: string; officerId?: string | undefined; cursor?: string | undefined; limit: number }
type Cursor = [unit: number, day: string, id: string]
type Row = ListedRow & { unitKey: number }

export async function listFigure(ctx: Ctx, ask: Ask) {
  const question = await readClocks(ctx, ask)
  const [indicator] = (await indicatorsOf(ctx, [ask.indicator])) as [Indicator]
  const { unit } = question
  const figures = await figuresOf(ctx, question, [Number(unit.id)], { indicators: [indicator], decimals: 1 })
  const { rows, next } = await listRows(ctx, question, ask)
  return {
    indicator: indicator.code,
    unit: { id: unit.id, code: unit.code, name: unit.name, kind: unit.kind },
    ...askedClocks(question),
    result: figures.get(Number(unit.id))![0]!.result,
    rows,
    next,
  }
}

/** One page of a list, and where the next begins. */
export async function listRows(
  ctx: Ctx,
  question: Question,
  ask: Pick<Ask, 'indicator' | 'officerId' | 'cursor' | 'limit'>,
) {
  const after = readCursor(ask.cursor, ['number', 'day', 'id'])
  const counted = findCounted(ask.indicator === coverageRate.code ? coverageRate.above : ask.indicator)
  const found = await rowsOf(ctx, question, counted, ask, after)
  const page = found.slice(0, ask.limit)
  const last = page.at(-1)
  return {
    rows: page.map(({ unitKey: _, ...row }): ListedRow => row),
    next: found.length > ask.limit && last ? writeCursor([last.unitKey, last.occurredOn, last.id]) : null,
  }
}

type Rows = Promise<Row[]>

function rowsOf(
  ctx: Ctx,
  question: Question,
  counted: CountedIndicator | undefined,
  ask: Pick<Ask, 'indicator' | 'officerId' | 'limit'>,
  after: Cursor | null,
): Rows {
  if (!counted) return declarationRows(ctx, question, ask, after)
  const formula = sql.join([...counted.plus.map((column) => sql`r.${sql.ref(column)}`), sql`0`], sql` + `)
  const minus = (counted.minus ?? []).map((column) => sql` - r.${sql.ref(column)}`)
  const quantity = sql`(${formula}${sql.join(minus, sql``)})`
  const officer = ask.officerId ? sql`r.officer_id = ${ask.officerId}::bigint` : sql`true`
  if (counted.ledger === 'founding') return foundingRows(ctx, question, quantity, officer, ask.limit, after)
  if (counted.ledger === 'members') return memberRows(ctx, question, counted, quantity, officer, ask.limit, after)
  return counted.ledger === 'units'
    ? unitRows(ctx, question, quantity, ask.limit, after)
    : workerRows(ctx, question, ask.limit, after)
}

/** The branch asked, in the structure asked, as it was known. */
const branch = (question: Question) => sql`b.ancestor_id = ${Number(question.unit.id)} and ${branchAsKnown(question)}`

/** A unit's name in the structure asked, as it was known. */
const nameOf = ({ structureOn, knownAt }: Question) =>
  sql`coalesce(units.trait_on(u.id, 'name', ${structureOn}, ${knownAt}::timestamptz), u.name)`
const unitOf = (question: Question) => sql`(
  select json_build_object('id', u.id::text, 'code', u.code, 'name', ${nameOf(question)}, 'kind', u.kind) from units.unit u where u.id = r.unit_id)`

/** A row that was known, and not known to be taken back. */
const stands = (
  { knownAt }: Question,
  table: string,
  row: RawBuilder<unknown> = sql`r`,
) => sql`${row}.reverses_id is null
  and not exists (select from ${sql.table(table)} x where x.reverses_id = ${row}.id ${knownAt ? sql`and x.recorded_at <= ${knownAt}::timestamptz` : sql``})
  ${knownAt ? sql`and ${row}.recorded_at <= ${knownAt}::timestamptz` : sql``}`

const papers = sql`${decisionJson(sql`r.decision_id`)} as decision,
  (select json_build_object('id', o.id::text, 'name', o.name) from access.account o where o.id = r.officer_id) as officer`
const recorded = sql`r.recorded_at as "recordedAt", coalesce((select a.name from access.account a where a.id = r.recorded_by), '') as "recordedBy"`
const fromUnit = (after: Cursor | null) => (after ? sql`b.unit_id >= ${after[0]}` : sql`true`)
const beyond = (after: Cursor | null) =>
  after ? sql`(b.unit_id > ${after[0]} or (r.occurred_on, r.id) < (${after[1]}::date, ${after[2]}::bigint))` : sql`true`

async function memberRows(
  ctx: Ctx,
  question: Question,
  counted: CountedIndicator,
  quantity: RawBuilder<unknown>,
  officer: RawBuilder<unknown>,
  limit: number,
  after: Cursor | null,
): Rows {
  // A stock is made of arrivals that no departure followed by the cut-off; a flow of the period's own rows.
  const counts =
    counted.kind === 'flow'
      ? sql`r.occurred_on between ${question.from} and ${question.asOf}`
      : sql`r.occurred_on <= ${question.asOf} and r.quantity = 1 and not exists (select from members.movement d where d.person_id = r.person_id and d.unit_id = r.unit_id
          and d.quantity = -1 and d.occurred_on > r.occurred_on and d.occurred_on <= ${question.asOf} and ${stands(question, 'members.movement', sql`d`)})`
  // What a page's rows share - their unions, papers and officers - is looked up once each, not once a row.
  const found = await sql<Row>`
    with page as materialized (
      select r.* from units.branch b cross join lateral (
        select r.*, ${quantity} as counts from members.movement_counted r
        where r.unit_id = b.unit_id and ${counts} and ${quantity} <> 0 and ${stands(question, 'members.movement')} and ${officer} and ${beyond(after)}
        order by r.occurred_on desc, r.id desc limit ${sql.lit(limit + 1)}) r
      where ${branch(question)} and ${fromUnit(after)}
      order by b.unit_id, r.occurred_on desc, r.id desc limit ${sql.lit(limit + 1)}
    ), unions as materialized (select r.unit_id, ${unitOf(question)} as unit from (select distinct unit_id from page) r),
      papers as materialized (select r.decision_id, ${decisionJson(sql`r.decision_id`)} as decision from (select distinct decision_id from page) r),
      accounts as materialized (select o.id, o.name from access.account o where o.id in (select officer_id from page union select recorded_by from page))
    select r.id::text as id, 'person' as subject, r.person_id::text as "subjectId", p.full_name as title, r.counts as quantity, r.occurred_on as "occurredOn",
      u.unit, d.decision, case when o.id is not null then json_build_object('id', o.id::text, 'name', o.name) end as officer,
      r.recorded_at as "recordedAt", coalesce(a.name, '') as "recordedBy", r.unit_id as "unitKey"
    from page r left join unions u on u.unit_id = r.unit_id left join papers d on d.decision_id = r.decision_id
      left join accounts o on o.id = r.officer_id left join accounts a on a.id = r.recorded_by left join members.person p on p.id = r.person_id
    order by r.unit_id, r.occurred_on desc, r.id desc`.execute(ctx.db)
  return found.rows
}

async function foundingRows(
  ctx: Ctx,
  question: Question,
  quantity: RawBuilder<unknown>,
  officer: RawBuilder<unknown>,
  limit: number,
  after: Cursor | null,
): Rows {
  const next = after ? sql`(r.occurred_on, r.id) < (${after[1]}::date, ${after[2]}::bigint)` : sql`true`
  const found = await sql<Row>`
    select r.id::text as id, 'founding' as subject, r.id::text as "subjectId", ${nameOf(question)} as title, r.counts as quantity, r.occurred_on as "occurredOn",
      ${unitOf(question)} as unit, ${papers}, ${recorded}, 0 as "unitKey"
    from (select r.*, ${quantity} as counts from founding.founding_counted r
      where r.occurred_on between ${question.from} and ${question.asOf} and ${quantity} <> 0 and ${stands(question, 'founding.founding')} and ${officer} and ${next}
        and exists (select from units.branch b where b.unit_id = r.unit_id and ${branch(question)})
      order by r.occurred_on desc, r.id desc limit ${sql.lit(limit + 1)}) r
    join units.unit u on u.id = r.unit_id order by r.occurred_on desc, r.id desc`.execute(ctx.db)
  return found.rows
}

async function unitRows(
  ctx: Ctx,
  question: Question,
  quantity: RawBuilder<unknown>,
  limit: number,
  after: Cursor | null,
): Rows {
  const found = await sql<Row>`
    select r.id::text as id, 'unit' as subject, r.unit_id::text as "subjectId", coalesce(units.trait_on(r.unit_id, 'name', ${question.asOf}, ${question.knownAt}::timestamptz), u.name) as title, r.counts as quantity,
      r.occurred_on as "occurredOn", ${unitOf(question)} as unit, ${papers}, ${recorded}, r.unit_id as "unitKey"
    from (select r.* from units.branch b cross join lateral (
        select r.*, ${quantity} as counts from units.event_counted r
        where r.unit_id = b.unit_id and r.occurred_on <= ${question.asOf} and r.quantity = 1 and ${quantity} <> 0 and ${stands(question, 'units.event')}
          and not exists (select from units.event d where d.unit_id = r.unit_id and d.quantity = -1 and d.occurred_on >= r.occurred_on and d.id > r.id
            and d.occurred_on <= ${question.asOf} and ${stands(question, 'units.event', sql`d`)})
          and ${beyond(after)} order by r.occurred_on desc, r.id desc) r
      where ${branch(question)} and ${fromUnit(after)} order by b.unit_id, r.occurred_on desc, r.id desc limit ${sql.lit(limit + 1)}) r
    join units.unit u on u.id = r.unit_id order by r.unit_id, r.occurred_on desc, r.id desc`.execute(ctx.db)
  return found.rows
}

/** Workers: one row an employer, with the sum of its changes. */
async function workerRows(ctx: Ctx, question: Question, limit: number, after: Cursor | null): Rows {
  const { asOf, knownAt } = question
  const found = await sql<Row>`
    select r.employer_id::text as id, 'employer' as subject, r.employer_id::text as "subjectId", coalesce(e.name, '') as title, r.quantity, r.occurred_on as "occurredOn",
      ${unitOf(question)} as unit, null as decision, null as officer, r.recorded_at as "recordedAt", '' as "recordedBy", r.unit_id as "unitKey"
    from (select b.unit_id, r.employer_id, sum(r.quantity)::int as quantity, max(r.occurred_on) as occurred_on, max(r.recorded_at) as recorded_at
      from units.branch b join employers.workforce_change r on r.unit_id = b.unit_id
      where ${branch(question)} and ${fromUnit(after)} and r.occurred_on <= ${asOf} and (${knownAt}::timestamptz is null or r.recorded_at <= ${knownAt}::timestamptz)
        and ${after ? sql`(b.unit_id, r.employer_id) > (${after[0]}, ${after[2]}::bigint)` : sql`true`}
      group by b.unit_id, r.employer_id having sum(r.quantity) <> 0 order by b.unit_id, r.employer_id limit ${sql.lit(limit + 1)}) r
    left join employers.employer e on e.id = r.employer_id order by r.unit_id, r.employer_id`.execute(ctx.db)
  return found.rows
}

/** What units said, for an indicator that no ledger counts. */
async function declarationRows(
  ctx: Ctx,
  question: Question,
  ask: Pick<Ask, 'indicator' | 'limit'>,
  after: Cursor | null,
): Rows {
  const { asOf, from, knownAt } = question
  const found = await sql<Row>`
    select r.id::text as id, 'declaration' as subject, r.id::text as "subjectId", coalesce(r.note, '') as title, coalesce(r.result, 0)::float8 as quantity, r.to_day as "occurredOn",
      ${unitOf(question)} as unit, null as decision, null as officer, ${recorded}, r.unit_id as "unitKey"
    from units.branch b join progress.declaration r on r.unit_id = b.unit_id
    where ${branch(question)} and ${fromUnit(after)} and r.indicator = ${ask.indicator} and r.to_day <= ${asOf} and (r.from_day is null or r.from_day = ${from})
      and (${knownAt}::timestamptz is null or r.recorded_at <= ${knownAt}::timestamptz)
      and ${after ? sql`(b.unit_id > ${after[0]} or (r.to_day, r.id) < (${after[1]}::date, ${after[2]}::bigint))` : sql`true`}
    order by r.unit_id, r.to_day desc, r.id desc limit ${sql.lit(ask.limit + 1)}`.execute(ctx.db)
  return found.rows
}
