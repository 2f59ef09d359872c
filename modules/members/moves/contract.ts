/** Moves of members between and within unions: sending and receiving are two legs, suspension rests, nothing is rewritten. */
import { z } from 'zod'
import { endpoint } from '#kernel/endpoint.ts'
import { Cursor, Day, Id, Limit, Text } from '#kernel/shapes.ts'
import { DecisionEntry, UnitRef } from '#modules/units/contract.ts'

const PersonIds = z.array(Id).min(1).max(5000)

const moveRefusals = [
  'not-allowed',
  'not-found',
  'day-in-future',
  'history-impossible',
  'decision-number-taken',
  'effective-before-signed',
] as const

export const sendMembers = endpoint('POST', '/sendings', {
  summary: 'Send members of one union to another: the first leg of a transfer; with `arrives` both legs on one day',
  body: z.object({
    personIds: PersonIds,
    on: Day,
    /** Null: outside the federation, or not known yet. */
    toUnitId: Id.nullable(),
    /** Records the arrival too, where the caller may act for the receiving union. */
    arrives: z.boolean().default(false),
    reason: Text(300).nullish(),
    decision: DecisionEntry.nullish(),
  }),
  returns: z.object({ movementIds: z.array(Id) }),
  refuses: [
    ...moveRefusals,
    'not-a-member',
    'not-a-grassroots-union',
    'same-union',
    'day-before-founding',
    'founding-cancelled',
    'unit-ended',
  ],
})

export const receiveMembers = endpoint('POST', '/units/:unitId/receptions', {
  summary: 'Receive members who are on the road: the second leg of a transfer; it is no admission',
  params: z.object({ unitId: Id }),
  body: z.object({ personIds: PersonIds, on: Day, decision: DecisionEntry.nullish() }),
  returns: z.object({ movementIds: z.array(Id) }),
  refuses: [
    ...moveRefusals,
    'not-on-the-road',
    'not-a-grassroots-union',
    'day-before-founding',
    'founding-cancelled',
    'unit-ended',
  ],
})

export const SuspensionCause = z.enum(['employer_stopped', 'hardship', 'job_loss', 'other'])

export const suspendMember = endpoint('POST', '/members/:personId/suspensions', {
  summary: 'Record that a member rests from union life: no dues, still a member (guidance 38 of 2024, item 2.2)',
  params: z.object({ personId: Id }),
  body: z.object({ on: Day, cause: SuspensionCause, reason: Text(300), decision: DecisionEntry.nullish() }),
  returns: z.object({ movementId: Id }),
  refuses: [...moveRefusals, 'not-a-member'],
})

export const resumeMember = endpoint('POST', '/members/:personId/resumptions', {
  summary: 'Record that a suspended member takes part again',
  params: z.object({ personId: Id }),
  body: z.object({ on: Day, reason: Text(300).nullish() }),
  returns: z.object({ movementId: Id }),
  refuses: [...moveRefusals, 'not-a-member'],
})

const Traveller = z.object({
  personId: Id,
  fullName: z.string(),
  birth: z.string(),
  /** Null where the other end is outside the caller's branch, or not known. */
  from: UnitRef.nullable(),
  to: UnitRef.nullable(),
  /** The receiving end lies in the branch that was asked about; the caller may receive them there. */
  isArriving: z.boolean(),
  /** They are sent to a union that the caller may not see; else null in `to` means not known yet. */
  isToHidden: z.boolean(),
  sentOn: Day,
  days: z.number().int(),
  movementId: Id,
})

export const listOnTheRoad = endpoint('GET', '/members-on-the-road', {
  summary: 'Members sent and not yet received, the longest on the road first',
  query: z.object({ unitId: Id, cursor: Cursor, limit: Limit }),
  returns: z.object({ travellers: z.array(Traveller), total: z.number().int(), next: z.string().nullable() }),
  refuses: ['not-found'],
})

export const listSuspended = endpoint('GET', '/suspended-members', {
  summary: 'Members who rest from union life, the longest first; beyond the months the rule allows they are marked',
  query: z.object({ unitId: Id, cursor: Cursor, limit: Limit }),
  returns: z.object({
    members: z.array(
      z.object({
        personId: Id,
        fullName: z.string(),
        unit: UnitRef,
        since: Day,
        cause: z.string().nullable(),
        /** The last day the rule allows, for a job lost; null where no limit is set. */
        until: Day.nullable(),
      }),
    ),
    total: z.number().int(),
    next: z.string().nullable(),
  }),
  refuses: ['not-found'],
})

export const askForTransfer = endpoint('POST', '/units/:unitId/transfer-requests', {
  summary: 'Ask the union somebody belongs to, unseen, to send them here',
  params: z.object({ unitId: Id }),
  body: z.object({ identityNumber: z.string().max(40), fullName: Text(200), on: Day }),
  returns: z.object({ requestId: Id }),
  refuses: [
    'not-allowed',
    'not-found',
    'not-a-grassroots-union',
    'nobody-elsewhere',
    'on-the-road-elsewhere',
    'another-person-here',
    'already-asked',
    'day-in-future',
  ],
})

export const listTransferRequests = endpoint('GET', '/transfer-requests', {
  summary: 'Requests for members of this branch, and those it made itself, with what became of them',
  query: z.object({ unitId: Id }),
  returns: z.object({
    requests: z.array(
      z.object({
        id: Id,
        /** `in`: somebody asks for a member of this branch; `out`: this branch asked. */
        direction: z.enum(['in', 'out']),
        personId: Id.nullable(),
        fullName: z.string(),
        askedBy: z.string(),
        holder: UnitRef.nullable(),
        on: Day,
        askedAt: z.string(),
        answer: z.enum(['sent', 'refused']).nullable(),
        reason: z.string().nullable(),
      }),
    ),
  }),
  refuses: ['not-found'],
})

export const answerTransferRequest = endpoint('POST', '/transfer-requests/:requestId/answers', {
  summary: 'Send the member who was asked for, or refuse and say why',
  params: z.object({ requestId: Id }),
  body: z.object({ on: Day.nullish(), refusedBecause: Text(300).nullish() }),
  returns: z.object({ movementId: Id.nullable() }),
  refuses: [...moveRefusals, 'not-a-member', 'already-answered'],
})
