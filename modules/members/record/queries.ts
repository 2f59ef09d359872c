/** Questions about a record: what stands, which statements it stands on, who looked. */
import { sql } from 'kysely'
import { fillIn, phrases } from '#kernel/phrases.ts'
import { Problem } from '#kernel/problem.ts'
import type { Ctx } from '#platform/database.ts'
import { readIdentity } from '../identity.ts'
import { maskIdentity } from '../rules.ts'
import { showValue, type Kept, type Said } from './values.ts'

type PersonRow = {
  record: Record<string, Kept>
  identityKind: 'citizen' | 'passport'
  citizenship: string
  hasPhoto: boolean
  sealed: Buffer | null
  sex: 'male' | 'female'
  birthYear: number
}
type StatementRow = {
  id: string
  at: string
  by: string
  source: string
  said: Said
  reason: string | null
  isReversed: boolean
  importId: string | null
}

export async function showRecord(ctx: Ctx, personId: string) {
  const found = await sql<PersonRow>`
    select p.record, p.identity_kind as "identityKind", p.citizenship, p.has_photo as "hasPhoto", p.identity_sealed as sealed, p.sex,
      coalesce(extract(year from p.birth_date), p.birth_year)::int as "birthYear"
    from members.person p where p.id = ${personId}`.execute(ctx.db)
  const person = found.rows[0]
  if (!person) throw new Problem('not-found')
  const statements = await sql<StatementRow>`
    select s.id, s.recorded_at as at, coalesce(a.name, '') as by, s.source, s.said, s.reason, s.import_id as "importId",
      exists (select from members.statement r where r.reverses_id = s.id) as "isReversed"
    from members.statement s left join access.account a on a.id = s.recorded_by where s.person_id = ${personId} order by s.id desc limit 200`.execute(
    ctx.db,
  )
  const looks = await sql<{ at: string; by: string; what: 'record' | 'identity' | 'sensitive'; reason: string | null }>`
    select at, by, what, reason from members.looks(${personId}::bigint)`.execute(ctx.db)
  return {
    values: shown(ctx, person.record),
    identityKind: person.identityKind,
    citizenship: person.citizenship,
    hasPhoto: person.hasPhoto,
    warnings: warningsOf(ctx, person),
    statements: statements.rows.map((row) => ({ ...row, said: spoken(ctx, row.said) })),
    looks: looks.rows,
  }
}

/** Sensitive values as dots. */
const shown = (ctx: Ctx, record: Record<string, Kept>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([code, kept]) => [code, showValue(ctx.secret, kept, false) ?? '']))

/** Keys for machines, which nobody reads. */
const unread = new Set(['nameKey', 'identityHash', 'identitySealed', 'identityKind'])

/** A statement as it may be read: a number as its last digits, what only machines compare left out. */
function spoken(ctx: Ctx, said: Said): Record<string, string | null> {
  const read = Object.entries(said)
    .filter(([code]) => !unread.has(code))
    .map(
      ([code, kept]) =>
        [code === 'identityTail' ? 'identityNumber' : code, showValue(ctx.secret, kept, false)] as const,
    )
    .map(([code, value]) => [code, code === 'identityNumber' && value ? maskIdentity(value) : value] as const)
  // A birth is a day or a year; the half that was emptied is not told.
  const told = read.filter(([code, value]) => value !== null || (code !== 'birthYear' && code !== 'birthDate'))
  return Object.fromEntries(told.map(([code, value]) => [code === 'birthYear' ? 'birthDate' : code, value]))
}

/** What a citizen number says otherwise than the record: birth year, sex, province. Told, never refused. */
function warningsOf(ctx: Ctx, { sealed, sex, birthYear, identityKind }: PersonRow) {
  if (!sealed || identityKind !== 'citizen') return []
  const read = readIdentity(ctx.secret.open(sealed), { birthYear, sex })
  if ('fault' in read) return []
  const say = phrases[ctx.language].screens.record.warnings
  return read.warnings.map(({ name, facts }) => ({ name, title: fillIn(ctx.language, say[name], facts) }))
}

export async function showPhoto(ctx: Ctx, personId: string) {
  const { rows } = await sql<{ content: Buffer | null; mediaType: string }>`
    select f.content, f.media_type as "mediaType" from members.photo f where f.person_id = ${personId} order by f.id desc limit 1`.execute(
    ctx.db,
  )
  const photo = rows[0]
  if (!photo?.content) throw new Problem('not-found')
  return { name: `${personId}.${photo.mediaType === 'image/png' ? 'png' : 'jpg'}`, content: photo.content }
}

/** That somebody opened the record today, once a day. */
export const noteLook = (ctx: Ctx, personId: string) =>
  sql`insert into members.look (person_id, account_id, on_day) select ${personId}::bigint, ${ctx.actor.id}, ${ctx.today}::date on conflict do nothing`.execute(
    ctx.db,
  )
