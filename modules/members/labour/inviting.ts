/** Workers who are asked to join: invited from a staff list, opened to fill in their admission, or they decline. */
import { sql } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import { getUnit } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import type { AcceptedRow, OpenList } from './accepting.ts'

export const inviteWorkers = (ctx: Ctx, list: OpenList, rows: readonly AcceptedRow[]) =>
  sql`insert into members.invitation (unit_id, import_id, person_id, full_name, name_key, birth_date, birth_year, identity_hash, identity_tail, typed_sealed, on_day)
    select ${list.unitId}, r.import_id, r.person_id, r.full_name, r.name_key, r.birth_date, r.birth_year, r.identity_hash, r.identity_tail, r.typed_sealed, ${list.on}::date
    from members.import_row r where r.import_id = ${list.id} and r.line = any(${rows.map(({ line }) => line)}::int[]) order by r.line`.execute(
    ctx.db,
  )

/** What was typed of invited workers, for their admission; the opening is kept before the answer leaves. */
export async function openInvitations(ctx: Ctx, unitId: string, invitationIds: readonly string[]) {
  requireRole(ctx, 'admit')
  const unit = await getUnit(ctx, unitId)
  const { rows } = await sql<{ id: string; typed: Buffer }>`
    select i.id, i.typed_sealed as typed from members.invitation i where i.unit_id = ${Number(unit.id)} and i.id = any(${invitationIds}::bigint[])
      and not exists (select from members.invitation_step s where s.invitation_id = i.id and s.step = 'withdrawn') order by i.id`.execute(
    ctx.db,
  )
  if (rows.length < new Set(invitationIds).size) throw new Problem('not-found')
  await sql`insert into members.invitation_step (invitation_id, step) select id, 'opened' from unnest(${rows.map(({ id }) => id)}::bigint[]) x(id)`.execute(
    ctx.db,
  )
  return {
    people: rows.map(({ typed }) => {
      const said = JSON.parse(ctx.secret.open(typed)) as Record<string, string>
      const text = (field: string) => said[field] ?? ''
      return {
        fullName: text('fullName'),
        birthDate: text('birthDate'),
        sex: text('sex'),
        identityNumber: text('identityNumber'),
      }
    }),
  }
}

export async function declineInvitation(ctx: Ctx, invitationId: string, reason: string | null) {
  requireRole(ctx, 'admit')
  const { rows } = await sql<{ ended: boolean }>`
    select exists (select from members.invitation_step s where s.invitation_id = i.id and s.step in ('declined', 'withdrawn')) or members.joined_by(i.id) is not null as ended
    from members.invitation i where i.id = ${invitationId}`.execute(ctx.db)
  if (!rows[0]) throw new Problem('not-found')
  if (rows[0].ended) throw new Problem('already-answered')
  await ctx.db
    .insertInto('members.invitation_step')
    .values({ invitation_id: invitationId, step: 'declined', reason })
    .execute()
  return {}
}
