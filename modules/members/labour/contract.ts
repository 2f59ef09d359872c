/** The monthly labour list: an employer's current staff against the members of its union. Nothing changes until it is accepted. */
import { z } from 'zod'
import { endpoint } from '#kernel/endpoint.ts'
import { Cursor, Day, Id, Limit, Text } from '#kernel/shapes.ts'
import { Import, ImportColumn } from '#modules/imports/contract.ts'
import { DecisionEntry } from '#modules/units/contract.ts'
import { uploadMemberList } from '../import/contract.ts'
import { acts, actsFor, verdicts } from './rules.ts'

export const StaffVerdict = z.enum(verdicts)
export const StaffAct = z.enum(acts)

export const StaffSettings = z.object({
  sheet: z.string().max(200).nullish(),
  columns: z.array(ImportColumn).min(1).max(400),
  /** The day the list is about. */
  on: Day,
  /** Of a joint union: the employers whose staff this is; null: everybody's. */
  employerIds: z.array(Id).min(1).max(500).nullish(),
})
export type StaffSettings = z.infer<typeof StaffSettings>

export const listStaffEmployers = endpoint('GET', '/units/:unitId/staff-employers', {
  summary: 'The employers of a union on a day: a joint union has several, and a staff list may be one employer’s',
  params: z.object({ unitId: Id }),
  query: z.object({ on: Day.optional() }),
  returns: z.object({ employers: z.array(z.object({ id: Id, name: z.string() })) }),
  refuses: ['not-found'],
})

const StaffList = z.object({ importId: Id })

export const uploadStaffList = endpoint('POST', '/units/:unitId/staff-lists', {
  summary: 'Take the staff list of a union’s employer as it is, xlsx or csv; nothing is written to the register',
  params: z.object({ unitId: Id }),
  uploadBytesMax: 400_000_000,
  uploadToDisk: true,
  returns: Import,
  refuses: [...uploadMemberList.refuses, 'not-a-grassroots-union'],
})

export const listStaffLists = endpoint('GET', '/staff-lists', {
  summary: 'Staff lists of a union or a branch, the newest first, each with its numbers',
  query: z.object({ unitId: Id }),
  returns: z.object({ imports: z.array(Import) }),
  refuses: ['not-found'],
})

export const showStaffList = endpoint('GET', '/staff-lists/:importId', {
  summary: 'One staff list: state, columns, and rows by what they are: all, open_ those to accept, done_ what was done',
  params: StaffList,
  returns: Import,
  refuses: ['not-found'],
})

export const readStaffList = endpoint('POST', '/staff-lists/:importId/readings', {
  summary: 'Read the whole list by these columns and say what each row means; goes on in the background',
  params: StaffList,
  body: StaffSettings,
  returns: Import,
  refuses: [
    'not-allowed',
    'not-found',
    'import-is-elsewhere',
    'columns-name-nobody',
    'day-in-future',
    'day-before-founding',
    'founding-cancelled',
    'unit-ended',
  ],
})

const Told = z.object({ name: z.string(), title: z.string() })

export const StaffRow = z.object({
  line: z.number().int(),
  /** A member who is not on the list, instead of a line of it. */
  isMissing: z.boolean(),
  verdict: StaffVerdict,
  /** What accepting it does; null: nothing. */
  proposal: StaffAct.nullable(),
  /** What was done, and by whom. */
  act: StaffAct.nullable(),
  doneBy: z.string().nullable(),
  /** The values as typed, where a row is unclear: a mend starts from them. */
  typed: z.record(z.string(), z.string()),
  fullName: z.string(),
  birth: z.string(),
  identity: z.string().nullable(),
  personId: Id.nullable(),
  /** The union somebody is in or has moved to, if it may be named. */
  whereNow: z.string().nullable(),
  /** What stands against it, and what only is to be known. */
  faults: z.array(Told),
  notes: z.array(Told),
  /** Never accepted with a whole group: a member who rests. */
  isHeld: z.boolean(),
  changes: z.array(z.object({ field: z.string(), was: z.string().nullable(), now: z.string().nullable() })),
  /** The members an unclear row may be. */
  candidates: z.array(
    z.object({ personId: Id, fullName: z.string(), birth: z.string(), identity: z.string().nullable() }),
  ),
})
export type StaffRow = z.infer<typeof StaffRow>

export const listStaffRows = endpoint('GET', '/staff-lists/:importId/rows', {
  summary: 'Rows of a staff list by what they are; `open`: only those still to accept',
  params: StaffList,
  query: z.object({ verdict: StaffVerdict.optional(), open: z.stringbool().optional(), cursor: Cursor, limit: Limit }),
  returns: z.object({ rows: z.array(StaffRow), next: z.string().nullable() }),
  refuses: ['not-found'],
})

export const settleStaffRow = endpoint('POST', '/staff-lists/:importId/rows/:line/settlements', {
  summary: 'Say what an unclear row is: mend what is typed, pick the member it is, or say that it is a new worker',
  params: z.object({ importId: Id, line: z.coerce.number().int().min(1) }),
  body: z.union([
    z.object({ typed: z.record(z.string().max(60), z.string().max(1000)) }),
    z.object({ personId: Id }),
    z.object({ isNew: z.literal(true) }),
  ]),
  returns: z.object({ row: StaffRow, counts: z.record(z.string(), z.number().int()) }),
  refuses: ['not-allowed', 'not-found', 'import-is-elsewhere', 'row-done', 'not-a-candidate'],
})

const AcceptedGroup = z
  .object({
    verdict: StaffVerdict,
    act: StaffAct,
    /** Rows one by one; without them every open row of the verdict, but for those held. */
    lines: z.array(z.number().int().min(1)).min(1).max(5000).nullish(),
    /** How many rows the caller was shown; another number is refused. */
    count: z.number().int().min(1),
    /** The day of the movements; without it the day of the list. */
    on: Day.nullish(),
    reason: Text(300).nullish(),
    decision: DecisionEntry.nullish(),
    /** For rows that say no union to send to. */
    toUnitId: Id.nullish(),
  })
  .refine(({ verdict, act }) => actsFor(verdict).includes(act), { path: ['act'] })
export type AcceptedGroup = z.infer<typeof AcceptedGroup>

export const acceptStaffRows = endpoint('POST', '/staff-lists/:importId/acceptances', {
  summary:
    'Accept groups or single rows, in one transaction. A row that the register has overtaken is told, not written',
  params: StaffList,
  body: z.object({ groups: z.array(AcceptedGroup).min(1).max(20) }),
  returns: z.object({
    accepted: z.number().int(),
    /** Rows that stay open, and why. */
    refused: z.array(z.object({ line: z.number().int(), fullName: z.string(), title: z.string() })),
    counts: z.record(z.string(), z.number().int()),
  }),
  refuses: [
    'not-allowed',
    'not-found',
    'import-is-elsewhere',
    'row-done',
    'rows-changed',
    'day-in-future',
    'needs-a-union',
    'same-union',
    'not-a-grassroots-union',
    'decision-number-taken',
    'effective-before-signed',
    'founding-cancelled',
    'day-before-founding',
    'unit-ended',
  ],
})

export const closeStaffList = endpoint('POST', '/staff-lists/:importId/closings', {
  summary: 'Finish a staff list: what was not accepted is dropped with the file; it can still be taken back',
  params: StaffList,
  returns: Import,
  refuses: ['not-allowed', 'not-found', 'import-is-elsewhere'],
})

export const undoStaffList = endpoint('POST', '/staff-lists/:importId/undoings', {
  summary:
    'Take back everything that was accepted of a list, also after others worked on it; goes on in the background',
  params: StaffList,
  body: z.object({ reason: Text(300) }),
  returns: Import,
  refuses: ['not-allowed', 'not-found', 'import-is-elsewhere'],
})

export const discardStaffList = endpoint('POST', '/staff-lists/:importId/discards', {
  summary: 'Give up a list of which nothing was accepted; its file and rows are dropped',
  params: StaffList,
  returns: Import,
  refuses: ['not-allowed', 'not-found', 'import-is-elsewhere'],
})

export const listStaffUndoLines = endpoint('GET', '/staff-lists/:importId/undo-lines', {
  summary: 'The three lists of an undo: reversed; kept because somebody worked on it since; impossible and why',
  params: StaffList,
  query: z.object({ outcome: z.enum(['reversed', 'kept', 'impossible']), cursor: Cursor, limit: Limit }),
  returns: z.object({
    lines: z.array(
      z.object({
        id: Id,
        personId: Id.nullable(),
        fullName: z.string(),
        what: z.enum(['movement', 'fields', 'invitation', 'request']),
        fields: z.array(z.string()),
        why: z.string().nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
  refuses: ['not-found'],
})

export const InvitationState = z.enum(['open', 'joined', 'declined', 'withdrawn'])

export const listInvitations = endpoint('GET', '/invitations', {
  summary: 'Workers who were asked to join, of a union or a branch: who still is to answer, who joined, who declined',
  query: z.object({ unitId: Id, state: InvitationState.default('open'), cursor: Cursor, limit: Limit }),
  returns: z.object({
    invitations: z.array(
      z.object({
        id: Id,
        unitId: Id,
        unitName: z.string(),
        fullName: z.string(),
        birth: z.string(),
        identity: z.string().nullable(),
        on: Day,
        state: InvitationState,
        reason: z.string().nullable(),
        /** Who they became. */
        personId: Id.nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
  refuses: ['not-found'],
})

export const openInvitations = endpoint('POST', '/units/:unitId/invitation-openings', {
  summary: 'Open what was typed of invited workers, to fill in their admission; who opened it is kept',
  params: z.object({ unitId: Id }),
  body: z.object({ invitationIds: z.array(Id).min(1).max(5000) }),
  returns: z.object({
    people: z.array(
      z.object({ fullName: z.string(), birthDate: z.string(), sex: z.string(), identityNumber: z.string() }),
    ),
  }),
  refuses: ['not-allowed', 'not-found'],
})

export const declineInvitation = endpoint('POST', '/invitations/:invitationId/refusals', {
  summary: 'Record that an invited worker does not want to join, for now',
  params: z.object({ invitationId: Id }),
  body: z.object({ reason: Text(300).nullish() }),
  returns: z.object({}),
  refuses: ['not-allowed', 'not-found', 'already-answered'],
})
