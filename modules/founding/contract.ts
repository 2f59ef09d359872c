/** Founding: the one act in which a union exists, its members are admitted and the figures move. */
import { z } from 'zod'
import { endpoint } from '#kernel/endpoint.ts'
import { Day, Id, Text } from '#kernel/shapes.ts'
import { EmployerEntry } from '#modules/employers/contract.ts'
import { People } from '#modules/members/contract.ts'
import { Decision, DecisionEntry, Sector, UnitRef } from '#modules/units/contract.ts'

export const FoundingEntry = z.object({
  /** The upper-level unit that founds it and will manage it. */
  upperUnitId: Id,
  kind: z.enum(['grassroots', 'occupational']),
  name: Text(300),
  sector: Sector.nullish(),
  /** Required for a grassroots union; an occupational union has none. */
  employer: EmployerEntry.nullish(),
  decision: DecisionEntry,
  /** The officer credited; the caller when left out. */
  officerId: Id.nullish(),
  people: People,
})
export type FoundingEntry = z.infer<typeof FoundingEntry>

const Change = z.object({ indicator: z.string(), before: z.number().int(), after: z.number().int() })

export const checkFounding = endpoint('POST', '/founding-checks', {
  summary: 'Say what a founding would change and what stands in its way; keeps nothing',
  body: FoundingEntry,
  returns: z.object({
    admissible: z.number().int(),
    membersMin: z.number().int(),
    faults: z.array(
      z.object({
        line: z.number().int().nullable(),
        pointer: z.string().nullable(),
        name: z.string(),
        title: z.string(),
      }),
    ),
    changes: z.array(Change),
  }),
  refuses: ['not-found'],
})

export const foundUnion = endpoint('POST', '/foundings', {
  summary: 'Found a union: decision, union, employer link, admissions and ledger rows, all or nothing',
  body: FoundingEntry,
  returns: z.object({ id: Id, unitId: Id, unitCode: z.string(), members: z.number().int() }),
  refuses: [
    'not-allowed',
    'not-found',
    'unit-ended',
    'manager-not-upper',
    'day-in-future',
    'day-before-founding',
    'founding-cancelled',
    'decision-number-taken',
    'effective-before-signed',
    'too-few-members',
    'employer-required',
    'employer-not-for-occupational',
    'employer-has-union',
    'tax-code-taken',
    'not-a-tax-code',
    'list-has-faults',
    'already-a-member',
    'twice-in-list',
    'rejoins-too-soon',
    'not-an-identity-number',
    'identity-number-lost-zeros',
    'not-a-birth-date',
    'not-a-sex',
    'name-missing',
    'too-young',
    'another-person-here',
  ],
})

export const Founding = z.object({
  id: Id,
  unit: UnitRef,
  upperUnit: UnitRef,
  kind: z.enum(['grassroots', 'occupational']),
  sector: Sector.nullable(),
  effectiveOn: Day,
  decision: Decision,
  employer: z.object({ id: Id, taxCode: z.string(), name: z.string() }).nullable(),
  officer: z.object({ id: Id, name: z.string() }).nullable(),
  members: z.number().int(),
  recordedAt: z.string(),
  recordedBy: z.string(),
  cancelled: z.object({ reason: z.string(), recordedAt: z.string(), recordedBy: z.string() }).nullable(),
})

export const showFounding = endpoint('GET', '/foundings/:foundingId', {
  summary: 'A founding: its decision, union, employer, officer and how many were admitted',
  params: z.object({ foundingId: Id }),
  returns: Founding,
  refuses: ['not-found'],
})

export const listFoundings = endpoint('GET', '/foundings', {
  summary: 'The latest foundings of the branch, newest decision first',
  query: z.object({ unitId: Id.optional() }),
  returns: z.object({ foundings: z.array(Founding) }),
  refuses: ['not-found'],
})

export const cancelFounding = endpoint('POST', '/foundings/:foundingId/cancellations', {
  summary: 'Cancel a founding decision: union, admissions and ledger rows are reversed; every figure returns',
  params: z.object({ foundingId: Id }),
  body: z.object({ reason: Text(300) }),
  returns: z.object({ id: Id, reversedMovements: z.number().int() }),
  refuses: ['not-allowed', 'not-found', 'already-cancelled', 'later-movement-exists', 'unit-not-empty'],
})
