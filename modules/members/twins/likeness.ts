/** People as they are compared. Sealed numbers are opened here, in the server, and only whether they are alike goes on. */
import { sql } from 'kysely'
import type { UnitRef } from '#modules/units/contract.ts'
import { unitJson } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import type { Member } from '../contract.ts'
import type { Kept } from '../record/values.ts'
import { maskIdentity } from '../rules.ts'
import type { Likeness } from './rules.ts'

type Row = {
  id: string
  fullName: string
  nameKey: string
  birth: string
  sex: 'male' | 'female'
  tail: string | null
  sealed: Buffer | null
  identityKind: 'citizen' | 'passport'
  citizenship: string
  hasPhoto: boolean
  mergedInto: string | null
  record: Record<string, Kept>
  memberships: { unit: UnitRef; from: string; to: string | null }[] | null
}

export type Alike = Likeness & {
  person: Member
  hasPhoto: boolean
  citizenship: string
  mergedInto: string | null
  record: Record<string, Kept>
}

/** Those of the people whom the caller sees, by id. */
export async function likenessOf(ctx: Ctx, personIds: readonly string[]): Promise<Map<string, Alike>> {
  const { rows } = await sql<Row>`
    select p.id, p.full_name as "fullName", p.name_key as "nameKey", coalesce(p.birth_date::text, p.birth_year::text) as birth, p.sex, p.identity_tail as tail,
      p.identity_sealed as sealed, p.identity_kind as "identityKind", p.citizenship, p.has_photo as "hasPhoto", p.merged_into as "mergedInto", p.record,
      (select json_agg(json_build_object('unit', ${unitJson(sql`m.unit_id`)}, 'from', lower(m.during), 'to', upper(m.during)) order by lower(m.during))
        from members.membership m where m.person_id = any(array[p.id])) as memberships
    from members.person p where p.id = any(${personIds}::bigint[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, alikeOf(ctx, row)]))
}

function alikeOf(ctx: Ctx, row: Row): Alike {
  const memberships = row.memberships ?? []
  const now = memberships.find(({ from, to }) => from <= ctx.today && (to === null || to > ctx.today))
  return {
    person: {
      id: row.id,
      fullName: row.fullName,
      birthDate: row.birth,
      sex: row.sex,
      identityMasked: row.tail ? maskIdentity(row.tail) : '',
      unit: now?.unit ?? null,
      since: now?.from ?? null,
    },
    nameKey: row.nameKey,
    birth: row.birth,
    sex: row.sex,
    number: row.sealed && { kind: row.identityKind, value: ctx.secret.open(row.sealed) },
    record: row.record,
    memberships: memberships.map(({ unit, from, to }) => ({ unitId: unit.id, from, to })),
    hasPhoto: row.hasPhoto,
    citizenship: row.citizenship,
    mergedInto: row.mergedInto,
  }
}
