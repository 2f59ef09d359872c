/** Saved views of the register. Nothing is overwritten: saving again under a name supersedes what was kept. */
import { sql } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import type { Ctx } from '#platform/database.ts'
import type { View } from './contract.ts'

type Entry = Pick<View, 'name' | 'isShared' | 'filters' | 'columns'>

export async function listViews(ctx: Ctx): Promise<{ views: View[]; defaultId: string | null }> {
  const { rows } = await sql<View>`
    select v.id, v.name, v.unit_id is not null as "isShared", v.filters, v.columns, coalesce(a.name, '') as by, v.account_id = ${ctx.actor.id} as "isOwn",
      v.account_id = ${ctx.actor.id} or ${ctx.actor.role} in ('federation_leader', 'unit_leader') as "mayRemove"
    from members.saved_view v left join access.account a on a.id = v.account_id
    where v.superseded_at = 'infinity' order by v.unit_id is not null, v.name collate "vi-x-icu", v.id`.execute(ctx.db)
  const chosen = await sql<{ id: string | null }>`
    select c.view_id as id from members.view_choice c where c.account_id = ${ctx.actor.id} order by c.id desc limit 1`.execute(
    ctx.db,
  )
  const defaultId = chosen.rows[0]?.id ?? null
  // A view that was put away since opens nothing.
  return { views: rows, defaultId: rows.some((view) => view.id === defaultId) ? defaultId : null }
}

export async function saveView(ctx: Ctx, { name, isShared, filters, columns }: Entry) {
  if (isShared) requireRole(ctx, 'admit')
  const unitId = isShared ? ctx.actor.unitId : null
  const replaced = await sql<{ id: string }>`
    update members.saved_view v set superseded_at = now() where v.account_id = ${ctx.actor.id} and v.unit_id is not distinct from ${unitId}::int
      and lower(v.name) = lower(${name}) and v.superseded_at = 'infinity' returning v.id`.execute(ctx.db)
  const { rows } = await sql<{ id: string }>`
    insert into members.saved_view (unit_id, name, filters, columns)
    values (${unitId}, ${name}, ${JSON.stringify(filters)}::jsonb, ${columns}::text[]) returning id`.execute(ctx.db)
  const id = rows[0]!.id
  const { defaultId } = await defaultOf(ctx)
  if (defaultId && replaced.rows.some((view) => view.id === defaultId)) await chooseView(ctx, id)
  return { id }
}

async function defaultOf(ctx: Ctx) {
  const { rows } = await sql<{ defaultId: string | null }>`
    select c.view_id as "defaultId" from members.view_choice c where c.account_id = ${ctx.actor.id} order by c.id desc limit 1`.execute(
    ctx.db,
  )
  return rows[0] ?? { defaultId: null }
}

export async function removeView(ctx: Ctx, viewId: string) {
  const { rows } = await sql<{ id: string }>`
    update members.saved_view v set superseded_at = now() where v.id = ${viewId} and v.superseded_at = 'infinity' returning v.id`.execute(
    ctx.db,
  )
  if (!rows[0]) throw new Problem('not-found')
  return { id: rows[0].id }
}

export async function chooseView(ctx: Ctx, viewId: string | null) {
  if (viewId !== null) {
    const { rows } =
      await sql`select from members.saved_view v where v.id = ${viewId} and v.superseded_at = 'infinity'`.execute(
        ctx.db,
      )
    if (rows.length === 0) throw new Problem('not-found')
  }
  await sql`insert into members.view_choice (view_id) values (${viewId})`.execute(ctx.db)
  return { viewId }
}
