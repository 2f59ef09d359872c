/** The register as a list: what it may be asked, the views kept of it, what leaves it as a file, and how complete it is. */
import { z } from 'zod'
import { endpoint } from '#kernel/endpoint.ts'
import { Day, Id, List, Sex, Text } from '#kernel/shapes.ts'
import { UnitRef } from '#modules/units/contract.ts'
import { fields, type FieldCode } from '../fields.ts'

/** `left`: within the last twelve months and not come back. Without a status: members, or for a search whoever was ever one. */
export const statuses = ['member', 'suspended', 'road', 'left'] as const
const Status = z.enum(statuses)
export type Status = z.infer<typeof Status>
/** `birthDay`: only the year is known. `something`: something of what a complete record has. */
export const missings = ['identityNumber', 'phone', 'photo', 'joiningDay', 'birthDay', 'something'] as const
const Missing = z.enum(missings)
export type Missing = z.infer<typeof Missing>
export const orders = ['union', 'name'] as const
const Order = z.enum(orders)
export type Order = z.infer<typeof Order>

/** Fields of a record that a list may show: none that the law calls sensitive. */
const listed = fields.filter((field) => field.class === 'basic').map((field) => field.code)
export const columns = [
  'birthDate',
  'sex',
  'identityNumber',
  'union',
  'since',
  'status',
  'leftOn',
  'photo',
  ...(listed as [FieldCode, ...FieldCode[]]),
] as const
const Column = z.enum(columns)
export type Column = z.infer<typeof Column>
export const usualColumns: readonly Column[] = ['birthDate', 'sex', 'identityNumber', 'union', 'since']
export const isRecordField = (column: Column): column is Column & FieldCode =>
  (listed as readonly string[]).includes(column)

const Age = z.coerce.number().int().min(0).max(150).optional()

/** Ages and days are both included. */
export const Filters = z.object({
  status: Status.optional(),
  sex: Sex.optional(),
  ageFrom: Age,
  ageTo: Age,
  sinceFrom: Day.optional(),
  sinceTo: Day.optional(),
  missing: List(Missing),
})
export type Filters = z.output<typeof Filters>

/** What a list of people is asked: the same for the screen and for a file. */
const Question = Filters.extend({
  unitId: Id.optional(),
  /** Words of a name in any order, half-typed; a card number; a passport number; a citizen number or its last digits. */
  q: z.string().max(120).default(''),
  asOf: Day.optional(),
  order: Order.default('union'),
  column: List(Column),
})

/** The key of the last row, names and all. */
const LongCursor = z.string().max(3000).optional()
export const RegisterQuery = Question.extend({
  cursor: LongCursor,
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** What a list adds to a person. */
export const Marks = z.object({
  status: z.enum(['member', 'suspended', 'road', 'former']),
  leftOn: Day.nullable(),
  hasPhoto: z.boolean(),
  /** Why a search found them; null in a list. */
  matched: z.enum(['name', 'beginning', 'given-name', 'words', 'card', 'identity', 'identity-tail']).nullable(),
  /** Fields of the record that were asked for as columns. */
  values: z.record(z.string(), z.string()),
})

/** How far a list was looked through. */
export const Extent = z.object({
  /** Everybody that fits, counted up to a bound; null on later pages. */
  found: z.object({ count: z.number().int(), isExact: z.boolean() }).nullable(),
  /** The work of one question was done before the page was full: `next` goes on. `unions`: looked through for this page. */
  stopped: z.object({ unions: z.number().int().nullable() }).nullable(),
  /** A large branch is listed union by union, whatever was asked. */
  order: Order,
})

const files = {
  query: Question.extend({
    /** With whole identity numbers, for this reason; who took them and why is kept. */
    reason: Text(300).optional(),
  }),
  refuses: ['not-allowed', 'not-found'] as const,
}
export const exportXlsx = endpoint('GET', '/members.xlsx', {
  summary:
    'A list of people as a workbook: the same filters, order and columns as the screen; every export is kept with its filters',
  file: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ...files,
})
export const exportCsv = endpoint('GET', '/members.csv', {
  summary: 'A list of people as UTF-8 text with commas (RFC 4180): the same rows as the workbook',
  file: 'text/csv; charset=utf-8',
  ...files,
})

const ViewEntry = z.object({
  name: Text(80),
  isShared: z.boolean(),
  filters: Filters.extend({ q: z.string().max(120).optional(), order: Order.optional() }),
  columns: z.array(Column).max(60),
})
export const View = ViewEntry.extend({ id: Id, by: z.string(), isOwn: z.boolean(), mayRemove: z.boolean() })
export type View = z.infer<typeof View>

export const listViews = endpoint('GET', '/member-views', {
  summary: 'Saved views of the register, one’s own and one’s unit’s, and with which it opens',
  returns: z.object({ views: z.array(View), defaultId: Id.nullable() }),
})
export const saveView = endpoint('POST', '/member-views', {
  summary: 'Keep filters, order and columns under a name; the same name again replaces what was kept',
  body: ViewEntry,
  returns: z.object({ id: Id }),
  refuses: ['not-allowed'],
})
export const removeView = endpoint('POST', '/member-views/:viewId/removals', {
  summary: 'Put a saved view away: one’s own, or as a leader one of the unit’s',
  params: z.object({ viewId: Id }),
  returns: z.object({ id: Id }),
  refuses: ['not-found'],
})
export const chooseView = endpoint('POST', '/member-view-choices', {
  summary: 'Say with which view the register opens; null is the plain register',
  body: z.object({ viewId: Id.nullable() }),
  returns: z.object({ viewId: Id.nullable() }),
  refuses: ['not-found'],
})

const Completeness = z.object({
  members: z.number().int(),
  withIdentity: z.number().int(),
  withPhone: z.number().int(),
  withPhoto: z.number().int(),
  withJoiningDay: z.number().int(),
  complete: z.number().int(),
})
export type Completeness = z.infer<typeof Completeness>

export const showCompleteness = endpoint('GET', '/completeness', {
  summary:
    'Of how many members today the identity number, phone, photo and joining day are known, in a branch and in each unit below',
  query: z.object({ unitId: Id }),
  returns: z.object({
    unit: UnitRef,
    figures: Completeness,
    children: z.array(z.object({ unit: UnitRef, figures: Completeness })),
    /** Unions whose records changed and that are still to be counted again: ask once more. */
    uncounted: z.number().int(),
  }),
  refuses: ['not-found'],
})
