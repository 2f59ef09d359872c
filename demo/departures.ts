/** Departures of a stretch: first among those who stood in the unions when it began, on any day; only then, and on its last
 *  day, among those who came during it. */
import type { Day } from '#kernel/shapes.ts'
import { openCalendar, type Span } from './calendar.ts'
import type { Chance } from './chance.ts'
import type { Roll, Standing } from './roll.ts'
import { clamp } from './shares.ts'

type Presence = { standing: Standing; women: number; men: number }
type Wanted = { left: number; ended: number; women: number | null }
type Sexes = { women: number; men: number }

const count = (presences: Presence[], sex: keyof Sexes) => presences.reduce((sum, presence) => sum + presence[sex], 0)

export function recordDepartures(roll: Roll, span: Span, stood: Presence[], { left, ended, women }: Wanted): void {
  const { chance } = roll.clerk
  const departed = left + ended
  const present = roll.standing.map((standing): Presence => ({ standing, women: standing.women, men: standing.men }))
  const before = { women: count(stood, 'women'), men: count(stood, 'men') }
  const pool =
    departed <= before.women + before.men ? before : { women: count(present, 'women'), men: count(present, 'men') }
  const likely = Math.round((departed * pool.women) / Math.max(1, pool.women + pool.men))
  const womenOut = women ?? clamp(likely, Math.max(0, departed - pool.men), Math.min(departed, pool.women))
  const wanted: Sexes = { women: womenOut, men: departed - womenOut }

  let stillLeft = left
  const day = openCalendar(span)
  const release = (presence: Presence, sexes: Sexes, on: Day) => {
    const { standing } = presence
    standing.women -= sexes.women
    standing.men -= sexes.men
    for (const sex of ['women', 'men'] as const) {
      wanted[sex] -= sexes[sex]
      presence[sex] -= sexes[sex]
      // The act is parted where the number of those who left is reached and the rest have ended.
      for (let rest = sexes[sex]; rest > 0;) {
        const people = stillLeft > 0 ? Math.min(rest, stillLeft) : rest
        const kind = stillLeft > 0 ? 'left' : 'ended'
        if (kind === 'left') stillLeft -= people
        roll.acts.departures.push({
          unionKey: standing.union.key,
          on,
          kind,
          people,
          women: sex === 'women' ? people : 0,
        })
        rest -= people
      }
    }
  }
  const size = Math.max(3, Math.ceil(departed / 300))
  draw(chance, stood, wanted, size, (presence, sexes) => release(presence, sexes, day(chance)))
  const late = roll.standing.map((standing): Presence => ({ standing, women: standing.women, men: standing.men }))
  draw(chance, late, wanted, size, (presence, sexes) => release(presence, sexes, span.to))
  if (wanted.women + wanted.men > 0) throw new Error('More people leave than are there.')
}

/** Small groups, from unions with people left, until nobody more is wanted or there. */
function draw(
  chance: Chance,
  from: Presence[],
  wanted: Sexes,
  size: number,
  release: (presence: Presence, sexes: Sexes) => void,
): void {
  const useful = ({ women, men }: Presence) => Math.min(women, wanted.women) + Math.min(men, wanted.men)
  for (;;) {
    const open = from.filter((presence) => useful(presence) > 0)
    if (open.length === 0) return
    const presence = chance.weigh(open, useful)
    const people = Math.min(chance.whole(1, size), useful(presence))
    const women = clamp(
      Math.round((people * wanted.women) / (wanted.women + wanted.men)),
      Math.max(0, people - Math.min(presence.men, wanted.men)),
      Math.min(presence.women, wanted.women, people),
    )
    release(presence, { women, men: people - women })
  }
}
