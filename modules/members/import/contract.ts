/** Imports of members: an officer's own file as it is, what it would do, and the way back. */
import { z } from 'zod'
import { endpoint } from '#kernel/endpoint.ts'
import { Cursor, Day, Id, Limit, Text } from '#kernel/shapes.ts'
import { Import, ImportColumn } from '#modules/imports/contract.ts'
import { DecisionEntry } from '#modules/units/contract.ts'

export const RowVerdict = z.enum(['new', 'returns', 'arrives', 'changed', 'same', 'elsewhere', 'refused'])
export type RowVerdict = z.infer<typeof RowVerdict>

export const Settings = z.object({
  sheet: z.string().max(200).nullish(),
  columns: z.array(ImportColumn).min(1).max(400),
  /** `opening`: members since before the records began; `admitted`: admitted now, which counts. */
  kind: z.enum(['opening', 'admitted']),
  /** The day for rows that name none. */
  on: Day,
  decision: DecisionEntry.nullish(),
  officerId: Id.nullish(),
})
export type Settings = z.infer<typeof Settings>

const fileRefusals = [
  'not-allowed',
  'not-found',
  'list-unreadable',
  'file-too-large',
  'file-not-a-table',
  'file-password-protected',
  'file-old-excel',
  'file-empty',
  'file-truncated',
  'file-too-wide',
  'file-unpacks-too-large',
] as const

export const uploadMemberList = endpoint('POST', '/units/:unitId/member-imports', {
  summary: 'Take an xlsx or csv list as it is: its encoding, header and columns are recognised; nothing is written yet',
  params: z.object({ unitId: Id }),
  uploadBytesMax: 400_000_000,
  uploadToDisk: true,
  returns: Import,
  refuses: fileRefusals,
})

export const listMemberImports = endpoint('GET', '/member-imports', {
  summary: 'Imports of a unit and its branch, the newest first',
  query: z.object({ unitId: Id }),
  returns: z.object({ imports: z.array(Import) }),
  refuses: ['not-found'],
})

export const showMemberImport = endpoint('GET', '/member-imports/:importId', {
  summary: 'One import: state, columns, numbers by verdict, progress of the work under way',
  params: z.object({ importId: Id }),
  returns: Import,
  refuses: ['not-found'],
})

export const readMemberImport = endpoint('POST', '/member-imports/:importId/readings', {
  summary: 'Read the whole file by these columns and say of each row what it would do; goes on in the background',
  params: z.object({ importId: Id }),
  body: Settings,
  returns: Import,
  refuses: [
    'not-allowed',
    'not-found',
    'import-is-elsewhere',
    'columns-name-nobody',
    'day-in-future',
    'decision-number-taken',
    'effective-before-signed',
  ],
})

export const ImportRow = z.object({
  line: z.number().int(),
  verdict: RowVerdict,
  /** The values as typed, by field; a mend starts from them. */
  typed: z.record(z.string(), z.string()),
  fullName: z.string(),
  birth: z.string(),
  unionName: z.string().nullable(),
  personId: Id.nullable(),
  /** Where a member elsewhere is, if the caller may see it. */
  whereNow: z.string().nullable(),
  faults: z.array(z.object({ name: z.string(), title: z.string() })),
  warnings: z.array(z.object({ name: z.string(), title: z.string() })),
  changes: z.array(z.object({ field: z.string(), was: z.string().nullable(), now: z.string().nullable() })),
  isLeftOut: z.boolean(),
})
export type ImportRow = z.infer<typeof ImportRow>

export const listImportRows = endpoint('GET', '/member-imports/:importId/rows', {
  summary: 'Rows of a list by verdict, fifty at a time, each with what it would do and why',
  params: z.object({ importId: Id }),
  query: z.object({ verdict: RowVerdict.optional(), warned: z.stringbool().optional(), cursor: Cursor, limit: Limit }),
  returns: z.object({ rows: z.array(ImportRow), next: z.string().nullable() }),
  refuses: ['not-found'],
})

export const mendImportRow = endpoint('POST', '/member-imports/:importId/rows/:line/mendings', {
  summary: 'Mend a row in place and judge it anew; or leave it out',
  params: z.object({ importId: Id, line: z.coerce.number().int().min(1) }),
  body: z.object({
    typed: z.record(z.string().max(60), z.string().max(1000)).nullish(),
    isLeftOut: z.boolean().nullish(),
  }),
  returns: z.object({ row: ImportRow, counts: z.record(z.string(), z.number().int()) }),
  refuses: ['not-allowed', 'not-found', 'import-is-elsewhere'],
})

export const commitMemberImport = endpoint('POST', '/member-imports/:importId/commits', {
  summary: 'Write every row that is not refused: all of them or none; goes on in the background',
  params: z.object({ importId: Id }),
  returns: Import,
  refuses: ['not-allowed', 'not-found', 'import-is-elsewhere'],
})

export const undoMemberImport = endpoint('POST', '/member-imports/:importId/undoings', {
  summary: 'Take an import back, also after others worked on it; goes on in the background',
  params: z.object({ importId: Id }),
  body: z.object({ reason: Text(300) }),
  returns: Import,
  refuses: ['not-allowed', 'not-found', 'import-is-elsewhere'],
})

export const discardMemberImport = endpoint('POST', '/member-imports/:importId/discards', {
  summary: 'Give up an import that was not written; its file and rows are dropped',
  params: z.object({ importId: Id }),
  returns: Import,
  refuses: ['not-allowed', 'not-found', 'import-is-elsewhere'],
})

export const listUndoLines = endpoint('GET', '/member-imports/:importId/undo-lines', {
  summary: 'The three lists of an undo: reversed; kept because somebody worked on it since; impossible and why',
  params: z.object({ importId: Id }),
  query: z.object({ outcome: z.enum(['reversed', 'kept', 'impossible']), cursor: Cursor, limit: Limit }),
  returns: z.object({
    lines: z.array(
      z.object({
        id: Id,
        personId: Id,
        fullName: z.string(),
        what: z.enum(['movement', 'fields']),
        fields: z.array(z.string()),
        /** Why it was kept or could not be taken back, in words; null for what was reversed. */
        why: z.string().nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
  refuses: ['not-found'],
})

export const badRowsFile = endpoint('GET', '/member-imports/:importId/bad-rows.xlsx', {
  summary: 'The rows that were not written, with what is wrong, as a workbook that can be mended and imported again',
  params: z.object({ importId: Id }),
  file: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  refuses: ['not-allowed', 'not-found'],
})
