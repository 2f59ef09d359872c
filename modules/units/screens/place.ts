/** Where and when the reader looks: one unit and three clocks, read from the address, with today and home as defaults. */
import { isDay, yearStart } from '#kernel/day.ts'
import { useMe } from '#modules/access/screens/session.ts'
import { useAddress, useChangeAddress } from '#ui/Go.tsx'

const day = (text: string | undefined) => (text && isDay(text) ? text : undefined)

export function usePlace() {
  const me = useMe()
  const address = useAddress()
  const change = useChangeAddress()
  const asOf = day(address.asOf) ?? me.today
  const structureOn = day(address.structureOn)
  const knownAt = address.knownAt && !Number.isNaN(Date.parse(address.knownAt)) ? address.knownAt : undefined
  const unitId = address.unit && /^[1-9]\d*$/.test(address.unit) ? address.unit : me.unit.id
  const from = day(address.from) ?? yearStart(asOf)
  return {
    unitId,
    from,
    asOf,
    knownAt,
    structureOn,
    today: me.today,
    /** Some clock stands in the past. */
    past: asOf < me.today || knownAt !== undefined || structureOn !== undefined,
    /** As the endpoints of figures ask for it. */
    clocks: { unitId, from, asOf, knownAt, structureOn },
    change,
  }
}

/** The last moment of a day in Vietnam, or now for today: what was known when that day ended. */
export const momentOf = (day: string, time: string, today: string): string =>
  day >= today ? new Date().toISOString() : new Date(`${day}T${time || '23:59'}:59+07:00`).toISOString()
