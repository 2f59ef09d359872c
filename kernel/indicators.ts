/** Counted indicators: which ledger each one counts, and which of its columns it adds and takes away. The formula of a column
 *  stands once, in the ledger's migration; totals, sub-counts and lists all read it. */

export type IndicatorKind = 'flow' | 'stock' | 'ratio'
export type Ledger = 'members' | 'founding' | 'units' | 'employers'

export type CountedIndicator = {
  code: string
  kind: IndicatorKind
  measure: 'people' | 'unions'
  parent: string | null
  ledger: Ledger
  plus: readonly string[]
  minus?: readonly string[]
}

/** Columns in the order in which a ledger's tallies answer. A test holds this against the database. */
export const columnsOf: Record<Ledger, readonly string[]> = {
  members: [
    'net',
    'women',
    'admitted',
    'admitted_women',
    'admitted_occupational',
    'departed',
    'departed_left',
    'opened',
  ],
  founding: ['founded', 'occupational', 'nonstate_large', 'enterprise_large', 'founding_members'],
  units: ['standing', 'state', 'nonstate', 'occupational'],
  employers: ['workers'],
}

const flow = (
  code: string,
  measure: 'people' | 'unions',
  ledger: Ledger,
  parent: string | null,
  plus: string,
  minus?: string,
): CountedIndicator => ({
  code,
  kind: 'flow',
  measure,
  parent,
  ledger,
  plus: [plus],
  ...(minus && { minus: [minus] }),
})
const stock = (
  code: string,
  measure: 'people' | 'unions',
  ledger: Ledger,
  parent: string | null,
  plus: string,
): CountedIndicator => ({
  code,
  kind: 'stock',
  measure,
  parent,
  ledger,
  plus: [plus],
})

export const countedIndicators: readonly CountedIndicator[] = [
  flow('grassroots_founded', 'unions', 'founding', null, 'founded'),
  flow('occupational_founded', 'unions', 'founding', 'grassroots_founded', 'occupational'),
  flow(
    'grassroots_founded_excluding_occupational',
    'unions',
    'founding',
    'grassroots_founded',
    'founded',
    'occupational',
  ),
  flow('grassroots_founded_nonstate_25', 'unions', 'founding', 'grassroots_founded', 'nonstate_large'),
  flow('grassroots_founded_enterprise_25', 'unions', 'founding', 'grassroots_founded', 'enterprise_large'),
  flow('founding_decision', 'people', 'founding', 'grassroots_founded', 'founding_members'),
  flow('members_admitted', 'people', 'members', null, 'admitted'),
  flow('members_admitted_women', 'people', 'members', 'members_admitted', 'admitted_women'),
  flow('occupational_members_admitted', 'people', 'members', 'members_admitted', 'admitted_occupational'),
  flow('members_decreased', 'people', 'members', null, 'departed'),
  flow('members_left', 'people', 'members', 'members_decreased', 'departed_left'),
  flow('members_net_growth', 'people', 'members', null, 'net', 'opened'),
  stock('members_total', 'people', 'members', null, 'net'),
  stock('members_women', 'people', 'members', 'members_total', 'women'),
  stock('grassroots_total', 'unions', 'units', null, 'standing'),
  stock('grassroots_state', 'unions', 'units', 'grassroots_total', 'state'),
  stock('grassroots_nonstate', 'unions', 'units', 'grassroots_total', 'nonstate'),
  stock('occupational_total', 'unions', 'units', 'grassroots_total', 'occupational'),
  stock('workers_total', 'people', 'employers', null, 'workers'),
]

/** Members over workers: a ratio of two counted stocks. */
export const coverageRate = { code: 'coverage_rate', above: 'members_total', below: 'workers_total' } as const

export const findCounted = (code: string): CountedIndicator | undefined =>
  countedIndicators.find((indicator) => indicator.code === code)
