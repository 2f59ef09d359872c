/** The demo's plan: acts of the trade that, carried out, make every counted figure of a file come out as printed. */
import { dayInVietnam } from '#kernel/day.ts'
import type { Day } from '#kernel/shapes.ts'
import type { UnitKind } from '#modules/units/contract.ts'
import { openChance } from './chance.ts'
import { contradiction, printedTwice } from './conflict.ts'
import { fulfil } from './fulfil.ts'
import { openRegister, type PlannedEmployer } from './employers.ts'
import type { FactsFile } from './facts.ts'
import { gatherFamilies, openingDay, type Family } from './families.ts'
import { besides, planOfficers, planUnits } from './officers.ts'
import { declaredIndicators, numberDecisions, planDeclarations, planTargets } from './papers.ts'
import { tellQuietUnit, tellStory, type Amounts } from './story.ts'
import type { Acts, Clerk, Roll } from './roll.ts'

export type PlannedUnit = { code: string; name: string; kind: UnitKind; parentCode: string | null; foundedOn: Day }
export type Officer = { unitCode: string; username: string; name: string; role: 'unit_leader' | 'officer' }
export type PlannedUnion = {
  /** Names the union within the plan. */
  key: string
  upperCode: string
  kind: 'grassroots' | 'occupational'
  name: string
  sector: 'state' | 'non_state' | null
  /** Of a grassroots union; an occupational union has none. */
  employer: PlannedEmployer | null
  /** At the opening or at the founding; `women` of them are women. */
  members: number
  women: number
}
export type OpeningUnion = PlannedUnion
export type Founding = PlannedUnion & {
  effectiveOn: Day
  signedOn: Day
  decisionNumber: string
  officerUsername: string
}
export type Admission = { unionKey: string; on: Day; people: number; women: number; officerUsername: string }
/** `left` counts in members_left and members_decreased, `ended` in the second only. */
export type Departure = { unionKey: string; on: Day; kind: 'left' | 'ended'; people: number; women: number }
export type WorkforceCount = { unionKey: string; on: Day; workers: number }
export type Target = {
  unitCode: string
  indicator: string
  from: Day
  to: Day
  by: 'assigned'
  value: number
  setOn: Day
  paper: string
}
export type Declaration = {
  unitCode: string
  indicator: string
  from: Day | null
  to: Day
  result: number | null
  /** A decimal string, 95.14; only where no result is printed. */
  percent: string | null
  note: string | null
}
export type DeclaredIndicator = { code: string; kind: 'flow' | 'stock' | 'ratio'; measure: 'dong' | 'other' }

export type Plan = {
  /** The day the records begin with the opening stock; before every fact. */
  openedOn: Day
  units: PlannedUnit[]
  officers: Officer[]
  opening: { upperCode: string; unions: OpeningUnion[] }[]
  foundings: Founding[]
  admissions: Admission[]
  departures: Departure[]
  workforce: WorkforceCount[]
  targets: Target[]
  declarations: Declaration[]
  unknownIndicators: DeclaredIndicator[]
}

/** Throws an Error that names the facts in conflict when no records could make them all true. */
export function planDemo(file: FactsFile, seed: number, today: Day = dayInVietnam(new Date())): Plan {
  const openedOn = openingDay(file.facts)
  const twice = printedTwice(file.facts)
  if (twice) throw contradiction(twice, ['The same figure is printed twice with different amounts.'])
  const families = gatherFamilies(file, openedOn, today)
  const solved = families.map((family) => fulfil(family, file, openedOn, today))

  const units = planUnits(file.units, openedOn)
  families.forEach((family, index) => addBesides(family, solved[index]!, units))
  const officers = planOfficers(units, seed)
  const register = openRegister(seed)
  const unitNames = new Map(units.map(({ code, name }) => [code, name]))
  const counts = new Map<string, number>()
  const clerkFor = (purpose: string): Clerk => {
    const chance = openChance(seed, purpose)
    return {
      chance,
      register,
      openedOn,
      unitNames,
      officerOf: (unitCode) =>
        chance.pick(officers.filter((officer) => officer.unitCode === unitCode && officer.role === 'officer')).username,
      nextKey: (unitCode) => {
        counts.set(unitCode, (counts.get(unitCode) ?? 0) + 1)
        return `${unitCode}/${counts.get(unitCode)}`
      },
    }
  }
  const rolls: Roll[] = solved.flatMap((amounts) =>
    amounts.map((each) => {
      const { unit, places } = each.model.family.fields[each.field]!
      return tellStory(each, clerkFor(`story of ${unit}`), places)
    }),
  )
  const told = new Set(
    families.flatMap(({ fields }) => fields.flatMap(({ countedBy, places }) => [...countedBy, ...places])),
  )
  const quiet = file.units.filter(({ code }) => !told.has(code) && !file.units.some(({ parent }) => parent === code))
  rolls.push(...quiet.map(({ code }) => tellQuietUnit(clerkFor(`story of ${code}`), code)))

  const all = <K extends keyof Acts>(act: K): Acts[K] => rolls.flatMap(({ acts }) => acts[act] as unknown[]) as Acts[K]
  const openings = all('openings')
  const foundings = inOrder(all('foundings'), ({ effectiveOn }) => effectiveOn)
  numberDecisions(foundings, openChance(seed, 'decision numbers'))
  return {
    openedOn,
    units,
    officers,
    foundings,
    opening: [...Map.groupBy(openings, ({ upperCode }) => upperCode)].map(([upperCode, unions]) => ({
      upperCode,
      unions,
    })),
    admissions: inOrder(all('admissions'), ({ on }) => on),
    departures: inOrder(all('departures'), ({ on }) => on),
    workforce: inOrder(all('workforce'), ({ on }) => on),
    targets: planTargets(file.facts, openChance(seed, 'targets')),
    declarations: planDeclarations(file.facts),
    unknownIndicators: declaredIndicators(file.facts),
  }
}

const inOrder = <T>(acts: T[], day: (act: T) => Day): T[] =>
  acts.toSorted((left, right) => (day(left) < day(right) ? -1 : day(left) > day(right) ? 1 : 0))

/** A unit with units under it holds no unions itself: what is left over goes to one more unit under it. */
function addBesides(family: Family, amounts: Amounts[], units: PlannedUnit[]): void {
  family.fields.forEach((field, index) => {
    const unit = units.find(({ code }) => code === field.unit)!
    const { model, values } = amounts[index]!
    const unions = values.some((value, unknown) => value > 0 && model.unionsOf(index).includes(unknown))
    if (field.places.includes(unit.code) && unions && units.some(({ parentCode }) => parentCode === unit.code)) {
      const another = besides(unit)
      units.splice(units.indexOf(unit) + 1, 0, another)
      field.places = [another.code]
    }
  })
}
