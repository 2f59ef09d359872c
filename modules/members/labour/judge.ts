/** Judging the rows of a staff list: by the law on the day of the list, which jobs are management, whose staff the list is. */
import { sql } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import { rulesOn } from '#modules/units/rulebook.ts'
import type { Ctx } from '#platform/database.ts'
import { readField } from '../fields.ts'
import { bare } from '../import/unions.ts'
import type { StaffSettings } from './contract.ts'

/** Says of every row - or of some - what it means now, and who is missing. The numbers by verdict come back. */
export async function judgeStaff(
  ctx: Ctx,
  importId: string,
  unitId: number,
  settings: StaffSettings,
  lines: readonly number[] | null = null,
): Promise<Record<string, number>> {
  const rules = await rulesOn(
    ctx,
    ['age_min', 'rejoin_months', 'managers_barred', 'foreigner_contract_months'],
    settings.on,
  )
  const told = {
    ageMin: rules.age_min.value,
    rejoinMonths: rules.rejoin_months.value,
    rejoinLaw: rules.rejoin_months.legalBasis,
    // The law bars managers of enterprises outside the state sector.
    managersBarred: (await isOfState(ctx, unitId, settings.on)) ? 0 : rules.managers_barred.value,
    managersLaw: rules.managers_barred.legalBasis,
    foreignerMonths: rules.foreigner_contract_months.value,
    foreignerLaw: rules.foreigner_contract_months.legalBasis,
  }
  const roles = await managementJobs(ctx, importId)
  const covered = await workplacesOf(ctx, unitId, settings)
  await sql`select members.judge_staff(${importId}::bigint, ${lines}::int[], ${settings.on}::date, ${JSON.stringify(told)}::jsonb, ${JSON.stringify(roles)}::jsonb,
    ${covered}::text[])`.execute(ctx.db)
  return await countStaff(ctx, importId)
}

async function isOfState(ctx: Ctx, unitId: number, on: string): Promise<boolean> {
  const { rows } =
    await sql`select from units.spell s where s.unit_id = ${unitId} and s.trait = 'sector' and s.value = 'state'
    and s.superseded_at = 'infinity' and s.valid_from <= ${on} and ${on}::date < s.valid_to`.execute(ctx.db)
  return rows.length > 0
}

/** Jobs as the list writes them that are management roles: most lists have one column for both. */
async function managementJobs(ctx: Ctx, importId: string): Promise<Record<string, string>> {
  const { rows } = await sql<{
    job: string
  }>`select distinct said ->> 'job' as job from members.import_row where import_id = ${importId} and said ? 'job'`.execute(
    ctx.db,
  )
  return Object.fromEntries(
    rows.flatMap(({ job }) => {
      const role = readField('managementRole', job, ctx.today)
      return role && role !== 'none' ? [[job, role]] : []
    }),
  )
}

export type StaffEmployer = { id: string; name: string }

/** The employers of a union on a day. */
export async function employersOf(ctx: Ctx, unitId: number, on: string): Promise<StaffEmployer[]> {
  const { rows } = await sql<StaffEmployer>`
    select e.id::text as id, e.name from employers.union_link l join employers.employer e on e.id = l.employer_id
    where l.unit_id = ${unitId} and l.superseded_at = 'infinity' and l.valid_from <= ${on} and ${on}::date < l.valid_to order by e.name, e.id`.execute(
    ctx.db,
  )
  return rows
}

/** Some employers of a union, by id; throws not-found for one that is not its own on that day. */
export async function chosenEmployers(ctx: Ctx, unitId: number, on: string, ids: readonly string[]) {
  const all = await employersOf(ctx, unitId, on)
  const chosen = all.filter(({ id }) => ids.includes(id))
  if (chosen.length < new Set(ids).size) throw new Problem('not-found')
  return { chosen, isAll: chosen.length === all.length }
}

/** Of a joint union's list that is about some of its employers: the workplaces, as records say them, that are theirs. Whoever works
 *  elsewhere, or nobody knows where, is not missing on it. */
async function workplacesOf(ctx: Ctx, unitId: number, settings: StaffSettings): Promise<string[] | null> {
  if (!settings.employerIds) return null
  const { chosen, isAll } = await chosenEmployers(ctx, unitId, settings.on, settings.employerIds)
  if (isAll) return null
  const names = new Set(chosen.map(({ name }) => bare(name)))
  const { rows } = await sql<{ workplace: string }>`
    select distinct p.record ->> 'workplace' as workplace from members.membership m join members.person p on p.id = m.person_id
    where m.unit_id = ${unitId} and m.closed_by is null and p.record ? 'workplace'`.execute(ctx.db)
  return rows.map((row) => row.workplace).filter((workplace) => names.has(bare(workplace)))
}

/** `rows`: lines of the list; by verdict: all, `open_` those still to accept; `held_`: never accepted as a group; `done_` by act. */
export async function countStaff(ctx: Ctx, importId: string): Promise<Record<string, number>> {
  const { rows } = await sql<{
    verdict: string
    act: string | null
    count: number
    open: number
    held: number
    lines: number
  }>`
    select verdict, act, count(*)::int as count, count(*) filter (where ${isOpen})::int as open, count(*) filter (where ${isOpen} and ${isHeld})::int as held,
      count(*) filter (where not is_added)::int as lines
    from members.import_row where import_id = ${importId} group by 1, 2`.execute(ctx.db)
  const counts: Record<string, number> = { rows: 0, open: 0, held: 0 }
  const add = (key: string, count: number) => {
    if (count > 0 || key in counts) counts[key] = (counts[key] ?? 0) + count
  }
  for (const row of rows) {
    add('rows', row.lines)
    add('open', row.open)
    add('held', row.held)
    add(row.verdict, row.count)
    add(`open_${row.verdict}`, row.open)
    add(`held_${row.verdict}`, row.held)
    if (row.act) add(`done_${row.act}`, row.count)
  }
  return counts
}

/** Somebody still has to accept it, or to say what it is. */
export const isOpen = sql`(done_at is null and (proposal is not null or verdict = 'unclear'))`
/** A member who rests may have been left out of the list for that alone. */
export const isHeld = sql`coalesce(notes @> '[{"name": "suspended"}]', false)`
