/** Waiting rows as a person reads them: what was typed, what would change, what stands in the way, in words. */
import { sql } from 'kysely'
import { readCursor, writeCursor } from '#kernel/cursor.ts'
import { fillIn, formatDay, phrases, sentenceOf } from '#kernel/phrases.ts'
import { Problem, type Facts, type Fault } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import type { Import } from '#modules/imports/contract.ts'
import { getImport } from '#modules/imports/states.ts'
import type { Ctx } from '#platform/database.ts'
import { streamSheet } from '#platform/excel.ts'
import { showValue, type Kept } from '../record/values.ts'
import type { ImportRow, RowVerdict, Settings } from './contract.ts'
import type { RowWarning } from './row.ts'

type Row = {
  line: number
  verdict: RowVerdict
  typedSealed: Buffer
  fullName: string | null
  birth: string | null
  unionName: string | null
  personId: string | null
  whereNow: string | null
  faults: Fault[] | null
  refusals: Fault[] | null
  warnings: RowWarning[] | null
  notes: { name: 'sex-differs-here' }[] | null
  changes: Record<string, { was: Kept; now: Kept }> | null
  isLeftOut: boolean
}

const columns = sql`r.line, r.verdict, r.typed_sealed as "typedSealed", r.full_name as "fullName", coalesce(r.birth_date::text, r.birth_year::text) as birth,
  (select u.name from units.unit u where u.id = r.unit_id) as "unionName", r.person_id as "personId", r.where_now as "whereNow", r.faults, r.refusals, r.warnings, r.notes, r.changes,
  r.is_left_out as "isLeftOut"`

function importRowOf(ctx: Ctx, row: Row): ImportRow {
  const say = phrases[ctx.language].screens.record
  const titled = ({ name, facts }: Fault) => ({ name, title: sentenceOf(ctx.language, name, facts) })
  const fieldName = (code: string) => (say.fields as Record<string, string>)[code] ?? code
  const warned = (warning: RowWarning | { name: 'sex-differs-here' }) => {
    const facts: Facts = 'facts' in warning && warning.facts ? warning.facts : {}
    const told = facts['field'] ? { ...facts, field: fieldName(String(facts['field'])) } : facts
    return { name: warning.name, title: fillIn(ctx.language, say.warnings[warning.name], told) }
  }
  const printed = (kept: Kept, code: string) => {
    const value = kept === null ? null : showValue(ctx.secret, kept, false)
    if (value === null) return null
    if (code === 'identityNumber') return `•••${value}`
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDay(value) : value
  }
  return {
    line: row.line,
    verdict: row.verdict,
    typed: JSON.parse(ctx.secret.open(row.typedSealed)) as Record<string, string>,
    fullName: row.fullName ?? '',
    birth: row.birth ?? '',
    unionName: row.unionName,
    personId: row.verdict === 'new' || row.verdict === 'refused' ? null : row.personId,
    whereNow: row.whereNow,
    faults: [...(row.faults ?? []), ...(row.refusals ?? [])].map(titled),
    warnings: [...(row.warnings ?? []), ...(row.notes ?? [])].map(warned),
    changes: Object.entries(row.changes ?? {}).map(([field, { was, now }]) => ({
      field,
      was: printed(was, field),
      now: printed(now, field),
    })),
    isLeftOut: row.isLeftOut,
  }
}

type Ask = {
  verdict?: RowVerdict | undefined
  warned?: boolean | undefined
  cursor?: string | undefined
  limit: number
}

export async function listRows(ctx: Ctx, importId: string, ask: Ask) {
  await getImport(ctx, importId, 'members')
  const [after] = readCursor(ask.cursor, ['number']) ?? [0]
  const verdict = ask.verdict ? sql`r.verdict = ${ask.verdict}` : sql`r.verdict is not null`
  const warned = ask.warned ? sql`(r.warnings is not null or r.notes is not null)` : sql`true`
  const { rows } = await sql<Row>`select ${columns} from members.import_row r
    where r.import_id = ${importId} and ${verdict} and ${warned} and r.line > ${after} order by r.line limit ${sql.lit(ask.limit + 1)}`.execute(
    ctx.db,
  )
  const page = rows.slice(0, ask.limit)
  return {
    rows: page.map((row) => importRowOf(ctx, row)),
    next: rows.length > ask.limit ? writeCursor([page.at(-1)!.line]) : null,
  }
}

export async function rowOf(ctx: Ctx, importId: string, line: number): Promise<ImportRow> {
  const { rows } =
    await sql<Row>`select ${columns} from members.import_row r where r.import_id = ${importId} and r.line = ${line}`.execute(
      ctx.db,
    )
  if (!rows[0]) throw new Problem('not-found')
  return importRowOf(ctx, rows[0])
}

/** The rows that are not written, as a workbook to mend: the fields under their own names, and what is wrong beside. */
export async function writeBadRows(ctx: Ctx, importId: string) {
  requireRole(ctx, 'admit')
  const found = await getImport(ctx, importId, 'members')
  const say = phrases[ctx.language].screens
  const fieldsUsed = [
    ...new Set(
      columnsOf(found)
        .map(({ field }) => field)
        .filter((field) => field !== null),
    ),
  ]
  const codes = [...new Set(fieldsUsed.map((field) => merged[field] ?? field))]
  const names = say.record.columns as Record<string, string>
  const columnsOut = [
    ...codes.map((code) => ({
      header: names[code] ?? (say.record.fields as Record<string, string>)[code] ?? code,
      width: 20,
    })),
    { header: say.imports.toMend, width: 60 },
  ]
  const rows: string[][] = []
  for (let after = 0; ;) {
    const page = await sql<Row>`select ${columns} from members.import_row r
      where r.import_id = ${importId} and r.verdict in ('refused', 'elsewhere') and r.line > ${after} order by r.line limit 2000`.execute(
      ctx.db,
    )
    for (const row of page.rows.map((one) => importRowOf(ctx, one)))
      rows.push([
        ...codes.map((code) => row.typed[code] ?? ''),
        row.faults.map((fault) => fault.title).join(' ') || (row.whereNow ?? say.imports.verdicts.elsewhere),
      ])
    if (page.rows.length < 2000) break
    after = page.rows.at(-1)!.line
  }
  async function* each() {
    yield* rows
  }
  return {
    name: `${found.fileName.replace(/\.\w+$/, '')}-${say.imports.badRowsName}.xlsx`,
    content: streamSheet(say.imports.badRowsName, columnsOut, each()),
  }
}

/** The columns as they were mapped, once somebody has. */
const columnsOf = ({ head, settings }: Import) => (settings as Partial<Settings>).columns ?? head.columns

/** Columns that were joined when they were read. */
const merged: Record<string, string> = {
  familyName: 'fullName',
  givenName: 'fullName',
  birthDay: 'birthDate',
  birthMonth: 'birthDate',
  birthYear: 'birthDate',
  birthIfMale: 'birthDate',
  birthIfFemale: 'birthDate',
  isMale: 'sex',
  isFemale: 'sex',
}

/** What an undo kept of its reasons. */
export type UndoReason = {
  fields?: string[]
  by?: string
  at?: string
  laterKind?: string
  laterOn?: string
  reversed?: boolean
}

type LineRow = {
  id: string
  personId: string
  fullName: string
  what: 'movement' | 'fields'
  outcome: 'reversed' | 'kept' | 'impossible'
  why: UndoReason
}

export async function listUndoLines(
  ctx: Ctx,
  importId: string,
  ask: { outcome: 'reversed' | 'kept' | 'impossible'; cursor?: string | undefined; limit: number },
) {
  await getImport(ctx, importId, 'members')
  const [after] = readCursor(ask.cursor, ['id']) ?? ['0']
  const { rows } = await sql<LineRow>`
    select u.id, u.person_id as "personId", n.full_name as "fullName", u.what, u.outcome, u.why from members.undo_line u join members.names_of_import(${importId}::bigint) n on n.id = u.person_id
    where u.import_id = ${importId} and u.outcome = ${ask.outcome} and u.id > ${after}::bigint order by u.id limit ${sql.lit(ask.limit + 1)}`.execute(
    ctx.db,
  )
  const page = rows.slice(0, ask.limit)
  return {
    lines: page.map(({ outcome, why, ...row }) => ({
      ...row,
      fields: (why.fields ?? []).map((field) => (field === 'identityHash' ? 'identityNumber' : field)),
      why: outcome === 'reversed' ? null : reasonOf(ctx, why),
    })),
    next: rows.length > ask.limit ? writeCursor([page.at(-1)!.id]) : null,
  }
}

/** Why something was kept or could not be taken back, in words. */
export function reasonOf(ctx: Ctx, why: UndoReason): string {
  const { screens, work } = phrases[ctx.language]
  const by = why.by ?? ''
  if (why.laterKind)
    return screens.imports.laterRow(
      (work.movementKinds as Record<string, string>)[why.laterKind] ?? why.laterKind,
      formatDay(why.laterOn ?? ''),
      by,
    )
  if (why.reversed) return screens.imports.takenBackSince(by)
  return screens.imports.workedOnSince(by)
}
