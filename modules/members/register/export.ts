/** Lists as files: the rows, order and columns of the screen, made while they are sent, so that memory stays flat. Every file is
 *  kept as a line - who, when, what was asked - and says so in its own title; its end is a line of its own. */
import { sql } from 'kysely'
import { formatDay, phrases } from '#kernel/phrases.ts'
import { Problem } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import { getUnit } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import { streamCsv } from '#platform/csv.ts'
import { streamSheet, type Cell } from '#platform/excel.ts'
import type { Again, FileAnswer } from '#platform/serve.ts'
import type { ListedMember } from '../contract.ts'
import type { FieldCode } from '../fields.ts'
import { isRecordField, usualColumns, type Column } from './contract.ts'
import { readQuestion, usualBounds, type Ask, type Question } from './filters.ts'
import { showPeople } from './people.ts'
import { findPage } from './queries.ts'
import { columnName, describeQuestion } from './sentence.ts'

type Wanted = Omit<Ask, 'cursor' | 'limit'> & { reason?: string | undefined }
/** Nobody waits for a page of a file on a screen: larger ones cost less a row. */
const pageRows = 1_000
const bounds = { ...usualBounds, budget: 2_000 }

export async function exportList(ctx: Ctx, wanted: Wanted, format: 'xlsx' | 'csv'): Promise<FileAnswer> {
  if (wanted.reason) requireRole(ctx, 'read-identity')
  const { language } = ctx
  const words = phrases[language].screens.register
  const question = await readQuestion(ctx, { ...wanted, limit: pageRows })
  const unit = await getUnit(ctx, question.unitId)
  const columns = wanted.column?.length ? wanted.column : usualColumns
  const reads = Boolean(wanted.reason) && columns.includes('identityNumber')
  const { reason: _, ...asked } = wanted
  const { rows } = await sql<{ id: string; at: string }>`
    insert into members.export_line (unit_id, format, question, with_identity, reason)
    values (${question.unitId}, ${format}, ${JSON.stringify(asked)}::jsonb, ${reads}, ${wanted.reason ?? null}) returning id, begun_at as at`.execute(
    ctx.db,
  )
  const line = rows[0]!
  const filters = describeQuestion(language, wanted)
  const title = [
    words.fileTitle(unit.name, formatDay(question.onDay)),
    ...(filters ? [words.fileFilters(filters)] : []),
    words.fileBy(ctx.actor.name, ctx.actor.unitName || unit.name, inVietnam(line.at), line.id),
    ...(reads ? [words.fileWhole(wanted.reason!)] : []),
  ]
  const header = [phrases[language].screens.members.fullName, ...columns.map((column) => columnName(language, column))]
  const cells = (again: Again) => rowsOf(again, { ...wanted, limit: pageRows }, columns, reads, line.id)
  return {
    name: `${words.file} ${unit.code} ${formatDay(question.onDay).replaceAll('/', '-')}.${format}`,
    content: (again) =>
      format === 'csv'
        ? streamCsv(title, header, cells(again))
        : streamSheet(
            words.file,
            header.map((name, index) => ({ header: name, width: index === 0 ? 30 : 20 })),
            cells(again),
            title,
          ),
  }
}

/** 10/11/2024 14:05, as Vietnam's clocks show an instant. */
function inVietnam(instant: string): string {
  const local = new Date(Date.parse(instant) + 7 * 3_600_000).toISOString()
  return `${formatDay(local.slice(0, 10))} ${local.slice(11, 16)}`
}

async function* rowsOf(
  again: Again,
  ask: Ask,
  columns: readonly Column[],
  reads: boolean,
  lineId: string,
): AsyncGenerator<Cell[]> {
  let cursor: string | undefined
  let count = 0
  do {
    const page = await again((ctx) => pageOf(ctx, { ...ask, cursor }, columns, reads))
    yield* page.cells
    count += page.cells.length
    cursor = page.next ?? undefined
  } while (cursor)
  await again((ctx) =>
    sql`insert into members.export_end (export_id, rows) values (${lineId}, ${count})`.execute(ctx.db),
  )
}

async function pageOf(ctx: Ctx, ask: Ask, columns: readonly Column[], reads: boolean) {
  const question: Question = { ...(await readQuestion(ctx, ask)), columns }
  const { found, next } = await findPage(ctx, question, ask, bounds)
  const people = await showPeople(ctx, question, found, reads)
  if (people.length < found.length) throw new Problem('not-found')
  return { cells: people.map((person) => cellsOf(ctx, person, columns)), next }
}

function cellsOf(ctx: Ctx, person: ListedMember, columns: readonly Column[]): Cell[] {
  const { work, screens } = phrases[ctx.language]
  const day = (text: string | null) => (text && text.length > 4 ? formatDay(text) : text)
  const own: Record<Exclude<Column, FieldCode>, Cell> = {
    birthDate: day(person.birthDate),
    sex: work.sexes[person.sex],
    identityNumber: person.identityMasked,
    union: person.unit?.name ?? null,
    since: day(person.since),
    status: screens.register.statuses[person.status],
    leftOn: day(person.leftOn),
    photo: person.hasPhoto ? screens.register.hasPhoto : null,
  }
  return [
    person.fullName,
    ...columns.map((column) => (isRecordField(column) ? showField(person.values[column]) : own[column])),
  ]
}

const showField = (value: string | undefined): Cell =>
  value === undefined ? null : /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDay(value) : value
