/** How fast long work goes and what is left, from what was seen of it so far. Pure. */
export type Seen = { done: number; total: number; at: number }
type Pace = { share: number | null; perSecond: number | null; secondsLeft: number | null }

/** Long enough to hold several steps of work that reports in leaps. */
const windowMs = 20_000

/** What was seen last, and of what came before only as much as the pace is taken from. */
export function seeing(seen: readonly Seen[], next: Seen): Seen[] {
  const recent = seen.filter((one) => one.at >= next.at - windowMs)
  const before = seen.filter((one) => one.at < next.at - windowMs).at(-1)
  return [...(before ? [before] : []), ...recent, next]
}

export function paceOf(seen: readonly Seen[]): Pace {
  const [first, last] = [seen[0], seen.at(-1)]
  if (!first || !last || last.total <= 0) return { share: null, perSecond: null, secondsLeft: null }
  const share = Math.min(last.done / last.total, 1)
  const perSecond = ((last.done - first.done) / (last.at - first.at)) * 1000
  if (!(perSecond > 0) || !Number.isFinite(perSecond)) return { share, perSecond: null, secondsLeft: null }
  return { share, perSecond, secondsLeft: Math.max(last.total - last.done, 0) / perSecond }
}

type Left =
  | ({ unit: 'moments' | 'seconds' | 'minutes' } & { n: number })
  | { unit: 'hours'; hours: number; minutes: number }

/** A time as people say it: never more exact than it can be. */
export function leftOf(seconds: number): Left {
  if (seconds < 8) return { unit: 'moments', n: 0 }
  if (seconds < 90) return { unit: 'seconds', n: Math.ceil(seconds / 5) * 5 }
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 90) return { unit: 'minutes', n: minutes }
  const tens = Math.ceil(minutes / 10) * 10
  return { unit: 'hours', hours: Math.floor(tens / 60), minutes: tens % 60 }
}
