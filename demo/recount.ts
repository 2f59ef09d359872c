/** Counts what a plan comes to and says which rules it breaks, from its acts alone: nothing of how it was solved is used. */
import type { Day } from '#kernel/shapes.ts'
import { percentOf } from '#kernel/percent.ts'
import type { Fact, FactsFile } from './facts.ts'
import { bigFrom, membersMin } from './indicators.ts'
import type { Plan, PlannedUnion } from './plan.ts'
import { plainPercent } from './printed.ts'

/** A fact's figure as the plan makes it; a percent for a rate, null for what is declared. */
export function recount(plan: Plan, { unit, indicator, from, to, result, percent }: Fact): number | string | null {
  const within = branchOf(plan, unit)
  const inPeriod = (day: Day) => day <= to && (from === null || day >= from)
  const foundings = plan.foundings.filter((founding) => within.has(founding.upperCode))
  const opened = plan.opening.flatMap(({ unions }) => unions).filter(({ upperCode }) => within.has(upperCode))
  const unions = new Map([...opened, ...foundings].map((union) => [union.key, union]))
  const admissions = plan.admissions.filter(({ unionKey }) => unions.has(unionKey))
  const departures = plan.departures.filter(({ unionKey }) => unions.has(unionKey))
  const founded = (which: (union: PlannedUnion) => boolean) =>
    foundings.filter((founding) => inPeriod(founding.effectiveOn) && which(founding)).length
  const admitted = (
    of: 'members' | 'women',
    period: (day: Day) => boolean,
    which: (union: PlannedUnion) => boolean = () => true,
  ) =>
    total(
      foundings.filter((founding) => period(founding.effectiveOn) && which(founding)),
      (founding) => founding[of],
    ) +
    total(
      admissions.filter(({ on, unionKey }) => period(on) && which(unions.get(unionKey)!)),
      (act) => (of === 'women' ? act.women : act.people),
    )
  const departed = (period: (day: Day) => boolean, kinds: string[], of: 'people' | 'women' = 'people') =>
    total(
      departures.filter(({ on, kind }) => period(on) && kinds.includes(kind)),
      (act) => act[of],
    )
  const upTo = (day: Day) => day <= to
  const standing = (which: (union: PlannedUnion) => boolean) =>
    opened.filter(which).length + foundings.filter((founding) => upTo(founding.effectiveOn) && which(founding)).length
  const both = ['left', 'ended']
  const stock = (of: 'members' | 'women') =>
    total(opened, (union) => union[of]) + admitted(of, upTo) - departed(upTo, both, of === 'women' ? 'women' : 'people')
  const workers = () =>
    total([...opened, ...foundings.filter(({ effectiveOn }) => upTo(effectiveOn))], ({ key, employer }) => {
      const counts = plan.workforce.filter(({ unionKey, on }) => unionKey === key && on <= to)
      return counts.at(-1)?.workers ?? employer?.workers ?? 0
    })
  const big = ({ members }: PlannedUnion) => members >= bigFrom
  const figures: Record<string, () => number | string | null> = {
    grassroots_founded: () => founded(() => true),
    occupational_founded: () => founded(({ kind }) => kind === 'occupational'),
    grassroots_founded_excluding_occupational: () => founded(({ kind }) => kind === 'grassroots'),
    grassroots_founded_nonstate_25: () =>
      founded((union) => union.kind === 'grassroots' && union.sector === 'non_state' && big(union)),
    grassroots_founded_enterprise_25: () =>
      founded((union) => union.kind === 'grassroots' && union.employer?.kind === 'enterprise' && big(union)),
    members_admitted: () => admitted('members', inPeriod),
    occupational_members_admitted: () => admitted('members', inPeriod, ({ kind }) => kind === 'occupational'),
    members_admitted_women: () => admitted('women', inPeriod),
    members_left: () => departed(inPeriod, ['left']),
    members_decreased: () => departed(inPeriod, both),
    members_net_growth: () => admitted('members', inPeriod) - departed(inPeriod, both),
    grassroots_total: () => standing(() => true),
    grassroots_state: () => standing(({ sector }) => sector === 'state'),
    grassroots_nonstate: () => standing(({ sector }) => sector === 'non_state'),
    occupational_total: () => standing(({ kind }) => kind === 'occupational'),
    members_total: () => stock('members'),
    members_women: () => stock('women'),
    workers_total: workers,
    coverage_rate: () =>
      percentOf(stock('members'), workers(), (plainPercent(percent ?? '0').split('.')[1] ?? '').length),
    founding_decision: () =>
      foundings.find(({ effectiveOn, members }) => effectiveOn === to && members === result)?.members ?? null,
  }
  return figures[indicator]?.() ?? null
}

const total = <T>(items: T[], amount: (item: T) => number) => items.reduce((sum, item) => sum + amount(item), 0)

function branchOf(plan: Plan, unit: string): Set<string> {
  const branch = new Set([unit])
  for (const { code, parentCode } of plan.units) if (parentCode && branch.has(parentCode)) branch.add(code)
  return branch
}

/** What a server that keeps the law would refuse of a plan; empty when it can be carried out. */
export function refusals(plan: Plan, file: FactsFile, today: Day): string[] {
  const wrong: string[] = []
  const refuse = (when: boolean, why: string) => when && wrong.push(why)
  const last =
    file.facts
      .map(({ to }) => to)
      .sort()
      .at(-1) ?? plan.openedOn
  const opened = plan.opening.flatMap(({ unions }) => unions)
  const unions = new Map<string, PlannedUnion>()
  const since = new Map<string, Day>()
  for (const union of [...opened, ...plan.foundings]) {
    refuse(unions.has(union.key), `${union.key} comes twice`)
    unions.set(union.key, union)
    since.set(union.key, 'effectiveOn' in union ? (union.effectiveOn as Day) : plan.openedOn)
    refuse((union.kind === 'grassroots') !== (union.employer !== null), `${union.key}: employer and kind disagree`)
    refuse(
      union.women < 0 || union.women > union.members || union.members < 1,
      `${union.key}: ${union.women} women of ${union.members}`,
    )
    refuse((union.employer?.workers ?? 0) < 0, `${union.key}: workers`)
  }
  refuse(
    new Set(opened.concat(plan.foundings).flatMap(({ employer }) => employer?.taxCode ?? [])).size !==
      total([...unions.values()], ({ employer }) => (employer ? 1 : 0)),
    'a tax code comes twice',
  )
  refuse(
    new Set(
      plan.foundings.map(
        ({ upperCode, decisionNumber, signedOn }) => `${upperCode} ${decisionNumber} ${signedOn.slice(0, 4)}`,
      ),
    ).size !== plan.foundings.length,
    'a decision number comes twice',
  )
  refuse(
    new Set([...unions.values()].map(({ name, upperCode }) => `${upperCode} ${name}`)).size !== unions.size,
    'a union name comes twice',
  )
  const units = new Map(plan.units.map((unit) => [unit.code, unit]))
  plan.units.forEach(({ parentCode }, index) =>
    refuse(
      parentCode !== null && !plan.units.slice(0, index).some(({ code }) => code === parentCode),
      'a parent comes late',
    ),
  )
  for (const { key, kind, members, effectiveOn, signedOn, upperCode, officerUsername } of plan.foundings) {
    refuse(members < membersMin[kind], `${key}: founded with ${members}`)
    refuse(
      effectiveOn <= plan.openedOn || effectiveOn > today || effectiveOn > last,
      `${key}: effective ${effectiveOn}`,
    )
    refuse(signedOn > effectiveOn || signedOn < units.get(upperCode)!.foundedOn, `${key}: signed ${signedOn}`)
    refuse(
      !plan.officers.some(({ username, unitCode }) => username === officerUsername && unitCode === upperCode),
      `${key}: officer`,
    )
  }
  const moves = [
    ...opened.map(({ key, members, women }) => ({ key, on: plan.openedOn, people: members, women })),
    ...plan.foundings.map(({ key, members, women, effectiveOn }) => ({ key, on: effectiveOn, people: members, women })),
    ...plan.admissions.map(({ unionKey, on, people, women }) => ({ key: unionKey, on, people, women })),
  ]
  for (const { key, on, people, women } of moves) {
    refuse(on > today || on < since.get(key)! || (on > last && on !== plan.openedOn), `${key}: joined ${on}`)
    refuse(people < 1 || women < 0 || women > people, `${key}: ${women} women of ${people} join`)
  }
  const byUnion = Map.groupBy(plan.departures, ({ unionKey }) => unionKey)
  for (const [key, departures] of byUnion) {
    for (const { on, people, women } of departures) {
      refuse(
        people < 1 || women < 0 || women > people || on > last || on > today,
        `${key}: ${women} of ${people} leave ${on}`,
      )
      const before = moves.filter((move) => move.key === key && move.on < on)
      const gone = departures.filter((other) => other.on <= on)
      refuse(
        total(before, (move) => move.women) < total(gone, (other) => other.women),
        `${key}: women who are not there leave ${on}`,
      )
      refuse(
        total(before, (move) => move.people - move.women) < total(gone, (other) => other.people - other.women),
        `${key}: men who are not there leave ${on}`,
      )
    }
  }
  for (const { unionKey, on, workers } of plan.workforce)
    refuse(workers < 0 || on <= since.get(unionKey)! || on > last, `${unionKey}: ${workers} workers ${on}`)
  return wrong
}
