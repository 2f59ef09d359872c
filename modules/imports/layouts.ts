/** Layouts that somebody mapped before: what each column means is remembered for the next file of the same headers. */
import { sql } from 'kysely'
import type { Ctx } from '#platform/database.ts'
import type { ImportColumn } from './contract.ts'

/** The mapping said last for a layout, by this unit or one above it; null when nobody has. */
export async function recallLayout(
  ctx: Ctx,
  unitId: number,
  purpose: string,
  layout: string,
): Promise<ImportColumn[] | null> {
  const { rows } = await sql<{ columns: ImportColumn[] }>`
    select l.columns from imports.layout l where l.purpose = ${purpose} and l.layout = ${layout}
      and (l.unit_id = ${unitId} or l.unit_id in (select b.ancestor_id from units.branch b where b.unit_id = ${unitId} and b.superseded_at = 'infinity'))
    order by l.unit_id = ${unitId} desc, l.id desc limit 1`.execute(ctx.db)
  return rows[0]?.columns ?? null
}

export async function rememberLayout(
  ctx: Ctx,
  unitId: number,
  purpose: string,
  layout: string,
  columns: readonly ImportColumn[],
) {
  const before = await recallLayout(ctx, unitId, purpose, layout)
  const said = (list: readonly ImportColumn[] | null) => JSON.stringify(list?.map(({ index, field }) => [index, field]))
  if (said(before) === said(columns)) return
  await sql`insert into imports.layout (purpose, unit_id, layout, columns) values (${purpose}, ${unitId}, ${layout}, ${JSON.stringify(columns)}::jsonb)`.execute(
    ctx.db,
  )
}
