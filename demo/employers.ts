/** Invented employers and the unions named after them. No name of a well-known firm, no tax code that was ever issued. */
import type { EmployerKind, Ownership } from '#modules/employers/contract.ts'
import { checkDigit } from '#modules/employers/rules.ts'
import type { Day } from '#kernel/shapes.ts'
import { openChance, type Chance } from './chance.ts'
import type { Category } from './indicators.ts'
import { firms, publicUnits, privateUnits, stateFirms, syllables, tooWellKnown, trades, type Line } from './trades.ts'

export type PlannedEmployer = {
  taxCode: string
  name: string
  kind: EmployerKind
  ownership: Ownership
  industry: string
  ward: string
  workers: number
  workersOn: Day
}
export type Named = {
  name: string
  employer: Omit<PlannedEmployer, 'workers' | 'workersOn'> | null
  womenShare: number
}

/** A source of unions: each call names one that has not come before, in that category and ward. */
export function openRegister(seed: number) {
  const chance = openChance(seed, 'employers')
  const taken = new Set<string>()
  let serial = 0
  /** Hà Nội's codes have not come near 019…; the demo stays there, and then at later offices. */
  const taxCode = (): string => {
    for (;;) {
      const digits = (serial++ * 7_919) % 1_000_000
      const nine = `${String(1 + Math.floor(serial / 1_000_000)).padStart(2, '0')}9${String(digits).padStart(6, '0')}`
      const check = checkDigit(nine)
      if (check < 10) return `${nine}${check}`
    }
  }
  const unique = (draw: () => string): string => {
    for (let tries = 0; ; tries++) {
      const name = tries < 30 ? draw() : `${draw()} ${tries - 28}`
      if (taken.has(name)) continue
      taken.add(name)
      return name
    }
  }
  const brand = (): string => {
    for (;;) {
      const made = [
        chance.pick(syllables[0]!),
        chance.pick(syllables[1]!),
        ...(chance.happens(0.6) ? [chance.pick(syllables[2]!)] : []),
      ].join(' ')
      if (!tooWellKnown.some((known) => made.includes(known))) return made
    }
  }
  const fill = (name: string, ward: string) => name.replace('*', brand).replace('@', ward)

  return (category: Pick<Category, 'kind' | 'sector' | 'enterprise'>, ward: string, called?: string): Named => {
    if (category.kind === 'occupational') {
      const trade = chance.pick(trades)
      return { name: unique(() => `Nghiệp đoàn ${trade.name} ${ward}`), employer: null, womenShare: trade.womenShare }
    }
    const line = lineOf(chance, category)
    const name = called ?? unique(() => fill(line.name, ward))
    const ownership =
      category.sector === 'state'
        ? 'state_owned'
        : category.enterprise && chance.happens(0.1)
          ? 'foreign_invested'
          : 'private'
    const { kind, industry, womenShare } = line
    return { name: `CĐCS ${name}`, employer: { taxCode: taxCode(), name, kind, ownership, industry, ward }, womenShare }
  }
}

function lineOf(chance: Chance, { sector, enterprise }: Pick<Category, 'sector' | 'enterprise'>): Line {
  const lines = sector === 'state' ? (enterprise ? stateFirms : publicUnits) : enterprise ? firms : privateUnits
  return chance.pick(lines)
}
