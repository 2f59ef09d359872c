/** Progress: result against target on any cut-off day. A figure is a list that was counted; every figure opens to it. */
import { z } from 'zod'
import { endpoint } from '#kernel/endpoint.ts'
import { Cursor, Day, Id, Instant, Limit, List, Text } from '#kernel/shapes.ts'
import { TargetBy } from '#modules/targets/contract.ts'
import { Decision, UnitRef } from '#modules/units/contract.ts'

export const IndicatorKind = z.enum(['flow', 'stock', 'ratio'])
export type IndicatorKind = z.infer<typeof IndicatorKind>
export const Measure = z.enum(['people', 'unions', 'dong', 'other'])

export const Indicator = z.object({
  code: z.string(),
  kind: IndicatorKind,
  measure: Measure,
  /** Counted from a ledger; otherwise declared by a unit, and marked so wherever it is shown. */
  counted: z.boolean(),
  /** The indicator this one is 'of which'. */
  parent: z.string().nullable(),
  nameVi: z.string(),
  nameEn: z.string(),
})
export type Indicator = z.infer<typeof Indicator>

export const TargetLine = z.object({
  by: TargetBy,
  value: z.number().int(),
  version: z.number().int(),
  setOn: Day,
  /** Exact quotient, half up to the decimals asked; null when the target is 0. */
  percent: z.string().nullable(),
})

export type Figure = {
  indicator: string
  counted: boolean
  result: number | null
  /** Of a ratio, or of a declared percent; a decimal string. */
  percent: string | null
  /** Of a declared figure: the last day it speaks of. */
  declaredTo: string | null
  ofWhich: Figure[]
  targets: z.infer<typeof TargetLine>[]
}
export const Figure: z.ZodType<Figure> = z
  .object({
    indicator: z.string(),
    counted: z.boolean(),
    result: z.number().int().nullable(),
    percent: z.string().nullable(),
    declaredTo: Day.nullable(),
    get ofWhich() {
      return z.array(Figure)
    },
    targets: z.array(TargetLine),
  })
  .meta({ id: 'Figure' })

/** The three clocks, and where. `from`: start of the year of `asOf` when left out. `structureOn`: `asOf` when left out. */
export const Clocks = z.object({
  unitId: Id,
  from: Day.optional(),
  asOf: Day.optional(),
  knownAt: Instant.optional(),
  structureOn: Day.optional(),
})
export type Clocks = z.infer<typeof Clocks>

export const AskedClocks = { from: Day, asOf: Day, knownAt: z.string().nullable(), structureOn: Day }

const figureQuery = Clocks.extend({
  indicator: List(z.string().max(80)),
  decimals: z.coerce.number().int().min(0).max(12).default(1),
})

export const Board = z.object({
  unit: UnitRef,
  ...AskedClocks,
  figures: z.array(Figure),
  /** One row a child unit, or an officer; empty unless asked for. */
  rows: z.array(
    z.object({
      unit: UnitRef.nullable(),
      officer: z.object({ id: Id, name: z.string() }).nullable(),
      figures: z.array(Figure),
    }),
  ),
})
export type Board = z.infer<typeof Board>

const clockRefusals = ['not-found', 'unknown-indicator', 'period-backwards', 'known-at-in-future'] as const

export const showProgress = endpoint('GET', '/progress', {
  summary: 'Figures of a unit in a period, with targets and percent, and the same by child unit or officer',
  query: figureQuery.extend({ by: z.enum(['children', 'officers', 'none']).default('none') }),
  returns: Board,
  refuses: clockRefusals,
})

export const ListedRow = z.object({
  /** Unique in its list; a ledger row's id. */
  id: z.string(),
  /** What a row counts: a person's movement, a founding, a unit's event, a workforce change. */
  subject: z.enum(['person', 'founding', 'unit', 'employer', 'declaration']),
  subjectId: Id,
  title: z.string(),
  quantity: z.number().int(),
  occurredOn: Day,
  unit: UnitRef,
  decision: Decision.nullable(),
  officer: z.object({ id: Id, name: z.string() }).nullable(),
  recordedAt: z.string(),
  recordedBy: z.string(),
})
export type ListedRow = z.infer<typeof ListedRow>

export const listFigure = endpoint('GET', '/progress/list', {
  summary: 'The ledger rows that a figure counted, fifty at a time; their quantities add up to it',
  query: Clocks.extend({ indicator: z.string().max(80), officerId: Id.optional(), cursor: Cursor, limit: Limit }),
  returns: z.object({
    indicator: z.string(),
    unit: UnitRef,
    ...AskedClocks,
    result: z.number().int().nullable(),
    rows: z.array(ListedRow),
    next: z.string().nullable(),
  }),
  refuses: clockRefusals,
})

export const showYear = endpoint('GET', '/progress/year', {
  summary: "The year's line: the running result at each month's end, last year's beside it, and the target",
  query: Clocks.extend({ indicator: z.string().max(80) }),
  returns: z.object({
    indicator: z.string(),
    ...AskedClocks,
    points: z.array(z.object({ on: Day, result: z.number().int().nullable(), lastYear: z.number().int().nullable() })),
    targets: z.array(TargetLine),
    /** The result that keeps an even pace to the target on `asOf`; null without a target. Rounded half up. */
    pace: z.number().int().nullable(),
  }),
  refuses: clockRefusals,
})

export const listIndicators = endpoint('GET', '/indicators', {
  summary: 'Every indicator: counted ones and those that units declare',
  returns: z.object({ indicators: z.array(Indicator) }),
})

export const declareFigure = endpoint('POST', '/declarations', {
  summary:
    'Declare a figure that no ledger records yet; a later declaration of the same period replaces it from then on',
  body: z.object({
    unitId: Id,
    indicator: z.string().min(1).max(80),
    from: Day.nullish(),
    to: Day,
    result: z.number().int().nullish(),
    percent: z
      .string()
      .regex(/^\d{1,9}(\.\d{1,6})?$/)
      .nullish(),
    note: Text(500).nullish(),
  }),
  returns: z.object({ id: Id }),
  refuses: [
    'not-allowed',
    'not-found',
    'unknown-indicator',
    'indicator-is-counted',
    'period-backwards',
    'day-in-future',
    'nothing-declared',
  ],
})

const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const document = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export const exportBoard = endpoint('GET', '/progress/board.xlsx', {
  summary: 'The board as it is seen, as a spreadsheet',
  query: figureQuery.extend({ by: z.enum(['children', 'officers', 'none']).default('children') }),
  file: spreadsheet,
  refuses: clockRefusals,
})

export const exportList = endpoint('GET', '/progress/list.xlsx', {
  summary: 'The whole list behind a figure, as a spreadsheet',
  query: Clocks.extend({ indicator: z.string().max(80), officerId: Id.optional() }),
  file: spreadsheet,
  refuses: clockRefusals,
})

export const exportReport = endpoint('GET', '/progress/report.docx', {
  summary: 'The report in the layout of union documents (QĐ 933/QĐ-TLĐ 2024; Decree 30/2020, App. I)',
  query: figureQuery.extend({ by: z.enum(['children', 'officers', 'none']).default('none') }),
  file: document,
  refuses: clockRefusals,
})
