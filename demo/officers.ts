/** The units of a plan, and the few full-time officers of each. */
import { fold } from '#kernel/fold.ts'
import { UnitKind } from '#modules/units/contract.ts'
import { openChance } from './chance.ts'
import type { FactsUnit } from './facts.ts'
import { inventName, type Sex } from './names.ts'
import type { Officer, PlannedUnit } from './plan.ts'

const belowUpper = ['grassroots', 'occupational', 'component', 'section', 'group']

/** A level that is no kind of upper unit becomes a district under somebody, a province at the root. */
function kindOf({ level, parent }: FactsUnit): UnitKind {
  const known = UnitKind.safeParse(level)
  if (known.success && !belowUpper.includes(known.data)) return known.data
  return parent ? 'district' : 'provincial'
}

/** Parents first. All were founded long before the records, each after the unit above it. */
export function planUnits(units: FactsUnit[], openedOn: string): PlannedUnit[] {
  const planned: PlannedUnit[] = []
  const place = (parentCode: string | null, depth: number) => {
    for (const unit of units.filter(({ parent }) => parent === parentCode)) {
      const foundedOn = `${Number(openedOn.slice(0, 4)) - 20 + Math.min(depth, 15)}-01-01`
      planned.push({ code: unit.code, name: unit.name, kind: kindOf(unit), parentCode, foundedOn })
      place(unit.code, depth + 1)
    }
  }
  place(null, 0)
  return planned
}

/** The unit that holds what a unit's figures count beyond those of the units under it. */
export function besides(unit: PlannedUnit): PlannedUnit {
  return {
    code: `${unit.code.slice(0, 31)}-con-lai`,
    name: `Các công đoàn trực thuộc khác của ${unit.name}`,
    kind: unit.kind === 'general_confederation' ? 'central_sector' : 'local_sector',
    parentCode: unit.code,
    foundedOn: `${Number(unit.foundedOn.slice(0, 4)) + 1}-01-01`,
  }
}

export function planOfficers(units: PlannedUnit[], seed: number): Officer[] {
  const taken = new Set<string>()
  return units.flatMap((unit) => {
    const chance = openChance(seed, `officers of ${unit.code}`)
    return Array.from({ length: chance.whole(3, 5) }, (_, index): Officer => {
      const sex: Sex = chance.happens(0.5) ? 'male' : 'female'
      for (;;) {
        const name = inventName(chance, sex)
        const username = `${fold(name).split(' ').at(-1)}.${unit.code}`
        if (taken.has(username)) continue
        taken.add(username)
        return { unitCode: unit.code, username, name, role: index === 0 ? 'unit_leader' : 'officer' }
      }
    })
  })
}
