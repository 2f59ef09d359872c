/** The exam: each printed figure against the one counted from records, with what is wrong about the printed one named by
 *  computation. Pure: who asks progress for the answers is the caller's business. */
import { partitions } from '#kernel/indicators.ts'
import { percentOf, percentTruncated } from '#kernel/percent.ts'

export type Fact = {
  unit: string
  indicator: string
  /** `ratio`: printed as a percent without its parts. `event`: happened on one day. */
  kind: 'flow' | 'stock' | 'ratio' | 'event'
  from: string | null
  to: string
  result: number | null
  target: number | null
  /** The whole that the result is a part of; no target. */
  of: number | null
  /** As printed: `101,8%`. */
  percent: string | null
}

/** What the records say: null where nobody counted or declared anything. */
export type Answer = { counted: boolean; result: number | null; percent: string | null }

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
  from: string | null
  to: string
  printed: { result: number | null; target: number | null; percent: string | null }
  isCounted: boolean
  result: number | null
  /** The exact quotient, half up to the decimals asked; to two where the printed one is wrong about it. */
  exactPercent: string | null
  verdicts: Verdict[]
  agrees: boolean
}

export type Exam = { lines: ExamLine[]; counted: number; agreeing: number; declared: number; isPassed: boolean }

/** Facts and their answers, in the same order. Passed when every counted result equals the printed one. */
export function examine(facts: readonly Fact[], answers: readonly Answer[], decimals = 1): Exam {
  const lines = facts.map((fact, index) => examineFact(fact, answers[index]!, facts, decimals))
  const counted = lines.filter((line) => line.isCounted)
  const agreeing = counted.filter((line) => line.agrees).length
  return {
    lines,
    counted: counted.length,
    agreeing,
    declared: lines.length - counted.length,
    isPassed: agreeing === counted.length,
  }
}

function examineFact(fact: Fact, answer: Answer, all: readonly Fact[], decimals: number): ExamLine {
  const agrees = fact.result === null ? samePercent(fact.percent, answer.percent) : fact.result === answer.result
  const printed = readPercent(fact.percent)
  const below = fact.target ?? fact.of
  const faulty = printed && below && fact.result !== null ? percentVerdict(printed, fact.result, below, decimals) : null
  const verdicts: Verdict[] = [
    ...(agrees ? (answer.counted ? (['agrees'] as const) : (['declared'] as const)) : (['differs'] as const)),
    ...(faulty ? [faulty] : []),
    ...(isUnevenWhole(fact, all) ? (['parts_do_not_add_up'] as const) : []),
  ]
  const exact =
    below && answer.result !== null ? percentOf(answer.result, below, faulty ? Math.max(2, decimals) : decimals) : null
  return {
    unit: fact.unit,
    indicator: fact.indicator,
    from: fact.from,
    to: fact.to,
    printed: { result: fact.result, target: fact.target, percent: fact.percent },
    isCounted: answer.counted,
    result: answer.result,
    exactPercent: exact ?? (fact.result === null ? answer.percent : null),
    verdicts,
    agrees,
  }
}

/** `266,66%` → 266.66; a dot stands for thousands unless it is the only sign and no group of three follows. */
export function readPercent(text: string | null): string | null {
  const digits = text?.replace(/[%\s]/g, '')
  if (!digits) return null
  if (digits.includes(',')) return digits.replaceAll('.', '').replace(',', '.')
  return /^\d{1,3}(\.\d{3})+$/.test(digits) ? digits.replaceAll('.', '') : digits
}

/** What is wrong about a printed percent, or null. Rounded half up to its own decimals it must be right, and where it has
 *  fewer decimals than the house prints, nothing may have been lost. */
function percentVerdict(printed: string, result: number, below: number, decimals: number): Verdict | null {
  const own = printed.split('.')[1]?.length ?? 0
  if (percentOf(result, below, own) === printed) {
    const full = percentOf(result, below, Math.max(own, decimals))!
    return isSameNumber(full, printed) ? null : 'percent_rounded'
  }
  return percentTruncated(result, below, own) === printed ? 'percent_truncated' : 'percent_wrong'
}

const trimmed = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
const isSameNumber = (left: string, right: string) => trimmed(left) === trimmed(right)

function samePercent(printed: string | null, said: string | null): boolean {
  const read = readPercent(printed)
  return read !== null && said !== null && isSameNumber(read, said)
}

/** True for a whole whose printed parts, all of them there for the same unit and days, do not add up to it. */
function isUnevenWhole(fact: Fact, all: readonly Fact[]): boolean {
  const parts = (partitions[fact.indicator] ?? []).map((code) =>
    all.find((one) => one.indicator === code && one.unit === fact.unit && one.to === fact.to && one.from === fact.from),
  )
  if (fact.result === null || parts.length === 0 || parts.some((part) => part?.result == null)) return false
  return parts.reduce((sum, part) => sum + part!.result!, 0) !== fact.result
}
