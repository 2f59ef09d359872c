/** Finds amounts that make every printed figure of a family true, or says which figures contradict one another. */
import type { Day } from '#kernel/shapes.ts'
import { contradiction, smallestConflict, suspectsOf, whyNot } from './conflict.ts'
import type { FactsFile } from './facts.ts'
import { isRate, type Family } from './families.ts'
import { openModel, type Model } from './model.ts'
import { ratesOver } from './printed.ts'
import { solve, type Rule } from './solve.ts'
import type { Amounts } from './story.ts'
import { wishForMembers, wishForUnions } from './wishes.ts'

export function fulfil(family: Family, file: FactsFile, openedOn: Day, today: Day): Amounts[] {
  const easy = settle(openModel(family))
  const found = 'values' in easy ? easy : settle(openModel(family, true))
  if ('clash' in found) {
    const { model, clash } = 'clash' in easy && easy.clash.length > 0 ? easy : found
    const conflict = smallestConflict(file, suspectsOf(model.about, clash, file), openedOn, today)
    throw contradiction(conflict, whyNot(conflict, today))
  }
  const { model, values } = found
  return family.fields.map((_, field) => ({ model, values, field }))
}

type Settled = { model: Model; values: number[] } | { model: Model; clash: number[] }

/** First the unions; then, with their numbers fixed, the people; then the workers that make the printed rates come out. */
function settle(model: Model): Settled {
  wishForUnions(model)
  const unions = solve(model.unknowns, model.rules)
  if ('clash' in unions) return { model, clash: unions.clash }
  wishForMembers(model, unions.values)
  const people = solve(model.unknowns, model.rules)
  const values = 'values' in people ? people.values : unions.values
  if (!model.family.facts.some(isRate)) return { model, values }
  const staffed = staff(model, values) ?? staff(model, suitPeople(model, values))
  return staffed ? { model, values: staffed } : { model, clash: [] }
}

/** The people are fixed; how many workers give the printed rates? */
function staff(model: Model, values: number[]): number[] | null {
  const fixed = model.unknowns.map((unknown, index) =>
    unknown.rank < 4 ? { ...unknown, min: values[index]!, max: values[index]! } : unknown,
  )
  const solution = solve(fixed, [...model.rules, ...ratesOver(model, values).map(({ workers }) => workers)])
  return 'values' in solution ? solution.values : null
}

/** Few people over few workers seldom give a printed percent: look for the nearest number of people that does. */
function suitPeople(model: Model, values: number[]): number[] {
  const settled: Rule[] = []
  let suited = values
  for (let index = 0; index < ratesOver(model, values).length; index++) {
    const { members, people, isPossible } = ratesOver(model, suited)[index]!
    for (let tries = 0, away = 0; tries < 40 && away < 4_000; away++) {
      for (const count of new Set([people + away, people - away])) {
        if (count < 0 || !isPossible(count)) continue
        tries++
        const rule = { terms: members, min: count, max: count }
        const solution = solve(model.unknowns, [...model.rules, ...settled, rule])
        if (!('values' in solution)) continue
        suited = solution.values
        settled.push(rule)
        tries = Infinity
        break
      }
    }
  }
  return suited
}
