/** The board: a unit's figures, and the same by child unit or by the officer credited. */
import { sql } from 'kysely'
import { countedIndicators, type Ledger } from '#kernel/indicators.ts'
import { indicatorsOf, listIndicators, type Indicator } from '#modules/targets/indicators.ts'
import type { UnitRef } from '#modules/units/contract.ts'
import type { Ctx } from '#platform/database.ts'
import { askedClocks, branchAsKnown, readClocks, type Question } from './clocks.ts'
import type { Board, Clocks, Figure } from './contract.ts'
import { assemble, figuresOf, ledgersOf, type Counts } from './figures.ts'

type Ask = Clocks & { indicator: string[]; decimals: number; by: 'children' | 'officers' | 'none' }

export async function showProgress(ctx: Ctx, ask: Ask): Promise<Board> {
  const question = await readClocks(ctx, ask)
  const { unit } = question
  const indicators = ask.indicator.length > 0 ? await indicatorsOf(ctx, ask.indicator) : await listIndicators(ctx)
  const asked = { indicators, decimals: ask.decimals }
  const children = ask.by === 'children' ? await childrenOf(ctx, question) : []
  const id = Number(unit.id)
  const figures = await figuresOf(ctx, question, [id, ...children.map((child) => child.id)], asked)
  const own = figures.get(id)!
  // Declared indicators that nobody here declared or has a target on are left out, unless asked for by name.
  const shown = (figure: Figure) =>
    ask.indicator.length > 0 ||
    figure.counted ||
    figure.result !== null ||
    figure.percent !== null ||
    figure.targets.length > 0
  const kept = new Set(
    [own, ...children.map((child) => figures.get(child.id)!)].flatMap((list) =>
      list.filter(shown).map((figure) => figure.indicator),
    ),
  )
  const visible = (list: Figure[]) => list.filter((figure) => kept.has(figure.indicator))
  return {
    unit: { id: unit.id, code: unit.code, name: unit.name, kind: unit.kind },
    ...askedClocks(question),
    figures: visible(own),
    rows:
      ask.by === 'officers'
        ? await officerRows(ctx, question, indicators, ask.decimals)
        : children
            .filter((child) => child.isStanding || figures.get(child.id)!.some(countsSomething))
            .map(({ id: childId, code, name, kind }) => ({
              unit: { id: String(childId), code, name, kind },
              officer: null,
              figures: visible(figures.get(childId)!),
            })),
  }
}

const countsSomething = (figure: Figure): boolean => Boolean(figure.result) || figure.ofWhich.some(countsSomething)

type Child = { id: number; code: string; name: string; kind: UnitRef['kind']; isStanding: boolean }

/** The units directly under the one asked, in the structure asked; ended ones too, which stay out of sight when they count nothing. */
async function childrenOf(ctx: Ctx, { unit, structureOn, knownAt }: Question): Promise<Child[]> {
  const found = await sql<Child>`select id, code, name, kind, is_standing as "isStanding"
    from progress.children(${Number(unit.id)}, ${structureOn}, ${knownAt}::timestamptz)`.execute(ctx.db)
  return found.rows
}

/** Flows by the officer credited, read from the ledgers' own rows. Stocks belong to units, not to officers. */
async function officerRows(ctx: Ctx, question: Question, indicators: readonly Indicator[], decimals: number) {
  const flows = indicators.filter((indicator) => indicator.kind === 'flow' && indicator.counted)
  const byOfficer = new Map<number, { name: string; counts: Counts }>()
  for (const ledger of ledgersOf(flows.map((flow) => flow.code))) {
    for (const row of await sumsByOfficer(ctx, question, ledger)) {
      const entry = byOfficer.get(row.officerId) ?? {
        name: row.name,
        counts: { members: {}, founding: {}, units: {}, employers: {} },
      }
      byOfficer.set(row.officerId, entry)
      for (const [column, sum] of Object.entries(row.sums))
        entry.counts[ledger][column] = { atEnd: Number(sum), atStart: 0 }
    }
  }
  return [...byOfficer]
    .sort(([, a], [, b]) => a.name.localeCompare(b.name, 'vi'))
    .map(([id, { name, counts }]) => ({
      unit: null,
      officer: { id: String(id), name },
      figures: assemble({ indicators: flows, decimals }, counts, [], []),
    }))
}

const tableOf = { members: 'members.movement_counted', founding: 'founding.founding_counted' } as const

async function sumsByOfficer(ctx: Ctx, question: Question, ledger: Ledger) {
  const { unit, from, asOf, knownAt } = question
  if (ledger !== 'members' && ledger !== 'founding') return []
  const columns = [
    ...new Set(
      countedIndicators.filter((one) => one.ledger === ledger).flatMap((one) => [...one.plus, ...(one.minus ?? [])]),
    ),
  ]
  const sums = sql.join(columns.map((column) => sql`${sql.lit(column)}, sum(r.${sql.ref(column)})`))
  const found = await sql<{ officerId: number; name: string; sums: Record<string, string> }>`
    select r.officer_id as "officerId", coalesce(max(o.name), '') as name, json_build_object(${sums}) as sums
    from units.branch b join ${sql.table(tableOf[ledger])} r on r.unit_id = b.unit_id left join access.account o on o.id = r.officer_id
    where b.ancestor_id = ${Number(unit.id)} and ${branchAsKnown(question)}
      and r.occurred_on between ${from} and ${asOf} and r.officer_id is not null
      and (${knownAt}::timestamptz is null or r.recorded_at <= ${knownAt}::timestamptz)
    group by r.officer_id`.execute(ctx.db)
  return found.rows
}
