/** Facts that cannot all be true: the smallest set that contradicts itself, named, and why. */
import { countedFacts, gatherFamilies, isEvent, isRate, isSameEvent } from './families.ts'
import type { Fact, FactsFile } from './facts.ts'
import { openModel } from './model.ts'
import { solve } from './solve.ts'

/** Leaves out one fact after another for as long as the others still contradict one another. */
export function smallestConflict(file: FactsFile, suspects: Fact[], openedOn: string, today: string): Fact[] {
  let left = [...new Set(suspects)]
  for (const fact of suspects) {
    const without = left.filter((other) => other !== fact)
    if (without.length < left.length && without.length > 0 && !canBeTrue({ ...file, facts: without }, openedOn, today))
      left = without
  }
  return left
}

function canBeTrue(file: FactsFile, openedOn: string, today: string): boolean {
  return gatherFamilies(file, openedOn, today).every((family) => {
    const { unknowns, rules } = openModel(family, true)
    try {
      return 'values' in solve(unknowns, rules)
    } catch {
      // No answer was found in time, so nothing is proved against these facts.
      return true
    }
  })
}

/** Two figures for one thing need no arithmetic. */
export function printedTwice(facts: Fact[]): Fact[] | null {
  const seen = new Map<string, Fact>()
  for (const fact of facts) {
    if (isEvent(fact)) continue
    const key = [fact.unit, fact.indicator, fact.from, fact.to].join(' ')
    const earlier = seen.get(key)
    if (earlier && earlier.result !== null && fact.result !== null && earlier.result !== fact.result)
      return [earlier, fact]
    if (!earlier || earlier.result === null) seen.set(key, fact)
  }
  return null
}

export function describeFact({ unit, indicator, from, to, result, percent, article }: Fact): string {
  const period = from && from !== to ? `${from} to ${to}` : `on ${to}`
  return `${unit}: ${indicator} ${result ?? percent} (${period}${article ? `; article ${article}` : ''})`
}

/** The error of a file that no records could make true. */
export function contradiction(conflict: Fact[], reasons: string[]): Error {
  const facts = conflict.map((fact) => `  ${describeFact(fact)}`).join('\n')
  const head = conflict.length === 1 ? 'This fact cannot be true:' : 'These facts cannot all be true:'
  return new Error(`${head}\n${facts}\nBecause: ${reasons.join(' ')}`)
}

export function whyNot(conflict: Fact[], today: string): string[] {
  const has = (...codes: string[]) => conflict.some(({ indicator }) => codes.includes(indicator))
  const some = (pattern: RegExp) => conflict.some(({ indicator }) => pattern.test(indicator))
  const reasons: string[] = []
  const say = (when: boolean, reason: string) => when && reasons.push(reason)
  const founded = some(/_founded/) || has('grassroots_total', 'occupational_total')
  say(
    conflict.some(({ result, indicator }) => result !== null && result < 0 && indicator !== 'members_net_growth'),
    'A count is not negative.',
  )
  say(
    conflict.some(({ from, to }) => (from ?? to) > today),
    `Nothing is recorded after today (${today}).`,
  )
  say(
    has('founding_decision') || (founded && some(/members_admitted|net_growth|members_total|members_women/)),
    'A grassroots union is founded with at least 5 members, an occupational union with at least 10, one counted as 25 and more with 25; founding members count as admitted.',
  )
  say(
    has('grassroots_state', 'grassroots_nonstate') &&
      has('grassroots_total', 'occupational_total', 'grassroots_founded'),
    'The state and the non-state unions are parts of all unions, so together they are not more.',
  )
  say(
    some(/_25$|excluding|occupational/) && has('grassroots_founded', 'grassroots_total'),
    "What is counted 'of which' is not more than the whole.",
  )
  say(some(/women/) && some(/^members_(admitted|total|left|decreased)$/), 'Women are part of all members.')
  say(
    conflict.some(({ indicator }) => /_total$|_state$|_nonstate$|coverage/.test(indicator)) && conflict.length > 1,
    'What stands on a day is what stood before, plus what came, less what went; unions are founded here but none is ended, so their number does not fall.',
  )
  say(
    has('members_left', 'members_decreased'),
    'Nobody leaves who is not a member, and those who left are among the decrease.',
  )
  say(new Set(conflict.map(({ unit }) => unit)).size > 1, "A unit's figures include those of every unit under it.")
  say(
    new Set(conflict.map(({ from, to }) => `${from} ${to}`)).size > 1 && conflict.some(({ from }) => from),
    'A period counts everything that shorter periods within it count.',
  )
  return reasons.length > 0 ? reasons : ['The parts cannot be chosen so that every sum comes out.']
}

/** Only the printed facts of a set of rules, each once; all of the file's when the rules name none. */
export function suspectsOf(about: (Fact | null)[], clash: number[], file: FactsFile): Fact[] {
  const named = [...new Set(clash.flatMap((rule) => about[rule] ?? []))]
  // A rule of an event or a rate also stands for other facts of its day.
  const sameDay = countedFacts(file.facts).filter((fact) =>
    named.some(
      (other) =>
        (isEvent(other) && isEvent(fact) && isSameEvent(other, fact)) || (isRate(other) && other.to === fact.to),
    ),
  )
  return named.length > 0 ? [...new Set([...named, ...sameDay])] : countedFacts(file.facts)
}
