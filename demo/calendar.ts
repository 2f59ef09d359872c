/** The union's calendar: on which days of a period decisions fall. Working days, and more in the months of campaigns. */
import { addDays, daysBetween } from '#kernel/day.ts'
import type { Day } from '#kernel/shapes.ts'
import type { Chance } from './chance.ts'

/** Both ends included. */
export type Span = { from: Day; to: Day }

/** After Tết the work begins; May (Workers' Month) and autumn, when targets are due, are the busy seasons. */
const busyness = [0.6, 0.4, 1, 1, 1.4, 1.1, 1, 1, 1.1, 1.4, 1.2, 0.7]
const holidays = new Set(['01-01', '04-30', '05-01', '09-01', '09-02'])

export const lengthOf = ({ from, to }: Span): number => daysBetween(from, to) + 1

export function isWorkingDay(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidays.has(day.slice(5))
}

/** A way to draw days of a span; a span without a working day gives any of its days. */
export function openCalendar(span: Span): (chance: Chance) => Day {
  const days = Array.from({ length: lengthOf(span) }, (_, index) => addDays(span.from, index))
  const working = days.filter(isWorkingDay)
  const choice = working.length > 0 ? working : days
  let total = 0
  const upTo = choice.map((day) => (total += busyness[Number(day.slice(5, 7)) - 1]!))
  return (chance) => {
    const mark = chance.next() * total
    let [low, high] = [0, choice.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (upTo[middle]! > mark) high = middle
      else low = middle + 1
    }
    return choice[low]!
  }
}

/** The last working day on or before a day, at most two weeks back. */
export function workingDayBefore(day: Day): Day {
  let found = day
  for (let back = 0; back < 14 && !isWorkingDay(found); back++) found = addDays(found, -1)
  return found
}
