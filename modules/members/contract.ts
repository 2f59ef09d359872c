/** Members: who belongs to which union, and every move into and out of one. */
import { z } from 'zod'
import { endpoint } from '#kernel/endpoint.ts'
import { Day, Id, Sex, Text } from '#kernel/shapes.ts'
import { Decision, DecisionEntry, UnitRef } from '#modules/units/contract.ts'
import { Extent, Marks, RegisterQuery } from './register/contract.ts'

export const MovementKind = z.enum([
  'opening',
  'admitted',
  'received',
  'sent',
  'suspended',
  'resumed',
  'left',
  'expelled',
  'ended',
])
export type MovementKind = z.infer<typeof MovementKind>

/** A person as a list names them. Checked row by row, so that every wrong row can be told at once. */
export const PersonEntry = z.object({
  fullName: z.string().max(200),
  /** As typed (10/11/1990) or yyyy-mm-dd. */
  birthDate: z.string().max(40),
  /** As typed (nam, nữ, male, female). */
  sex: z.string().max(20),
  identityNumber: z.string().max(40),
})
export type PersonEntry = z.infer<typeof PersonEntry>

export const People = z.array(PersonEntry).min(1).max(20_000)

export const Member = z.object({
  id: Id,
  fullName: z.string(),
  /** yyyy-mm-dd, or yyyy where only the year is known. */
  birthDate: z.string(),
  sex: Sex,
  /** All but the last three digits hidden: `•••••••••123`. */
  identityMasked: z.string(),
  unit: UnitRef.nullable(),
  since: Day.nullable(),
})
export type Member = z.infer<typeof Member>

/** A list that came by paste or file, read into rows; `faults` name a line's problems in the reader's language. */
export const ReadList = z.object({
  rows: z.array(PersonEntry.extend({ line: z.number().int() })),
  faults: z.array(z.object({ line: z.number().int(), name: z.string(), title: z.string() })),
  /** Header cells as found, and what each was taken for; null when ignored. */
  columns: z.array(z.object({ header: z.string(), field: z.string().nullable() })),
})

export const readPastedList = endpoint('POST', '/member-lists', {
  summary: 'Read a list pasted from Excel or Word (tabs, semicolons or commas) into rows, without keeping anything',
  body: z.object({ text: z.string().min(1).max(5_000_000) }),
  returns: ReadList,
  refuses: ['list-unreadable', 'list-empty', 'list-too-long'],
})

export const readListFile = endpoint('POST', '/member-list-files', {
  summary: 'Read an attached xlsx or csv list into rows, without keeping anything',
  uploadBytesMax: 45_000_000,
  returns: ReadList,
  refuses: ['list-unreadable', 'list-empty', 'list-too-long', 'file-too-large'],
})

export const ListedMember = Member.extend(Marks.shape)
export type ListedMember = z.infer<typeof ListedMember>

export const listMembers = endpoint('GET', '/members', {
  summary: 'People of a branch on a day by filters, or whoever a search finds there by name, card or identity number',
  query: RegisterQuery,
  returns: Extent.extend({
    members: z.array(ListedMember),
    /** Everybody counted, not only this page; null for a search and for a list with filters. */
    total: z.number().int().nullable(),
    next: z.string().nullable(),
  }),
  refuses: ['not-found'],
})

/** Where a person stands today. `sentBy`: the movement that put them on the road. */
export const MemberState = z.discriminatedUnion('where', [
  z.object({
    where: z.literal('union'),
    since: Day,
    /** `until`: the last day the rule allows; null where it sets none. */
    suspension: z.object({ since: Day, cause: z.string().nullable(), until: Day.nullable() }).nullable(),
  }),
  z.object({
    where: z.literal('road'),
    since: Day,
    days: z.number().int(),
    from: UnitRef.nullable(),
    to: UnitRef.nullable(),
    /** They are sent to a union that the caller may not see; else null in `to` means not known yet. */
    isToHidden: z.boolean(),
    sentBy: Id,
  }),
  z.object({ where: z.literal('none'), receivedElsewhereOn: Day.nullable() }),
])
export type MemberState = z.infer<typeof MemberState>

export const showMember = endpoint('GET', '/members/:personId', {
  summary: 'A person: where they stand, every membership, every movement and the papers behind them',
  params: z.object({ personId: Id }),
  returns: Member.extend({
    state: MemberState,
    memberships: z.array(z.object({ unit: UnitRef, from: Day, to: Day.nullable() })),
    movements: z.array(
      z.object({
        id: Id,
        kind: MovementKind,
        quantity: z.number().int(),
        occurredOn: Day,
        recordedAt: z.string(),
        recordedBy: z.string(),
        unit: UnitRef,
        /** The other end of a transfer; null where it is hidden, outside the federation, or not known. */
        otherUnit: UnitRef.nullable(),
        isOtherHidden: z.boolean(),
        cause: z.string().nullable(),
        decision: Decision.nullable(),
        officer: z.object({ id: Id, name: z.string() }).nullable(),
        /** The movement that takes this one back, if any. */
        reversedById: Id.nullable(),
        reversesId: Id.nullable(),
        reason: z.string().nullable(),
      }),
    ),
  }),
  refuses: ['not-found'],
})

export const readIdentityNumber = endpoint('POST', '/members/:personId/identity-readings', {
  summary: 'Show a whole identity number; who asked and why is kept',
  params: z.object({ personId: Id }),
  body: z.object({ reason: Text(300) }),
  returns: z.object({ identityNumber: z.string() }),
  refuses: ['not-allowed', 'not-found'],
})

/** What an act would change, before it is done: faults by line, and how many people come in. */
export const AdmissionCheck = z.object({
  admissible: z.number().int(),
  faults: z.array(
    z.object({
      line: z.number().int().nullable(),
      pointer: z.string().nullable(),
      name: z.string(),
      title: z.string(),
    }),
  ),
})

const admissionRefusals = [
  'not-allowed',
  'not-found',
  'not-a-grassroots-union',
  'day-in-future',
  'day-before-founding',
  'founding-cancelled',
  'unit-ended',
  'decision-number-taken',
  'effective-before-signed',
  'list-has-faults',
  'already-a-member',
  'twice-in-list',
  'rejoins-too-soon',
  'member-on-the-road',
  'history-impossible',
  'not-an-identity-number',
  'identity-number-lost-zeros',
  'not-a-birth-date',
  'not-a-sex',
  'name-missing',
  'too-young',
  'another-person-here',
] as const

const Admission = z.object({
  on: Day,
  /** `received`: from outside the federation; a transfer is no admission. */
  as: z.enum(['admitted', 'received']).default('admitted'),
  /** The upper union whose decision it is, where the union itself may not decide yet. */
  issuerId: Id.nullish(),
  decision: DecisionEntry.nullish(),
  officerId: Id.nullish(),
  people: People,
})

export const checkAdmission = endpoint('POST', '/units/:unitId/admission-checks', {
  summary: 'Say what an admission would do and which rows it would refuse; keeps nothing',
  params: z.object({ unitId: Id }),
  body: Admission,
  returns: AdmissionCheck,
  refuses: ['not-found'],
})

export const admitMembers = endpoint('POST', '/units/:unitId/admissions', {
  summary: 'Admit one person or a list to a union: all of them or nobody',
  params: z.object({ unitId: Id }),
  body: Admission,
  returns: z.object({ admitted: z.number().int(), movementIds: z.array(Id) }),
  refuses: admissionRefusals,
})

export const releaseMember = endpoint('POST', '/members/:personId/departures', {
  summary: 'Record that a member left, was expelled, or ended membership',
  params: z.object({ personId: Id }),
  body: z.object({
    on: Day,
    kind: z.enum(['left', 'expelled', 'ended']),
    cause: z.enum(['death', 'prison', 'unit_ended', 'left_field', 'other']).nullish(),
    reason: Text(300),
    decision: DecisionEntry.nullish(),
  }),
  returns: z.object({ movementId: Id }),
  refuses: [
    'not-allowed',
    'not-found',
    'not-a-member',
    'day-in-future',
    'day-before-admission',
    'history-impossible',
    'decision-number-taken',
    'effective-before-signed',
  ],
})

export const reverseMovement = endpoint('POST', '/movements/:movementId/reversals', {
  summary: 'Take a movement back with a row that names it; the figures of every day return',
  params: z.object({ movementId: Id }),
  body: z.object({ reason: Text(300) }),
  returns: z.object({ movementId: Id }),
  refuses: ['not-allowed', 'not-found', 'already-reversed', 'later-movement-exists', 'founding-is-cancelled-whole'],
})
