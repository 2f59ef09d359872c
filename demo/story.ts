/** The story of a field: the solved amounts become unions with names, admissions, departures and workforce counts, on
 *  days spread over each stretch. Whatever is drawn by chance here, the sums stay those that were solved. */
import { openCalendar, type Span } from './calendar.ts'
import { recordDepartures } from './departures.ts'
import { bigFrom, categories, listMax, membersMin, openCategories, type Category, type Line } from './indicators.ts'
import type { Model } from './model.ts'
import { calledIn } from './papers.ts'
import {
  calendarOf,
  enrol,
  founding,
  likelyWomen,
  membersOf,
  setWomen,
  type Clerk,
  type Roll,
  type Standing,
} from './roll.ts'
import { likelySize, shareOut } from './shares.ts'
import { countWorkforce, settleWorkforce } from './workforce.ts'

export type Amounts = { model: Model; values: number[]; field: number }

const valueAt = ({ values }: Amounts, unknown: number | null) => (unknown === null ? 0 : values[unknown]!)

export function tellStory(amounts: Amounts, clerk: Clerk, places: string[]): Roll {
  const roll: Roll = {
    clerk,
    places,
    standing: [],
    acts: { openings: [], foundings: [], admissions: [], departures: [], workforce: [] },
  }
  openField(amounts, roll)
  amounts.model.family.stretches.forEach((span, stretch) => tellStretch(amounts, roll, span, stretch))
  settleWorkforce(roll)
  roll.acts.openings = roll.standing.filter(({ since }) => since === clerk.openedOn).map(({ union }) => union)
  return roll
}

function openField(amounts: Amounts, roll: Roll): void {
  const { model, field } = amounts
  const { chance, openedOn } = roll.clerk
  const kinds = openCategories.flatMap((category) => {
    const often = category.sector === 'state' ? 0.1 : 0.88
    return Array.from({ length: valueAt(amounts, model.opened(field, category)) }, () => ({
      ...category,
      enterprise: category.kind === 'grassroots' && chance.happens(often),
    }))
  })
  const members = valueAt(amounts, model.openMembers(field))
  const enough = kinds.reduce((sum, { kind }) => sum + membersMin[kind], 0) <= members
  const sizes = shareOut(
    members,
    kinds.map(({ kind }) => ({ weight: likelySize(chance), min: enough ? membersMin[kind] : 1, max: Infinity })),
  )
  const opened = kinds.map((kind, index) => enrol(roll, kind, sizes[index]!, openedOn))
  const women = model.openWomen(field)
  shareWomen(roll, opened, women === null ? null : valueAt(amounts, women))
}

/** Exactly that many women among those who come, or, where no fact asks, as many as is likely. */
function shareWomen(roll: Roll, arrived: Standing[], women: number | null): void {
  const { chance } = roll.clerk
  const shares =
    women === null
      ? arrived.map(({ union, womenShare }) => likelyWomen(chance, union.members, womenShare))
      : shareOut(
          women,
          arrived.map(({ union, womenShare }) => ({ weight: union.members * womenShare, min: 0, max: union.members })),
        )
  arrived.forEach((standing, index) => setWomen(standing, shares[index]!))
}

function tellStretch(amounts: Amounts, roll: Roll, span: Span, stretch: number): void {
  const { model, field } = amounts
  const line = (name: Line) => valueAt(amounts, model.line(field, stretch, name))
  const stood = roll.standing.map((standing) => ({ standing, women: standing.women, men: standing.men }))
  const [departed, womenOut] = [line('left') + line('ended'), line('womenOut')]
  const [women, men] = [
    stood.reduce((sum, each) => sum + each.women, 0),
    stood.reduce((sum, each) => sum + each.men, 0),
  ]
  const counted = model.line(field, stretch, 'womenOut') !== null
  const leaveLast = departed > 0 && (counted ? womenOut > women || departed - womenOut > men : departed > women + men)

  const founded = foundUnions(amounts, roll, span, stretch, leaveLast)
  const joined = (['grassroots', 'occupational'] as const).flatMap((kind) =>
    admitPeople(roll, span, kind, line(kind === 'grassroots' ? 'joined' : 'joinedOccupational'), leaveLast),
  )
  const womenIn = model.line(field, stretch, 'womenIn')
  shareWomenIn(roll, founded, joined, womenIn === null ? null : valueAt(amounts, womenIn))
  roll.acts.foundings.push(...founded.map((standing) => founding(roll, standing)))
  roll.acts.admissions.push(...joined.map(({ admission }) => admission))
  if (departed > 0) {
    recordDepartures(roll, span, stood, { left: line('left'), ended: line('ended'), women: counted ? womenOut : null })
  }
  const workers = model.workers(field, stretch)
  if (workers !== null) countWorkforce(roll, span, valueAt(amounts, workers))
}

function foundUnions(amounts: Amounts, roll: Roll, span: Span, stretch: number, leaveLast: boolean): Standing[] {
  const { model, field } = amounts
  const { chance } = roll.clerk
  const day = calendarOf(span, leaveLast)
  const planned = categories.flatMap((category) =>
    Array.from({ length: valueAt(amounts, model.founded(field, stretch, category)) }, () => ({
      category,
      on: day(chance),
    })),
  )
  const ordinary = (['grassroots', 'occupational'] as const).flatMap((kind) => {
    const unions = planned.filter(({ category }) => category.kind === kind)
    const people = valueAt(
      amounts,
      model.line(field, stretch, kind === 'grassroots' ? 'foundedIn' : 'foundedInOccupational'),
    )
    const sizes = shareOut(
      people,
      unions.map(({ category }) => sizeOf(category, likelySize(chance))),
    )
    return unions.map(({ category, on }, index) => enrol(roll, category, sizes[index]!, on))
  })
  const printed = model.events
    .filter((event) => event.field === field && event.stretch === stretch && valueAt(amounts, event.unknown) > 0)
    .map(({ fact, category }) =>
      enrol(roll, category, fact.result!, fact.to, category.kind === 'grassroots' ? calledIn(fact.note) : undefined),
    )
  return [...ordinary, ...printed]
}

function sizeOf({ kind, big }: Category, likely: number) {
  if (kind === 'occupational') return { weight: likely * 40, min: membersMin.occupational, max: listMax }
  if (big) return { weight: likely * 45, min: bigFrom, max: listMax }
  return { weight: likely * 14, min: membersMin.grassroots, max: bigFrom - 1 }
}

type Joined = { standing: Standing; admission: Roll['acts']['admissions'][number] }

/** Later admissions come in groups to unions that stand on the day; larger unions admit more often. */
function admitPeople(
  roll: Roll,
  span: Span,
  kind: 'grassroots' | 'occupational',
  people: number,
  leaveLast: boolean,
): Joined[] {
  if (people === 0) return []
  const { chance, officerOf } = roll.clerk
  const unions = roll.standing.filter(({ union }) => union.kind === kind)
  const day = calendarOf(span, leaveLast)
  const acts = Math.max(1, Math.round(people / Math.max(12, people / 400)))
  const sizes = shareOut(
    people,
    Array.from({ length: acts }, () => ({ weight: likelySize(chance), min: 0, max: listMax })),
  )
  return sizes
    .filter((size) => size > 0)
    .map((size) => {
      const drawn = day(chance)
      const standing = unions.filter(({ since }) => since <= drawn)
      const chosen = standing.length > 0 ? chance.weigh(standing, (each) => 10 + membersOf(each)) : chance.pick(unions)
      const on =
        chosen.since <= drawn
          ? drawn
          : openCalendar({ from: chosen.since, to: leaveLast ? chosen.since : span.to })(chance)
      return {
        standing: chosen,
        admission: {
          unionKey: chosen.union.key,
          on,
          people: size,
          women: 0,
          officerUsername: officerOf(chosen.union.upperCode),
        },
      }
    })
}

function shareWomenIn(roll: Roll, founded: Standing[], joined: Joined[], women: number | null): void {
  const { chance } = roll.clerk
  const parts = [
    ...founded.map(({ union, womenShare }) => ({ people: union.members, womenShare })),
    ...joined.map(({ standing, admission }) => ({ people: admission.people, womenShare: standing.womenShare })),
  ]
  const shares =
    women === null
      ? parts.map(({ people, womenShare }) => likelyWomen(chance, people, womenShare))
      : shareOut(
          women,
          parts.map(({ people, womenShare }) => ({ weight: people * womenShare, min: 0, max: people })),
        )
  founded.forEach((standing, index) => setWomen(standing, shares[index]!))
  joined.forEach(({ standing, admission }, index) => {
    admission.women = shares[founded.length + index]!
    standing.women += admission.women
    standing.men += admission.people - admission.women
    if (admission.on > standing.lastArrivalOn) standing.lastArrivalOn = admission.on
  })
}

/** A unit nobody prints figures of has a few small unions from before the records, and nothing happens there. */
export function tellQuietUnit(clerk: Clerk, unitCode: string): Roll {
  const roll: Roll = {
    clerk,
    places: [unitCode],
    standing: [],
    acts: { openings: [], foundings: [], admissions: [], departures: [], workforce: [] },
  }
  const { chance, openedOn } = clerk
  const opened = Array.from({ length: chance.whole(4, 7) }, () =>
    enrol(
      roll,
      { kind: 'grassroots', sector: chance.happens(0.3) ? 'state' : 'non_state', enterprise: chance.happens(0.7) },
      chance.whole(8, 40),
      openedOn,
    ),
  )
  shareWomen(roll, opened, null)
  settleWorkforce(roll)
  roll.acts.openings = opened.map(({ union }) => union)
  return roll
}
