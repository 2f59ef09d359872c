/** Figures: what ledgers count for units in a period, with 'of which' lines, declared figures, targets and percent. */
import { sql } from 'kysely'
import { addDays } from '#kernel/day.ts'
import {
  columnsOf,
  countedIndicators,
  coverageRate,
  findCounted,
  type CountedIndicator,
  type Ledger,
} from '#kernel/indicators.ts'
import { percentOf } from '#kernel/percent.ts'
import type { Indicator } from '#modules/targets/indicators.ts'
import { targetsInForce, type StandingTarget } from '#modules/targets/queries.ts'
import type { Ctx } from '#platform/database.ts'
import type { Question } from './clocks.ts'
import type { Figure } from './contract.ts'
import { declaredFigures, type Declared } from './declarations.ts'

type Sums = Record<string, { atEnd: number; atStart: number }>
/** What each ledger counted for one unit, by ledger and column. */
export type Counts = Record<Ledger, Sums>

const noCounts = (): Counts => ({ members: {}, founding: {}, units: {}, employers: {} })

/** Counts for several units of one scope in one round trip. Units that count nothing are there, with zeros. Only the
 *  `flowing` ledgers are asked what stood before the period. */
export async function countsOf(
  ctx: Ctx,
  question: Question,
  unitIds: readonly number[],
  ledgers: readonly Ledger[],
  flowing: readonly Ledger[],
): Promise<Map<number, Counts>> {
  const { unit, from, asOf, structureOn, knownAt } = question
  const found = await sql<{ ledger: Ledger; unit_id: number; at_end: string[]; at_start: string[] }>`
    select * from progress.figures(${Number(unit.id)}, ${unitIds}::int[], ${ledgers}::text[], ${flowing}::text[], ${addDays(from, -1)}, ${asOf}, ${structureOn}, ${knownAt}::timestamptz)`.execute(
    ctx.db,
  )
  const counts = new Map(unitIds.map((id) => [id, noCounts()]))
  for (const row of found.rows) {
    const sums = counts.get(row.unit_id)![row.ledger]
    columnsOf[row.ledger].forEach((column, index) => {
      const sum = (sums[column] ??= { atEnd: 0, atStart: 0 })
      sum.atEnd += Number(row.at_end[index])
      sum.atStart += Number(row.at_start[index])
    })
  }
  return counts
}

/** A flow is what came between; a stock is what stands at the end. */
export function resultOf(indicator: CountedIndicator, counts: Counts): number {
  const sums = counts[indicator.ledger]
  const value = (column: string) =>
    (sums[column]?.atEnd ?? 0) - (indicator.kind === 'flow' ? (sums[column]?.atStart ?? 0) : 0)
  const add = (columns: readonly string[] = []) => columns.reduce((sum, column) => sum + value(column), 0)
  return add(indicator.plus) - add(indicator.minus)
}

/** The ledgers that some indicators need. */
export function ledgersOf(codes: readonly string[]): Ledger[] {
  const wanted = codes.flatMap((code) =>
    code === coverageRate.code ? [coverageRate.above, coverageRate.below] : [code],
  )
  return [...new Set(wanted.flatMap((code) => findCounted(code)?.ledger ?? []))]
}

export type Asked = { indicators: readonly Indicator[]; decimals: number }

/** Figures of several units of one scope: those asked, each below its parent where that is asked too. */
export async function figuresOf(
  ctx: Ctx,
  question: Question,
  unitIds: readonly number[],
  asked: Asked,
): Promise<Map<number, Figure[]>> {
  const codes = asked.indicators.map((indicator) => indicator.code)
  const ledgers = ledgersOf(codes)
  const flowing = ledgersOf(codes.filter((code) => findCounted(code)?.kind === 'flow'))
  const counts =
    ledgers.length > 0 ? await countsOf(ctx, question, unitIds, ledgers, flowing) : new Map<number, Counts>()
  const targets = await targetsInForce(ctx, unitIds, question.from, question.asOf, question.knownAt)
  const declaredCodes = asked.indicators.filter((indicator) => !indicator.counted).map((indicator) => indicator.code)
  const declared = declaredCodes.length > 0 ? await declaredFigures(ctx, question, unitIds, declaredCodes) : []
  return new Map(
    unitIds.map((id) => [
      id,
      assemble(
        asked,
        counts.get(id) ?? noCounts(),
        targets.filter((target) => target.unitId === id),
        declared.filter((row) => row.unitId === id),
      ),
    ]),
  )
}

/** Puts counted results, declared figures and targets together; children go under their parent. */
export function assemble(
  { indicators, decimals }: Asked,
  counts: Counts,
  targets: readonly StandingTarget[],
  declared: readonly Declared[],
): Figure[] {
  const codes = new Set(indicators.map((indicator) => indicator.code))
  const figureOf = (indicator: Indicator): Figure => {
    const figure: Figure = {
      indicator: indicator.code,
      counted: indicator.counted,
      result: null,
      percent: null,
      declaredTo: null,
      ofWhich: [],
      targets: [],
    }
    const counted = findCounted(indicator.code)
    if (counted) figure.result = resultOf(counted, counts)
    else if (indicator.code === coverageRate.code) figure.percent = coverage(counts, decimals)
    else {
      const row = declared.find((line) => line.indicator === indicator.code)
      if (row) [figure.result, figure.percent, figure.declaredTo] = [row.result, row.percent, row.to]
    }
    figure.targets = targets
      .filter((target) => target.indicator === indicator.code)
      .map(({ by, value, version, setOn }) => ({
        by,
        value,
        version,
        setOn,
        percent: figure.result === null ? null : percentOf(figure.result, value, decimals),
      }))
    figure.ofWhich = indicators.filter((child) => child.parent === indicator.code).map(figureOf)
    return figure
  }
  return indicators.filter((indicator) => !indicator.parent || !codes.has(indicator.parent)).map(figureOf)
}

function coverage(counts: Counts, decimals: number): string | null {
  const [above, below] = [coverageRate.above, coverageRate.below].map((code) =>
    resultOf(
      countedIndicators.find((one) => one.code === code)!,
      counts,
    ),
  )
  return percentOf(above!, below!, decimals)
}
