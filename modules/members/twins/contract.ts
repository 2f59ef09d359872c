/** Twins: the same person registered twice. A human decides, side by side; a merge keeps both histories and can be undone. */
import { z } from 'zod'
import { endpoint } from '#kernel/endpoint.ts'
import { Cursor, Day, Id, Limit, Text } from '#kernel/shapes.ts'
import { UnitRef } from '#modules/units/contract.ts'
import { Member, MovementKind, showMember } from '../contract.ts'
import { reasonsAgainst, reasonsFor } from './rules.ts'

const Reasons = { reasons: z.array(z.enum(reasonsFor)), against: z.array(z.enum(reasonsAgainst)) }

export const listTwins = endpoint('GET', '/twins', {
  summary: 'Pairs of people of a branch who look alike and wait for a human, the most alike first',
  query: z.object({ unitId: Id.optional(), cursor: Cursor, limit: Limit }),
  returns: z.object({
    pairs: z.array(z.object({ a: Member, b: Member, isByHand: z.boolean(), ...Reasons })),
    total: z.number().int(),
    /** People of the branch who look like a member whom the caller may not see; more is not told. */
    elsewhere: z.array(Member),
    elsewhereTotal: z.number().int(),
    next: z.string().nullable(),
  }),
  refuses: ['not-found'],
})

/** A movement that a merge or its undo tells about. */
const Told = z.object({ movementId: Id, kind: MovementKind, on: Day, unit: UnitRef.nullable() })

const Side = showMember.returns.extend({
  citizenship: z.string(),
  hasPhoto: z.boolean(),
  /** What a merge would do with this person's movements if the other one were kept. */
  ifMerged: z.object({
    carried: z.array(Told),
    /** The same membership twice: it would be in the kept person's history once. */
    dropped: z.array(Told),
    /** Admissions that the branch's figures would count less. */
    admissionsLess: z.number().int(),
    /** Part of the history is out of sight: somebody above must merge. */
    isOutside: z.boolean(),
  }),
})
export type Side = z.infer<typeof Side>

const Pair = z.object({ personId: Id, otherId: Id })

export const showTwins = endpoint('GET', '/twins/:personId/:otherId', {
  summary:
    'Two people side by side: why they may be one, where they differ, and what merging either into the other would do',
  params: Pair,
  returns: z.object({
    a: Side,
    b: Side,
    ...Reasons,
    suggestedId: Id,
    /** Fields of the record, a sensitive one as dots; whether both say the same is told even then. */
    fields: z.array(
      z.object({ code: z.string(), a: z.string().nullable(), b: z.string().nullable(), isSame: z.boolean() }),
    ),
    /** Somebody said that they are not the same. */
    decision: z.object({ id: Id, reason: z.string(), at: z.string(), by: z.string() }).nullable(),
  }),
  refuses: ['not-found', 'same-person', 'already-merged'],
})

export const proposeTwins = endpoint('POST', '/twins', {
  summary: 'Put two people before whoever decides, though nothing in the register says that they are alike',
  body: Pair,
  returns: z.object({ personId: Id, otherId: Id }),
  refuses: ['not-allowed', 'not-found', 'same-person', 'already-merged', 'told-apart'],
})

export const tellApart = endpoint('POST', '/twins/:personId/:otherId/decisions', {
  summary: 'Say that two people are not the same; they are not asked about again',
  params: Pair,
  body: z.object({ reason: Text(300) }),
  returns: z.object({ decisionId: Id }),
  refuses: ['not-allowed', 'not-found', 'same-person', 'already-merged', 'told-apart'],
})

export const withdrawDecision = endpoint('POST', '/twin-decisions/:decisionId/reversals', {
  summary: 'Take back that two people are not the same; they wait to be looked at again',
  params: z.object({ decisionId: Id }),
  body: z.object({ reason: Text(300) }),
  returns: z.object({ decisionId: Id }),
  refuses: ['not-allowed', 'not-found', 'already-reversed'],
})

export const mergePeople = endpoint('POST', '/merges', {
  summary: 'Merge one person into another: one history, both readable; what would be there twice is dropped and told',
  body: z.object({ keptId: Id, mergedId: Id, reason: Text(300) }),
  returns: z.object({
    mergeId: Id,
    carried: z.array(Told),
    dropped: z.array(Told),
    /** Fields that the kept person lacked and has now. */
    fields: z.array(z.string()),
  }),
  refuses: [
    'not-allowed',
    'not-found',
    'same-person',
    'already-merged',
    'told-apart',
    'history-out-of-sight',
    'transfer-waits',
  ],
})

export const separatePeople = endpoint('POST', '/merges/:mergeId/reversals', {
  summary: 'Undo a merge: both people are as they were, and everything done since is handed back to whom it belongs',
  params: z.object({ mergeId: Id }),
  body: z.object({ reason: Text(300) }),
  returns: z.object({
    mergeId: Id,
    /** The merged person's movements, theirs again. */
    returned: z.array(Told),
    /** Recorded since, and following from their membership: theirs. */
    followed: z.array(Told),
    /** Recorded since: stays with the kept person. */
    stayed: z.array(Told),
    /** Theirs before, and taken back by somebody since: it stays taken back. */
    takenBack: z.array(Told),
  }),
  refuses: [
    'not-allowed',
    'not-found',
    'already-reversed',
    'merged-since',
    'history-impossible',
    'history-out-of-sight',
    'number-given-since',
  ],
})

export const listMerges = endpoint('GET', '/members/:personId/merges', {
  summary: 'Whom a person was merged into, who was merged into them, and what each merge did',
  params: z.object({ personId: Id }),
  returns: z.object({
    /** The person this row is now; null when it stands for itself. */
    mergedInto: z.object({ id: Id, fullName: z.string() }).nullable(),
    merges: z.array(
      z.object({
        id: Id,
        kept: z.object({ id: Id, fullName: z.string() }),
        merged: z.object({ id: Id, fullName: z.string() }),
        reason: z.string(),
        at: z.string(),
        by: z.string(),
        undone: z.object({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
        lines: z.array(Told.extend({ outcome: z.string() })),
      }),
    ),
  }),
  refuses: ['not-found'],
})
