/** The roll of a field while its story is told: which unions stand, who is in them, and the acts so far. */
import type { Day } from '#kernel/shapes.ts'
import { addDays } from '#kernel/day.ts'
import { openCalendar, workingDayBefore, type Span } from './calendar.ts'
import type { Chance } from './chance.ts'
import type { openRegister, PlannedEmployer } from './employers.ts'
import type { Category } from './indicators.ts'
import type { Admission, Departure, Founding, OpeningUnion, PlannedUnion, WorkforceCount } from './plan.ts'
import { clamp } from './shares.ts'
import { wardsOf } from './wards.ts'

export type Acts = {
  openings: OpeningUnion[]
  foundings: Founding[]
  admissions: Admission[]
  departures: Departure[]
  workforce: WorkforceCount[]
}

export type Standing = {
  union: PlannedUnion
  womenShare: number
  since: Day
  lastArrivalOn: Day
  women: number
  men: number
  /** Null until the employer's workforce is settled. */
  workers: number | null
}

export type Clerk = {
  chance: Chance
  register: ReturnType<typeof openRegister>
  openedOn: Day
  unitNames: Map<string, string>
  officerOf: (unitCode: string) => string
  nextKey: (unitCode: string) => string
}

export type Roll = { clerk: Clerk; places: string[]; standing: Standing[]; acts: Acts }

export const membersOf = ({ women, men }: Standing): number => women + men
export const isGrassroots = ({ union }: Standing): boolean => union.kind === 'grassroots'

/** Names a union and its employer and puts it on the roll. Its workers are counted when all its members are known. */
export function enrol(
  roll: Roll,
  category: Pick<Category, 'kind' | 'sector' | 'enterprise'>,
  members: number,
  on: Day,
  called?: string,
): Standing {
  const { clerk, places } = roll
  const upperCode = clerk.chance.pick(places)
  const ward = clerk.chance.pick(wardsOf(clerk.unitNames.get(upperCode)!))
  const { name, employer, womenShare } = clerk.register(category, ward, called)
  const planned: PlannedEmployer | null = employer && { ...employer, workers: members, workersOn: on }
  const key = clerk.nextKey(upperCode)
  const union: PlannedUnion = {
    key,
    upperCode,
    kind: category.kind,
    name,
    sector: category.sector,
    employer: planned,
    members,
    women: 0,
  }
  const standing: Standing = { union, womenShare, since: on, lastArrivalOn: on, women: 0, men: members, workers: null }
  roll.standing.push(standing)
  return standing
}

/** How many of that many are women, about as the line of business has them. */
export const likelyWomen = (chance: Chance, people: number, share: number): number =>
  clamp(Math.round(people * share + (chance.next() - 0.5) * Math.sqrt(people)), 0, people)

export function setWomen(standing: Standing, women: number): void {
  standing.union.women = women
  standing.women = women
  standing.men = standing.union.members - women
}

export function founding(roll: Roll, { union, since }: Standing): Founding {
  const { chance, officerOf } = roll.clerk
  const signedOn = workingDayBefore(addDays(since, -chance.whole(0, 9)))
  return {
    ...union,
    effectiveOn: since,
    signedOn: signedOn > since ? since : signedOn,
    decisionNumber: '',
    officerUsername: officerOf(union.upperCode),
  }
}

/** Days for arrivals and departures in a stretch. Where even newcomers must leave, they come before its last day. */
export function calendarOf({ from, to }: Span, leaveLast: boolean): (chance: Chance) => Day {
  return openCalendar({ from, to: leaveLast && from < to ? addDays(to, -1) : to })
}
