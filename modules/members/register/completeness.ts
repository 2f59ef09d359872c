/** How complete the records of today's members are: figures of a branch and of each unit below, counted again where they changed. */
import { sql } from 'kysely'
import type { UnitRef } from '#modules/units/contract.ts'
import { getUnit } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import type { Completeness } from './contract.ts'

/** So many unions are counted again in one question; a first count of a country takes several. */
const unionsMax = 1_500

type Row = { unitId: number } & { [K in keyof Completeness]: string }

export async function showCompleteness(ctx: Ctx, { unitId }: { unitId: string }, most = unionsMax) {
  const { id, code, name, kind } = await getUnit(ctx, unitId)
  const left = await sql<{ n: number }>`select members.refresh_completeness(${Number(id)}, ${most}) as n`.execute(
    ctx.db,
  )
  const below = await sql<UnitRef>`
    select u.id::text as id, u.code, u.name, u.kind from units.placement p join units.unit u on u.id = p.unit_id
    where p.manager_id = ${Number(id)} and p.superseded_at = 'infinity' and p.valid_from <= ${ctx.today} and ${ctx.today}::date < p.valid_to
    order by u.name collate "vi-x-icu", u.id`.execute(ctx.db)
  const { rows } = await sql<Row>`
    select unit_id as "unitId", members, with_identity as "withIdentity", with_phone as "withPhone", with_photo as "withPhoto",
      with_joining_day as "withJoiningDay", complete
    from members.completeness_of(${[Number(id), ...below.rows.map((unit) => Number(unit.id))]})`.execute(ctx.db)
  const figures = new Map(rows.map(({ unitId: of, ...row }) => [String(of), figuresOf(row)]))
  return {
    unit: { id, code, name, kind },
    figures: figures.get(id) ?? nobody,
    children: below.rows.flatMap((unit) => {
      const own = figures.get(unit.id)
      return own && own.members > 0 ? [{ unit, figures: own }] : []
    }),
    uncounted: left.rows[0]!.n,
  }
}

const nobody: Completeness = {
  members: 0,
  withIdentity: 0,
  withPhone: 0,
  withPhoto: 0,
  withJoiningDay: 0,
  complete: 0,
}

const figuresOf = (row: Omit<Row, 'unitId'>): Completeness => ({
  members: Number(row.members),
  withIdentity: Number(row.withIdentity),
  withPhone: Number(row.withPhone),
  withPhoto: Number(row.withPhoto),
  withJoiningDay: Number(row.withJoiningDay),
  complete: Number(row.complete),
})
