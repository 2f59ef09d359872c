/** The exam: printed figures against counted ones. It tells a wrong count from a percent that was cut off or rounded before
 *  it was printed, and from parts that never added up. Nothing here reads what anybody noted about the differences. */
import { percentOf, percentTruncated } from '#kernel/percent.ts'
import type { Day } from '#kernel/shapes.ts'

/** One printed figure. */
export type Fact = {
  unit: string
  indicator: string
  kind: 'flow' | 'stock' | 'ratio' | 'event'
  from: Day | null
  to: Day
  result: number | null
  target: number | null
  /** The whole that the result is a part of, where that is printed; not a target. */
  of: number | null
  /** As printed: `101,8%`. */
  percent: string | null
}

/** What progress answers for a fact, in the order of the facts; null where there is no such unit or indicator. */
export type Answer = { counted: boolean; result: number | null; percent: string | null } | null

export type Verdict =
  | 'agrees'
  | 'differs'
  | 'declared'
  | 'percent_truncated'
  | 'percent_rounded'
  | 'percent_wrong'
  | 'parts_do_not_add_up'

export type ExamLine = {
  unit: string
  indicator: string
  from: Day | null
  to: Day
  printed: { result: number | null; target: number | null; percent: string | null }
  /** The result as counted, or as declared. */
  counted: number | null
  isCounted: boolean
  /** Of the counted result, half up: to the decimals asked or printed, to two where the printed percent is off. */
  exactPercent: string | null
  /** First what the result is (agrees, differs, declared), then what else is to be said. */
  verdicts: Verdict[]
  /** The result, or of a ratio the percent, is the printed one. */
  agrees: boolean
}

export type ExamSummary = {
  facts: number
  counted: number
  declared: number
  verdicts: Record<Verdict, number>
  /** Every counted result equals the printed one: the exam is passed. */
  everyCountedAgrees: boolean
}

/** Wholes whose parts, when all are printed, should add up to them. */
const partitions: Record<string, readonly string[][]> = {
  // An occupational union belongs to neither sector in some reports.
  grassroots_total: [
    ['grassroots_state', 'grassroots_nonstate'],
    ['grassroots_state', 'grassroots_nonstate', 'occupational_total'],
  ],
  grassroots_founded: [['occupational_founded', 'grassroots_founded_excluding_occupational']],
}

export function examine(facts: readonly Fact[], answers: readonly Answer[], decimals = 1): ExamLine[] {
  return facts.map((fact, index) => {
    const answer = answers[index] ?? null
    const { unit, indicator, from, to, result, target, percent } = fact
    const counted = answer?.result ?? null
    const share = shareOf(fact, answer)
    const printed = readPercent(percent)
    const agrees = answer !== null && (result === null ? sameShare(share, printed, decimals) : counted === result)
    const about = agrees && printed && share ? judgePercent(printed, share, decimals) : null
    const places = Math.max(decimals, printed?.decimals ?? 0, about ? 2 : 0)
    return {
      unit,
      indicator,
      from,
      to,
      counted,
      agrees,
      printed: { result, target, percent },
      isCounted: answer?.counted ?? false,
      exactPercent: share && percentOf(share.above, share.below, places),
      verdicts: [
        ...(answer && !answer.counted ? (['declared'] as const) : agrees ? (['agrees'] as const) : []),
        ...(agrees ? [] : (['differs'] as const)),
        ...(about ? [about] : []),
        ...(doPartsAddUp(fact, facts) ? [] : (['parts_do_not_add_up'] as const)),
      ],
    }
  })
}

export function summarise(lines: readonly ExamLine[]): ExamSummary {
  const count = (verdict: Verdict) => lines.filter(({ verdicts }) => verdicts.includes(verdict)).length
  return {
    facts: lines.length,
    counted: lines.filter(({ isCounted }) => isCounted).length,
    declared: count('declared'),
    verdicts: {
      agrees: count('agrees'),
      differs: count('differs'),
      declared: count('declared'),
      percent_wrong: count('percent_wrong'),
      percent_truncated: count('percent_truncated'),
      percent_rounded: count('percent_rounded'),
      parts_do_not_add_up: count('parts_do_not_add_up'),
    },
    everyCountedAgrees: lines.every(({ verdicts, agrees }) => agrees || verdicts.includes('declared')),
  }
}

type Share = { above: bigint; below: bigint }
type Printed = { scaled: bigint; decimals: number }

/** The exact quotient behind a percent: result over target (or whole), or what was answered as a percent. */
function shareOf({ target, of }: Fact, answer: Answer): Share | null {
  const base = target ?? of
  if (answer?.result != null && base !== null)
    return base > 0 ? { above: BigInt(answer.result), below: BigInt(base) } : null
  const answered = readPercent(answer?.percent ?? null)
  return answered && { above: answered.scaled, below: 100n * 10n ** BigInt(answered.decimals) }
}

/** `1.234,5%`, `101,8%`, `101.8`: the comma is decimal; so is a single dot unless exactly three digits follow. */
function readPercent(printed: string | null): Printed | null {
  const digits = printed?.replace(/[%\s]/g, '') ?? ''
  const plain = digits.includes(',')
    ? digits.replaceAll('.', '').replace(',', '.')
    : printed?.includes('%') && /^\d{1,3}(\.\d{3})+$/.test(digits)
      ? digits.replaceAll('.', '')
      : digits
  if (!/^\d+(\.\d+)?$/.test(plain)) return null
  const [whole, part = ''] = plain.split('.')
  return { scaled: BigInt(whole! + part), decimals: part.length }
}

const scaledOf = (decimal: string | null) => (decimal === null ? null : BigInt(decimal.replace('.', '')))

/** Null when the percent is right to the decimals of the house, or to its own where it has more. */
function judgePercent({ scaled, decimals: own }: Printed, { above, below }: Share, decimals: number): Verdict | null {
  if (scaledOf(percentOf(above, below, own)) !== scaled) {
    return scaledOf(percentTruncated(above, below, own)) === scaled ? 'percent_truncated' : 'percent_wrong'
  }
  if (own >= decimals) return null
  return scaledOf(percentOf(above, below, decimals)) === scaled * 10n ** BigInt(decimals - own)
    ? null
    : 'percent_rounded'
}

/** Where only a percent is printed, the answer agrees unless it is another one. */
function sameShare(share: Share | null, printed: Printed | null, decimals: number): boolean {
  if (!printed) return true
  return share !== null && judgePercent(printed, share, decimals) !== 'percent_wrong'
}

function doPartsAddUp(whole: Fact, facts: readonly Fact[]): boolean {
  const part = (indicator: string) =>
    facts.find(
      (fact) =>
        fact.indicator === indicator && fact.unit === whole.unit && fact.from === whole.from && fact.to === whole.to,
    )?.result ?? null
  const sums = (partitions[whole.indicator] ?? []).flatMap((codes) => {
    const amounts = codes.map(part).filter((amount) => amount !== null)
    return amounts.length === codes.length ? [amounts.reduce((sum, amount) => sum + amount, 0)] : []
  })
  return whole.result === null || sums.length === 0 || sums.includes(whole.result)
}
