/** A file of printed figures: its shape, and errors that name the place. Keys nobody asked for are let through. */
import { z } from 'zod'
import { Day } from '#kernel/shapes.ts'
import type { Fact as PrintedFact } from '#modules/progress/exam.ts'
import { eventIndicator, indicators } from './indicators.ts'

const Code = z.string().trim().min(1).max(80)

export const FactsUnit = z.object({
  code: Code,
  name: z.string().trim().min(1).max(300),
  level: z
    .string()
    .nullish()
    .transform((level) => level ?? null),
  parent: Code.nullish().transform((parent) => parent ?? null),
})
export type FactsUnit = z.infer<typeof FactsUnit>

const Whole = z
  .number()
  .int()
  .min(-1e12)
  .max(1e12)
  .nullish()
  .transform((number) => number ?? null)

const FactEntry = z
  .object({
    article: z.string().nullish(),
    unit: Code,
    from: Day.nullish(),
    on: Day.nullish(),
    to: Day.nullish(),
    indicator: Code,
    kind: z.enum(['flow', 'stock', 'ratio', 'event']),
    result: Whole,
    target: Whole,
    of: Whole,
    /** As printed: `101,8%`. */
    percent: z
      .string()
      .regex(/^\s*\d[\d.,]*\s*%?\s*$/, 'not a percent')
      .nullish()
      .transform((percent) => percent ?? null),
    note: z
      .string()
      .nullish()
      .transform((note) => note ?? null),
  })
  .transform((entry, ctx) => {
    const to = entry.to ?? entry.on
    const from = entry.kind === 'event' ? (entry.on ?? entry.from ?? to) : (entry.from ?? null)
    const wrong = (message: string) => ctx.addIssue({ code: 'custom', message })
    const flow = indicators[entry.indicator]?.kind === 'flow' || (!indicators[entry.indicator] && entry.kind === 'flow')
    if (!to) wrong("a fact needs 'to', the last day it speaks of")
    if (flow && !from) wrong(`a flow needs 'from', the first day it counts (${entry.indicator})`)
    if (from && to && from > to) wrong(`the period ends (${to}) before it begins (${from})`)
    if (entry.kind === 'event' && entry.indicator === eventIndicator && from !== to)
      wrong('an event happens on one day')
    const { unit, indicator, kind, result, target, of, percent, note } = entry
    return {
      article: entry.article ?? null,
      unit,
      indicator,
      kind,
      from: from ?? null,
      to: to ?? '',
      result,
      target,
      of,
      percent,
      note,
    }
  })

export type Fact = PrintedFact & { article: string | null; note: string | null }

const FactsFile = z.object({
  units: z.array(FactsUnit).min(1),
  clusters: z.array(z.unknown()).optional(),
  facts: z.array(FactEntry),
})
export type FactsFile = { units: FactsUnit[]; facts: Fact[] }

/** Reads a file of that shape. Throws one Error that lists every fault with its place, such as `facts[3].from`. */
export function readFacts(json: unknown): FactsFile {
  const read = FactsFile.safeParse(json)
  if (!read.success) {
    throw new Error(listFaults(read.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`)))
  }
  const { units, facts } = read.data
  const faults = [...unitFaults(units), ...factFaults(units, facts)]
  if (faults.length > 0) throw new Error(listFaults(faults))
  return { units, facts }
}

const listFaults = (faults: string[]) =>
  `This is not a file of facts.\n${faults.map((fault) => `  ${fault}`).join('\n')}`

const placeOf = (path: readonly PropertyKey[]) =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '') || 'the file'

function unitFaults(units: FactsUnit[]): string[] {
  const faults: string[] = []
  const parents = new Map(units.map((unit) => [unit.code, unit.parent]))
  units.forEach((unit, index) => {
    if (units.findIndex(({ code }) => code === unit.code) !== index)
      faults.push(`units[${index}].code: ${unit.code} comes twice`)
    if (unit.parent && !parents.has(unit.parent))
      faults.push(`units[${index}].parent: no unit has the code ${unit.parent}`)
    let above = unit.parent
    for (let steps = 0; above && steps <= units.length; steps++) {
      if (above === unit.code) faults.push(`units[${index}].parent: ${unit.code} stands above itself`)
      above = above === unit.code ? null : (parents.get(above) ?? null)
    }
  })
  return faults
}

function factFaults(units: FactsUnit[], facts: Fact[]): string[] {
  const codes = new Set(units.map(({ code }) => code))
  return facts.flatMap(({ unit }, index) =>
    codes.has(unit) ? [] : [`facts[${index}].unit: no unit has the code ${unit}`],
  )
}
