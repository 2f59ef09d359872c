/** Papers: decision numbers by issuer and year, targets with the paper that sets them, declarations of what no ledger records. */
import { addDays, yearEnd, yearStart } from '#kernel/day.ts'
import type { Day } from '#kernel/shapes.ts'
import { workingDayBefore } from './calendar.ts'
import type { Chance } from './chance.ts'
import { contradiction } from './conflict.ts'
import type { Fact } from './facts.ts'
import { isCounted, isKnownKind } from './indicators.ts'
import type { Declaration, DeclaredIndicator, Founding, Target } from './plan.ts'
import { plainPercent } from './printed.ts'

/** The firm a note names: `union of the joint-stock company Giong Việt Nam founded with…`. */
export function calledIn(note: string | null): string | undefined {
  const vietnamese =
    /(Công ty\s+(?:TNHH|Cổ phần|CP)?\s*[\p{L}\d][\p{L}\d ]*?)(?=\s+(?:với|được|thành lập|có)\b|[,.;]|$)/u.exec(
      note ?? '',
    )
  if (vietnamese) return vietnamese[1]
  const english = /(joint-stock )?company (\p{Lu}[\p{L}\d ]*?) (?:was |is )?founded/u.exec(note ?? '')
  return english ? `${english[1] ? 'Công ty Cổ phần' : 'Công ty'} ${english[2]}` : undefined
}

/** Numbers run with the days of signing, with gaps for the decisions that are about something else. */
export function numberDecisions(foundings: Founding[], chance: Chance): void {
  const last = new Map<string, number>()
  for (const founding of foundings.toSorted((left, right) =>
    left.signedOn < right.signedOn ? -1 : left.signedOn > right.signedOn ? 1 : 0,
  )) {
    const book = `${founding.upperCode} ${founding.signedOn.slice(0, 4)}`
    const number = (last.get(book) ?? chance.whole(3, 20)) + chance.whole(1, 3)
    last.set(book, number)
    founding.decisionNumber = `${number}/QĐ-LĐLĐ`
  }
}

/** Targets are of whole years, whatever the day they are compared on. Where a year has several, the one printed last is the
 *  year's and an earlier one keeps the period it is printed for. */
export function planTargets(facts: Fact[], chance: Chance): Target[] {
  const printed = facts.filter(({ target }) => target !== null)
  const targets = new Map<string, Target>()
  for (const fact of printed.toSorted((left, right) => (left.to > right.to ? -1 : left.to < right.to ? 1 : 0))) {
    const year = { from: yearStart(fact.from ?? fact.to), to: yearEnd(fact.to) }
    const key = ({ from, to }: { from: Day; to: Day }) => [fact.unit, fact.indicator, from, to].join(' ')
    const others = printed.filter(
      ({ unit, indicator, target }) => unit === fact.unit && indicator === fact.indicator && target !== fact.target,
    )
    const period = { from: fact.from ?? year.from, to: fact.to }
    const twice = others.find(({ from, to }) => (from ?? year.from) === period.from && to === period.to)
    if (twice) throw contradiction([fact, twice], ['A unit has one assigned target for a period.'])
    const taken = targets.get(key(year))
    if (taken?.value === fact.target) continue
    const { from, to } = taken ? period : year
    const setOn = workingDayBefore(earlier(addDays(from, chance.whole(8, 40)), fact.to))
    const [, month, date] = setOn.split('-')
    const paper = `Quyết định ${chance.whole(10, 90)}/QĐ-LĐLĐ ngày ${date}/${month}/${setOn.slice(0, 4)} về giao chỉ tiêu`
    targets.set(key({ from, to }), {
      unitCode: fact.unit,
      indicator: fact.indicator,
      from,
      to,
      by: 'assigned',
      value: fact.target!,
      setOn,
      paper,
    })
  }
  return [...targets.values()]
}

const earlier = (left: Day, right: Day) => (left < right ? left : right)

export function planDeclarations(facts: Fact[]): Declaration[] {
  const declarations = new Map<string, { declaration: Declaration; fact: Fact }>()
  for (const fact of facts) {
    if (isCounted(fact.indicator) || (fact.result === null && fact.percent === null)) continue
    const percent = fact.result === null ? plainPercent(fact.percent!) : null
    const { unit, indicator, from, to, result } = fact
    const key = [unit, indicator, from, to].join(' ')
    const known = declarations.get(key)
    if (known && known.declaration.result === result && known.declaration.percent === percent) continue
    if (known) throw contradiction([known.fact, fact], ['The same figure is printed twice with different amounts.'])
    const note = [fact.article && `Bài ${fact.article}`, fact.note].filter(Boolean).join(': ') || null
    declarations.set(key, { fact, declaration: { unitCode: unit, indicator, from, to, result, percent, note } })
  }
  return [...declarations.values()].map(({ declaration }) => declaration)
}

/** Every declared indicator of the file; whoever carries the plan out adds those the house does not know yet. */
export function declaredIndicators(facts: Fact[]): DeclaredIndicator[] {
  const kinds = new Map<string, DeclaredIndicator>()
  for (const { indicator, kind } of facts) {
    if (isCounted(indicator) || kinds.has(indicator)) continue
    const measure = indicator.endsWith('_vnd') ? 'dong' : 'other'
    kinds.set(indicator, { code: indicator, kind: isKnownKind(kind) ? kind : 'flow', measure })
  }
  return [...kinds.values()]
}
