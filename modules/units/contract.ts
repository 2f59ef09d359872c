/** Units: the union tree through time. A unit's name, manager, area and sector are dated spells that never overlap. */
import { z } from 'zod'
import { endpoint } from '#kernel/endpoint.ts'
import { Day, Id, Text } from '#kernel/shapes.ts'

export const UnitKind = z.enum([
  'general_confederation',
  'provincial',
  'central_sector',
  'corporation',
  'district',
  'local_sector',
  'industrial_zone',
  'commune',
  'grassroots',
  'occupational',
  'component',
  'section',
  'group',
])
export type UnitKind = z.infer<typeof UnitKind>

/** null is a union that nobody has classified yet; it counts in the whole and in neither part. */
export const Sector = z.enum(['state', 'non_state'])
export type Sector = z.infer<typeof Sector>

export const UnitRef = z.object({ id: Id, code: z.string(), name: z.string(), kind: UnitKind })
export type UnitRef = z.infer<typeof UnitRef>

/** A paper that an act rests on. Signed, effective and handed over are three days; the effective one counts. */
export const DecisionEntry = z.object({
  number: Text(60),
  signedOn: Day,
  effectiveOn: Day,
  handedOverOn: Day.nullish(),
  signer: Text(120).nullish(),
})
export type DecisionEntry = z.infer<typeof DecisionEntry>

export const Decision = z.object({
  id: Id,
  number: z.string(),
  signedOn: Day,
  effectiveOn: Day,
  handedOverOn: Day.nullable(),
  signer: z.string().nullable(),
  issuer: z.object({ id: Id, code: z.string(), name: z.string() }),
})
export type Decision = z.infer<typeof Decision>

export const findUnits = endpoint('GET', '/units', {
  summary: 'Units by name, code or an old name, without tones; at most 30, those of the branch only',
  query: z.object({
    q: z.string().max(120).default(''),
    /** Only units directly under this one. */
    parentId: Id.optional(),
    kinds: z.enum(['upper', 'grassroots', 'any']).default('any'),
    on: Day.optional(),
  }),
  returns: z.object({
    units: z.array(
      UnitRef.extend({
        parentName: z.string().nullable(),
        /** An earlier name that the question matched. */
        formerName: z.string().nullable(),
        foundedOn: Day.nullable(),
        endedOn: Day.nullable(),
        childrenCount: z.number().int(),
      }),
    ),
  }),
})

export const showUnit = endpoint('GET', '/units/:unitId', {
  summary: 'A unit with every spell of its life',
  params: z.object({ unitId: Id }),
  query: z.object({ on: Day.optional() }),
  returns: UnitRef.extend({
    sector: Sector.nullable(),
    foundedOn: Day.nullable(),
    endedOn: Day.nullable(),
    /** From the root down to the unit's manager. */
    path: z.array(UnitRef),
    names: z.array(z.object({ name: z.string(), from: Day, to: Day.nullable() })),
    managers: z.array(z.object({ unit: UnitRef, from: Day, to: Day.nullable(), decision: Decision.nullable() })),
    areas: z.array(z.object({ area: z.string(), from: Day, to: Day.nullable() })),
    events: z.array(
      z.object({
        id: Id,
        kind: z.string(),
        occurredOn: Day,
        quantity: z.number().int(),
        decision: Decision.nullable(),
        recordedAt: z.string(),
      }),
    ),
  }),
  refuses: ['not-found'],
})

const UnitFacts = {
  name: Text(300),
  kind: UnitKind,
  /** Left out: the next free code of the manager's. */
  code: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
    .optional(),
  sector: Sector.nullish(),
  area: Text(200).nullish(),
}

export const establishUnit = endpoint('POST', '/units/:unitId/establishments', {
  summary: 'Establish an upper-level unit under a manager (grassroots unions are founded, see foundings)',
  params: z.object({ unitId: Id }),
  body: z.object({ ...UnitFacts, on: Day, decision: DecisionEntry.nullish() }),
  returns: z.object({ id: Id, code: z.string() }),
  refuses: [
    'not-allowed',
    'not-found',
    'code-taken',
    'manager-not-upper',
    'unit-ended',
    'day-before-founding',
    'day-in-future',
    'decision-number-taken',
    'effective-before-signed',
    'grassroots-are-founded',
  ],
})

export const renameUnit = endpoint('POST', '/units/:unitId/renamings', {
  summary: 'Give a unit another name from a day on',
  params: z.object({ unitId: Id }),
  body: z.object({ name: Text(300), on: Day, decision: DecisionEntry.nullish() }),
  returns: z.object({ id: Id }),
  refuses: [
    'not-allowed',
    'not-found',
    'founding-cancelled',
    'unit-ended',
    'day-before-founding',
    'day-in-future',
    'decision-number-taken',
    'effective-before-signed',
    'later-spell-exists',
  ],
})

export const moveUnit = endpoint('POST', '/units/:unitId/moves', {
  summary: 'Hand a unit over to another manager from a day on; its whole branch goes with it',
  params: z.object({ unitId: Id }),
  body: z.object({ managerId: Id, on: Day, decision: DecisionEntry.nullish() }),
  returns: z.object({ id: Id }),
  refuses: [
    'not-allowed',
    'not-found',
    'founding-cancelled',
    'unit-ended',
    'day-before-founding',
    'day-in-future',
    'decision-number-taken',
    'effective-before-signed',
    'later-spell-exists',
    'under-itself',
    'manager-not-upper',
  ],
})

export const endUnit = endpoint('POST', '/units/:unitId/endings', {
  summary:
    'End an upper-level unit from a day on, the first on which it no longer stands; nothing may stand under it any more',
  params: z.object({ unitId: Id }),
  body: z.object({ on: Day, decision: DecisionEntry.nullish() }),
  returns: z.object({ id: Id }),
  refuses: [
    'not-allowed',
    'not-found',
    'unit-ended',
    'day-before-founding',
    'day-in-future',
    'unit-not-empty',
    'decision-number-taken',
    'effective-before-signed',
    'grassroots-are-founded',
  ],
})
