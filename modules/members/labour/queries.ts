/** Rows of a staff list as a person reads them, and the workers who were invited. */
import { sql } from 'kysely'
import { readCursor, writeCursor } from '#kernel/cursor.ts'
import { formatDay, phrases, sentenceOf } from '#kernel/phrases.ts'
import { Problem, type Fault } from '#kernel/problem.ts'
import { getImport } from '#modules/imports/states.ts'
import { getUnit } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import { reasonOf, type UndoReason } from '../import/waiting.ts'
import { showValue, type Kept } from '../record/values.ts'
import type { StaffRow } from './contract.ts'
import { isHeld, isOpen } from './judge.ts'
import type { StaffVerdict } from './rules.ts'

type Note = { name: keyof ReturnType<typeof notesOf>; facts?: Record<string, string> }
type Row = Omit<StaffRow, 'typed' | 'faults' | 'notes' | 'changes'> & {
  typedSealed: Buffer | null
  faults: Fault[] | null
  refusals: Fault[] | null
  notes: Note[] | null
  changes: Record<string, { was: Kept; now: Kept }> | null
}

const notesOf = (ctx: Ctx) => phrases[ctx.language].screens.labour.notes

// A person outside the branch is told of, never named: the fence of members.person leaves them out.
const columns = sql`r.line, r.is_added as "isMissing", r.verdict, r.proposal, r.act, (select a.name from access.account a where a.id = r.done_by) as "doneBy",
  case when r.verdict = 'unclear' and r.done_at is null then r.typed_sealed end as "typedSealed", coalesce(r.full_name, '') as "fullName",
  coalesce(r.birth_date::text, r.birth_year::text, '') as birth, '•••' || r.identity_tail as identity,
  (select p.id::text from members.person p where p.id = r.person_id) as "personId", r.where_now as "whereNow", r.faults, r.refusals, r.notes, r.changes,
  ${isHeld} as "isHeld", coalesce((select json_agg(json_build_object('personId', p.id::text, 'fullName', p.full_name, 'birth', coalesce(p.birth_date::text, p.birth_year::text),
    'identity', '•••' || p.identity_tail) order by array_position(r.candidates, p.id)) from members.person p where p.id = any(r.candidates) and r.done_at is null), '[]') as candidates`

function staffRowOf(ctx: Ctx, { typedSealed, refusals, ...row }: Row): StaffRow {
  const say = phrases[ctx.language].screens.record
  const roles = say.choices.managementRole as Record<string, string>
  const titled = ({ name, facts }: Fault) => ({
    name,
    title: sentenceOf(ctx.language, name, {
      ...facts,
      ...(name === 'managers-barred' && { role: roles[String(facts?.['role'])] ?? String(facts?.['role']) }),
    }),
  })
  const printed = (kept: Kept, code: string) => {
    const value = kept === null ? null : showValue(ctx.secret, kept, false)
    if (value === null) return null
    if (code === 'identityNumber') return `•••${value}`
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDay(value) : value
  }
  const told = (note: Note) => ({
    name: note.name,
    title: notesOf(ctx)[note.name].replace(/\{(\w+)\}/g, (_, key: string) => formatDay(note.facts?.[key] ?? '')),
  })
  return {
    ...row,
    typed: typedSealed ? (JSON.parse(ctx.secret.open(typedSealed)) as Record<string, string>) : {},
    // What a row itself has wrong no longer matters once it is known who it is.
    faults: [...(row.verdict === 'unclear' ? (row.faults ?? []) : []), ...(refusals ?? [])].map(titled),
    notes: (row.notes ?? []).map(told),
    changes: Object.entries(row.changes ?? {}).map(([field, { was, now }]) => ({
      field,
      was: printed(was, field),
      now: printed(now, field),
    })),
  }
}

type Ask = {
  verdict?: StaffVerdict | undefined
  open?: boolean | undefined
  cursor?: string | undefined
  limit: number
}

export async function listStaffRows(ctx: Ctx, importId: string, ask: Ask) {
  await getImport(ctx, importId, 'staff_list')
  const [after] = readCursor(ask.cursor, ['number']) ?? [0]
  const verdict = ask.verdict ? sql`r.verdict = ${ask.verdict}` : sql`r.verdict is not null`
  const open = ask.open ? isOpen : sql`true`
  const { rows } = await sql<Row>`select ${columns} from members.import_row r
    where r.import_id = ${importId} and ${verdict} and ${open} and r.line > ${after} order by r.line limit ${sql.lit(ask.limit + 1)}`.execute(
    ctx.db,
  )
  const page = rows.slice(0, ask.limit)
  return {
    rows: page.map((row) => staffRowOf(ctx, row)),
    next: rows.length > ask.limit ? writeCursor([page.at(-1)!.line]) : null,
  }
}

export async function staffRow(ctx: Ctx, importId: string, line: number): Promise<StaffRow> {
  const { rows } =
    await sql<Row>`select ${columns} from members.import_row r where r.import_id = ${importId} and r.line = ${line}`.execute(
      ctx.db,
    )
  if (!rows[0]) throw new Problem('not-found')
  return staffRowOf(ctx, rows[0])
}

type UndoRow = {
  id: string
  personId: string | null
  fullName: string
  what: 'movement' | 'fields' | 'invitation' | 'request'
  why: UndoReason
}

export async function listStaffUndoLines(
  ctx: Ctx,
  importId: string,
  ask: { outcome: 'reversed' | 'kept' | 'impossible'; cursor?: string | undefined; limit: number },
) {
  await getImport(ctx, importId, 'staff_list')
  const [after] = readCursor(ask.cursor, ['id']) ?? ['0']
  const { rows } = await sql<UndoRow>`
    select u.id, (select p.id::text from members.person p where p.id = u.person_id) as "personId", coalesce(n.full_name, i.full_name) as "fullName", u.what, u.why
    from members.undo_line u left join members.names_of_import(${importId}::bigint) n on n.id = u.person_id left join members.invitation i on i.id = u.invitation_id
    where u.import_id = ${importId} and u.outcome = ${ask.outcome} and u.id > ${after}::bigint order by u.id limit ${sql.lit(ask.limit + 1)}`.execute(
    ctx.db,
  )
  const page = rows.slice(0, ask.limit)
  return {
    lines: page.map(({ why, ...row }) => ({
      ...row,
      fields: (why.fields ?? []).map((field) => (field === 'identityHash' ? 'identityNumber' : field)),
      why: ask.outcome === 'reversed' ? null : reasonOf(ctx, why),
    })),
    next: rows.length > ask.limit ? writeCursor([page.at(-1)!.id]) : null,
  }
}

type InvitationRow = {
  id: string
  unitId: string
  unitName: string
  fullName: string
  birth: string
  identity: string | null
  on: string
  state: 'open' | 'joined' | 'declined' | 'withdrawn'
  reason: string | null
  personId: string | null
}

/** The oldest first: who waits longest is asked again first. */
export async function listInvitations(
  ctx: Ctx,
  ask: { unitId: string; state: InvitationRow['state']; cursor?: string | undefined; limit: number },
) {
  const unit = await getUnit(ctx, ask.unitId)
  const [after] = readCursor(ask.cursor, ['id']) ?? ['0']
  const { rows } = await sql<InvitationRow>`
    select x.* from (
      select i.id, i.unit_id::text as "unitId", u.name as "unitName", i.full_name as "fullName", coalesce(i.birth_date::text, i.birth_year::text, '') as birth,
        '•••' || i.identity_tail as identity, i.on_day as "on", e.reason, j.person::text as "personId",
        case when e.step = 'withdrawn' then 'withdrawn' when j.person is not null then 'joined' when e.step = 'declined' then 'declined' else 'open' end as state
      from members.invitation i join units.unit u on u.id = i.unit_id
      left join members.invitation_step e on e.invitation_id = i.id and e.step in ('declined', 'withdrawn')
      cross join lateral (select members.joined_by(i.id) as person) j
      where i.id > ${after}::bigint and i.unit_id in (select b.unit_id from units.branch b where b.ancestor_id = ${Number(unit.id)} and b.superseded_at = 'infinity'
        and b.valid_from <= ${ctx.today} and ${ctx.today}::date < b.valid_to)) x
    where x.state = ${ask.state} order by x.id limit ${sql.lit(ask.limit + 1)}`.execute(ctx.db)
  const page = rows.slice(0, ask.limit)
  return { invitations: page, next: rows.length > ask.limit ? writeCursor([page.at(-1)!.id]) : null }
}

/** Whether every row that was counted still waits: waiting rows do not outlive a crash of the database. */
export async function isWhole(ctx: Ctx, importId: string, rowsTold: number): Promise<boolean> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from members.import_row where import_id = ${importId} and not is_added`.execute(ctx.db)
  return rows[0]!.n === rowsTold
}
