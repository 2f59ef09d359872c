/** Which indicators are counted from ledgers, and of which lines each is the sum. Every other indicator is declared. */

/** The fewest a union is founded with: Charter of the Vietnam Trade Unions and guidance HD 03/HD-TLĐ (2020). */
export const membersMin = { grassroots: 5, occupational: 10 } as const
/** Targets count unions of 25 members and more apart. */
export const bigFrom = 25
/** The longest list one act takes. */
export const listMax = 20_000

/** A kind of union as the counts tell them apart; `big` has 25 members or more when it is founded. */
export type Category = {
  kind: 'grassroots' | 'occupational'
  sector: 'state' | 'non_state' | null
  enterprise: boolean
  big: boolean
}

const sectors = ['non_state', 'state', null] as const
/** Unions that may be founded. An occupational union has no employer, and nobody counts those with 25 apart. */
export const categories: readonly Category[] = [
  ...sectors.flatMap((sector) =>
    [true, false].flatMap((enterprise) =>
      [false, true].map((big) => ({ kind: 'grassroots' as const, sector, enterprise, big })),
    ),
  ),
  ...(['non_state', null] as const).map((sector) => ({
    kind: 'occupational' as const,
    sector,
    enterprise: false,
    big: false,
  })),
]
/** Unions that stood when the records began: how many founded them is not asked. */
export const openCategories: readonly Category[] = categories.filter(
  ({ kind, enterprise, big }) => kind === 'occupational' || (enterprise && !big),
)

/** What moves in a period: people, and foundings by category. */
export type Line =
  | 'foundedIn' // members of new grassroots unions, on the founding day
  | 'foundedInOccupational'
  | 'joined' // later admissions to grassroots unions
  | 'joinedOccupational'
  | 'womenIn'
  | 'left'
  | 'ended'
  | 'womenOut'

export type Counted = {
  kind: 'flow' | 'stock' | 'ratio'
  /** Foundings counted, by category. */
  foundings?: (category: Category) => boolean
  /** Lines counted, with their sign. */
  lines?: Partial<Record<Line, 1 | -1>>
  /** Of the opening stock: unions (those `foundings` names), people or women. */
  opening?: 'unions' | 'members' | 'women'
  workers?: boolean
}

const admitted = { foundedIn: 1, foundedInOccupational: 1, joined: 1, joinedOccupational: 1 } as const
const growth = { ...admitted, left: -1, ended: -1 } as const
const all = () => true
const isOccupational = ({ kind }: Category) => kind === 'occupational'
const isGrassroots = ({ kind }: Category) => kind === 'grassroots'

export const indicators: Record<string, Counted> = {
  grassroots_founded: { kind: 'flow', foundings: all },
  occupational_founded: { kind: 'flow', foundings: isOccupational },
  grassroots_founded_excluding_occupational: { kind: 'flow', foundings: isGrassroots },
  grassroots_founded_nonstate_25: { kind: 'flow', foundings: (union) => union.sector === 'non_state' && union.big },
  grassroots_founded_enterprise_25: { kind: 'flow', foundings: (union) => union.enterprise && union.big },
  members_admitted: { kind: 'flow', lines: admitted },
  occupational_members_admitted: { kind: 'flow', lines: { foundedInOccupational: 1, joinedOccupational: 1 } },
  members_admitted_women: { kind: 'flow', lines: { womenIn: 1 } },
  members_left: { kind: 'flow', lines: { left: 1 } },
  members_decreased: { kind: 'flow', lines: { left: 1, ended: 1 } },
  members_net_growth: { kind: 'flow', lines: growth },
  grassroots_total: { kind: 'stock', opening: 'unions', foundings: all },
  grassroots_state: { kind: 'stock', opening: 'unions', foundings: ({ sector }) => sector === 'state' },
  grassroots_nonstate: { kind: 'stock', opening: 'unions', foundings: ({ sector }) => sector === 'non_state' },
  occupational_total: { kind: 'stock', opening: 'unions', foundings: isOccupational },
  members_total: { kind: 'stock', opening: 'members', lines: growth },
  members_women: { kind: 'stock', opening: 'women', lines: { womenIn: 1, womenOut: -1 } },
  workers_total: { kind: 'stock', workers: true },
  /** Members of the branch over workers of its employers. */
  coverage_rate: { kind: 'ratio' },
}

/** An event: a founding effective on that very day with that many members. */
export const eventIndicator = 'founding_decision'

export const isCounted = (indicator: string): boolean => indicator in indicators || indicator === eventIndicator

/** The kinds that indicators have in the house; an event is a flow of one day. */
export const isKnownKind = (kind: string): kind is 'flow' | 'stock' | 'ratio' =>
  ['flow', 'stock', 'ratio'].includes(kind)
