/** People as a list shows them, read behind the fence by the ids that a question found, in the order it found them. */
import { sql } from 'kysely'
import type { UnitRef } from '#modules/units/contract.ts'
import { unitJson } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import type { ListedMember } from '../contract.ts'
import { maskIdentity } from '../rules.ts'
import { isRecordField } from './contract.ts'
import type { Question } from './filters.ts'

/** One that was found: where and since when, as far as the status asked says so. */
export type Found = {
  personId: string
  unitId: number | null
  since: string | null
  until: string | null
  name: string
  matched: ListedMember['matched']
}

/** The found of one page; how many there are in all is told with the first. */
export type Page = {
  found: Found[]
  next: string | null
  count: { count: number; isExact: boolean } | null
  stopped: { unions: number | null } | null
}

/** Everybody that fits is counted up to here. */
export const countMax = 200

type Row = Omit<ListedMember, 'identityMasked' | 'values' | 'leftOn' | 'matched'> & {
  tail: string | null
  values: Record<string, string> | null
  at: number
  sealed: Buffer | null
}

/** `reads`: whole identity numbers instead of their last digits, for an export that may hold them. */
export async function showPeople(
  ctx: Ctx,
  { onDay, columns }: Pick<Question, 'onDay' | 'columns'>,
  found: readonly Found[],
  reads = false,
): Promise<ListedMember[]> {
  if (found.length === 0) return []
  const fields = columns.filter(isRecordField)
  const values =
    fields.length > 0
      ? sql`(select jsonb_object_agg(f, p.record ->> f) from unnest(${[...fields]}::text[]) f where p.record ? f)
        || case when 'joinedOn' = any(${[...fields]}::text[]) and not p.record ? 'joinedOn' then coalesce((select jsonb_build_object('joinedOn', min(a.occurred_on))
          from members.movement a where a.person_id = p.id and a.kind = 'admitted' and a.reverses_id is null
            and not exists (select from members.movement r where r.reverses_id = a.id) having count(*) > 0), '{}') else '{}' end`
      : sql`null::jsonb`
  const { rows } = await sql<Row>`
    select p.id::text as id, p.full_name as "fullName", coalesce(p.birth_date::text, p.birth_year::text) as "birthDate", p.sex, p.identity_tail as tail,
      p.has_photo as "hasPhoto", w.at::int as at, ${reads ? sql`p.identity_sealed` : sql`null::bytea`} as sealed, ${values} as values,
      coalesce(w.since, now.since) as since, case when w.unit_id is not null then ${unitJson(sql`w.unit_id`)} else now.unit end as unit,
      case when now.unit is null then case when exists (select from members.leg l where l.person_id = p.id and l.during @> ${onDay}::date) then 'road' else 'former' end
        when exists (select from members.suspension s where s.person_id = p.id and s.during @> ${onDay}::date) then 'suspended' else 'member' end as status
    from unnest(${found.map((one) => one.personId)}::bigint[], ${found.map((one) => one.unitId)}::int[], ${found.map((one) => one.since)}::date[])
      with ordinality as w(id, unit_id, since, at)
    join members.person p on p.id = w.id
    left join lateral (select lower(m.during) as since, ${unitJson(sql`m.unit_id`)} as unit from members.membership m
      where m.person_id = any(array[p.id]) and m.during @> ${onDay}::date limit 1) now on true
    order by w.at`.execute(ctx.db)
  return rows.map(({ tail, at, sealed, values: said, ...row }) => ({
    ...row,
    unit: row.unit as UnitRef | null,
    identityMasked: sealed ? ctx.secret.open(sealed) : tail ? maskIdentity(tail) : '',
    leftOn: found[at - 1]!.until,
    matched: found[at - 1]!.matched,
    values: said ?? {},
  }))
}
