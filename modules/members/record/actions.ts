/** Saying something of a person, and taking it back. Nothing is overwritten: the person's row is folded from what stands. */
import { sql } from 'kysely'
import { readBirth } from '#kernel/birth.ts'
import { fold, tidy } from '#kernel/fold.ts'
import { Problem } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import type { Ctx } from '#platform/database.ts'
import type { Upload } from '#platform/serve.ts'
import { readField } from '../fields.ts'
import { readCitizenship, readIdentity } from '../identity.ts'
import { readSex } from '../rules.ts'
import { keepIdentity } from './number.ts'
import { isField, isSensitive, keepValue, showValue, type Kept, type Said } from './values.ts'

type Core = {
  citizenship: string
  sex: 'male' | 'female'
  birthYear: number
}

/** Says fields as typed. A value that cannot be read is refused with its field; nothing of the rest is kept then. */
export async function editRecord(
  ctx: Ctx,
  personId: string,
  entry: { values: Record<string, string | null>; reason?: string | null | undefined },
) {
  requireRole(ctx, 'admit')
  const { rows } = await sql<Core>`
    select p.citizenship, p.sex, coalesce(extract(year from p.birth_date), p.birth_year)::int as "birthYear" from members.person p where p.id = ${personId}`.execute(
    ctx.db,
  )
  if (!rows[0]) throw new Problem('not-found')
  const said = saidBy(ctx, rows[0], entry.values)
  if (Object.keys(said).length === 0) return { statementId: null }
  const statementId = await state(ctx, personId, said, 'form', entry.reason ?? null)
  return { statementId }
}

async function state(ctx: Ctx, personId: string, said: Said, source: 'form', reason: string | null): Promise<string> {
  try {
    const { rows } = await sql<{ id: string }>`
      insert into members.statement (person_id, said, source, reason) values (${personId}, ${JSON.stringify(said)}::jsonb, ${source}, ${reason}) returning id`.execute(
      ctx.db,
    )
    return rows[0]!.id
  } catch (error) {
    // The number is somebody else's: who that is stays behind the fence.
    if ((error as { constraint?: string }).constraint === 'person_identity_hash_key')
      throw new Problem('another-person-here', { name: '•••' })
    throw error
  }
}

/** What is typed, as a statement: names with their search keys, numbers sealed, fields in their own form. */
function saidBy(ctx: Ctx, now: Core, values: Record<string, string | null>): Said {
  const said: Said = {}
  const citizenship = 'citizenship' in values ? readCitizenship(values['citizenship'] ?? 'VN') : now.citizenship
  const sex = 'sex' in values ? readSex(values['sex'] ?? '') : now.sex
  const birth = 'birthDate' in values ? readBirth(values['birthDate'] ?? '', ctx.today) : null
  for (const [code, typed] of Object.entries(values)) {
    const unreadable = new Problem('field-unreadable', { field: code, value: typed ?? '' }, [
      { name: 'field-unreadable', pointer: `/body/values/${code}`, facts: { field: code, value: typed ?? '' } },
    ])
    if (code === 'fullName') {
      const name = tidy(typed ?? '')
      if (!/\p{L}/u.test(name)) throw unreadable
      Object.assign(said, { fullName: name, nameKey: fold(name) })
    } else if (code === 'birthDate') {
      if (!birth) throw unreadable
      // One of the two stands: a whole day says the year, too.
      Object.assign(
        said,
        birth.date ? { birthDate: birth.date, birthYear: null } : { birthDate: null, birthYear: String(birth.year) },
      )
    } else if (code === 'sex') {
      if (!sex) throw unreadable
      said['sex'] = sex
    } else if (code === 'citizenship') {
      if (!citizenship) throw unreadable
      said['citizenship'] = citizenship
    } else if (code === 'identityNumber') {
      if (typed?.trim())
        Object.assign(
          said,
          identitySaid(ctx, typed, { citizenship: citizenship ?? 'VN', sex, birthYear: birth?.year ?? now.birthYear }),
        )
    } else if (isField(code)) {
      const value = typed?.trim() ? readField(code, typed, ctx.today) : null
      if (typed?.trim() && value === null) throw unreadable
      said[code] = keepValue(ctx.secret, code, value)
    } else throw unreadable
  }
  return said
}

function identitySaid(
  ctx: Ctx,
  typed: string,
  bearer: { citizenship: string; sex: 'male' | 'female' | null; birthYear: number },
): Said {
  const read = readIdentity(typed, {
    birthYear: bearer.birthYear,
    sex: bearer.sex,
    isForeign: bearer.citizenship !== 'VN',
  })
  if ('fault' in read) throw new Problem(read.fault.name, read.fault.facts, [read.fault])
  if (read.kind === 'old') return { oldIdNumber: read.number }
  const kept = keepIdentity(ctx.secret, read.kind, read.number, bearer.citizenship)
  return {
    identityKind: kept.identityKind,
    identityHash: kept.identityHash.toString('hex'),
    identitySealed: kept.identitySealed.toString('hex'),
    identityTail: kept.identityTail,
  }
}

/** Takes one statement back. The first, a person's registration, is no statement one can take back. */
export async function reverseStatement(ctx: Ctx, statementId: string, reason: string) {
  requireRole(ctx, 'admit')
  const { rows } = await sql<{ personId: string; source: string; isReversed: boolean }>`
    select s.person_id as "personId", s.source, exists (select from members.statement r where r.reverses_id = s.id) as "isReversed"
    from members.statement s where s.id = ${statementId}`.execute(ctx.db)
  const statement = rows[0]
  if (!statement || statement.source === 'registered') throw new Problem('not-found')
  if (statement.isReversed || statement.source === 'reversal') throw new Problem('already-reversed')
  await sql`select members.lock_people(${[statement.personId]}::bigint[])`.execute(ctx.db)
  const done = await sql<{ id: string }>`
    insert into members.statement (person_id, said, source, reason, reverses_id) values (${statement.personId}, '{}', 'reversal', ${reason}, ${statementId}) returning id`.execute(
    ctx.db,
  )
  return { statementId: done.rows[0]!.id }
}

/** Shows what is sensitive. Who asked and why is kept before the answer leaves. */
export async function readSensitive(ctx: Ctx, personId: string, reason: string) {
  requireRole(ctx, 'read-identity')
  const { rows } = await sql<{
    record: Record<string, Kept>
  }>`select p.record from members.person p where p.id = ${personId}`.execute(ctx.db)
  if (!rows[0]) throw new Problem('not-found')
  await sql`insert into members.identity_reading (person_id, reason, what) values (${personId}, ${reason}, 'sensitive')`.execute(
    ctx.db,
  )
  const asked = Object.entries(rows[0].record).filter(([code]) => isSensitive(code))
  return { values: Object.fromEntries(asked.map(([code, kept]) => [code, showValue(ctx.secret, kept, true) ?? ''])) }
}

const pictures: [mediaType: string, start: string][] = [
  ['image/jpeg', 'ffd8ff'],
  ['image/png', '89504e470d0a1a0a'],
]

/** Keeps a portrait. What the file is, its first bytes tell, not its name. */
export async function addPhoto(ctx: Ctx, personId: string, upload: Upload) {
  requireRole(ctx, 'admit')
  const seen = await sql`select from members.person p where p.id = ${personId}`.execute(ctx.db)
  if (seen.rows.length === 0) throw new Problem('not-found')
  const found = pictures.find(([, start]) => upload.content.subarray(0, start.length / 2).toString('hex') === start)
  if (!found || upload.content.length < 100) throw new Problem('not-a-picture')
  const { rows } = await sql<{ id: string }>`
    insert into members.photo (person_id, media_type, content) values (${personId}, ${found[0]}, ${upload.content}) returning id`.execute(
    ctx.db,
  )
  return { photoId: rows[0]!.id }
}
