/** The record of a person: what was said of them, by whom, and what still stands. Sensitive fields are read by a recorded act. */
import { z } from 'zod'
import { endpoint } from '#kernel/endpoint.ts'
import { Id, Text } from '#kernel/shapes.ts'

/** Values by field code; null clears a field, and a field that is not named is not touched. */
const Values = z.record(z.string().max(40), z.string().max(1000).nullable())

const ByWhom = z.object({ at: z.string(), by: z.string() })

export const showRecord = endpoint('GET', '/members/:personId/record', {
  summary: 'The fields of a person’s record, each statement behind them, and who looked',
  params: z.object({ personId: Id }),
  returns: z.object({
    /** What stands now, by field code; a sensitive value is shown as dots. */
    values: z.record(z.string(), z.string()),
    identityKind: z.enum(['citizen', 'passport']),
    citizenship: z.string(),
    hasPhoto: z.boolean(),
    /** What does not agree with the identity number: told, not refused. */
    warnings: z.array(z.object({ name: z.string(), title: z.string() })),
    statements: z.array(
      ByWhom.extend({
        id: Id,
        source: z.string(),
        /** Fields said, with the value as it may be shown; null where one was cleared. */
        said: z.record(z.string(), z.string().nullable()),
        reason: z.string().nullable(),
        isReversed: z.boolean(),
        importId: Id.nullable(),
      }),
    ),
    looks: z.array(ByWhom.extend({ what: z.enum(['record', 'identity', 'sensitive']), reason: z.string().nullable() })),
  }),
  refuses: ['not-found'],
})

const recordRefusals = [
  'not-allowed',
  'not-found',
  'field-unreadable',
  'another-person-here',
  'not-an-identity-number',
] as const

export const editRecord = endpoint('POST', '/members/:personId/statements', {
  summary: 'Say or clear fields of a person’s record; what was said before stays readable and can be brought back',
  params: z.object({ personId: Id }),
  body: z.object({ values: Values, reason: Text(300).nullish() }),
  returns: z.object({ statementId: Id.nullable() }),
  refuses: [...recordRefusals, 'identity-number-rounded', 'identity-number-lost-zeros'],
})

export const reverseStatement = endpoint('POST', '/statements/:statementId/reversals', {
  summary: 'Take a statement back: its fields are again what was said before, unless somebody said otherwise since',
  params: z.object({ statementId: Id }),
  body: z.object({ reason: Text(300) }),
  returns: z.object({ statementId: Id }),
  refuses: ['not-allowed', 'not-found', 'already-reversed'],
})

export const readSensitive = endpoint('POST', '/members/:personId/sensitive-readings', {
  summary: 'Show the sensitive fields of a record; who asked and why is kept',
  params: z.object({ personId: Id }),
  body: z.object({ reason: Text(300) }),
  returns: z.object({ values: z.record(z.string(), z.string()) }),
  refuses: ['not-allowed', 'not-found'],
})

export const addPhoto = endpoint('POST', '/members/:personId/photos', {
  summary: 'Keep a portrait (JPEG or PNG, up to 3 MB) for the member card',
  params: z.object({ personId: Id }),
  uploadBytesMax: 3_000_000,
  returns: z.object({ photoId: Id }),
  refuses: ['not-allowed', 'not-found', 'not-a-picture'],
})

export const showPhoto = endpoint('GET', '/members/:personId/photo', {
  summary: 'The portrait that was kept last',
  params: z.object({ personId: Id }),
  file: 'image/jpeg',
  refuses: ['not-found'],
})
