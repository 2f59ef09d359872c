/** Questions about twins: which pairs wait, what two people look like side by side, what merges did. */
import { sql } from 'kysely'
import { readCursor, writeCursor } from '#kernel/cursor.ts'
import { Problem } from '#kernel/problem.ts'
import { getUnit } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import { fields } from '../fields.ts'
import { standingOf, type Standing } from '../moves/history.ts'
import { showMember } from '../queries.ts'
import { showValue, type Kept } from '../record/values.ts'
import { unite, type Row } from './histories.ts'
import { likenessOf, type Alike } from './likeness.ts'
import { decisionOn, destinations, tell, type Told } from './pair.ts'
import { compare, suggestKept } from './rules.ts'

type Ask = { unitId?: string | undefined; cursor?: string | undefined; limit: number }

/** People with a look-alike out of sight who are listed at once. */
const elsewhereMax = 50

type WaitingPair = { id: string; weight: number; a: string; b: string; isByHand: boolean }
type Waiting = { [K in keyof WaitingPair]: WaitingPair[K] | null } & { pairs: number; elsewhere: string[] | null }

export async function listTwins(ctx: Ctx, ask: Ask) {
  const unit = await getUnit(ctx, ask.unitId ?? ctx.actor.unitId)
  const [weight, id] = readCursor(ask.cursor, ['number', 'id']) ?? [32_000, '0']
  // Asked once: the page and how many there are come from one answer.
  const found = await sql<Waiting>`
    with waiting as materialized (select * from members.standing_twins(${Number(unit.id)}))
    select l.id, l.weight, l.person_a as a, l.person_b as b, l.is_by_hand as "isByHand", t.pairs, t.elsewhere
    from (select count(*) filter (where w.elsewhere is null)::int as pairs,
        array_agg(distinct w.elsewhere::text) filter (where w.elsewhere is not null) as elsewhere from waiting w) t
    left join (select w.id from waiting w where w.elsewhere is null and (-w.weight, w.id) > (${-weight}::int, ${id}::bigint)
      order by -w.weight, w.id limit ${sql.lit(ask.limit + 1)}) w on true
    left join members.look_alike l on l.id = w.id order by -l.weight, l.id`.execute(ctx.db)
  const { pairs: total, elsewhere } = found.rows[0]!
  const rows = found.rows.filter((row): row is Waiting & WaitingPair => row.id !== null)
  const page = rows.slice(0, ask.limit)
  const here = elsewhere?.slice(0, elsewhereMax) ?? []
  const people = await likenessOf(ctx, [...page.flatMap((pair) => [pair.a, pair.b]), ...here])
  const last = page.at(-1)
  return {
    pairs: page.flatMap((pair) => {
      const [a, b] = [people.get(pair.a), people.get(pair.b)]
      return a && b ? [{ a: a.person, b: b.person, isByHand: pair.isByHand, ...compare(a, b) }] : []
    }),
    total,
    elsewhere: here.flatMap((personId) => people.get(personId)?.person ?? []),
    elsewhereTotal: elsewhere?.length ?? 0,
    next: rows.length > ask.limit && last ? writeCursor([last.weight, last.id]) : null,
  }
}

export async function showTwins(ctx: Ctx, personId: string, otherId: string) {
  if (personId === otherId) throw new Problem('same-person')
  const people = await likenessOf(ctx, [personId, otherId])
  const [a, b] = [people.get(personId), people.get(otherId)]
  if (!a || !b) throw new Problem('not-found')
  const merged = [a, b].find((one) => one.mergedInto)
  if (merged) throw new Problem('already-merged', { name: merged.person.fullName })
  const histories = await standingOf(ctx, [personId, otherId])
  const rows = [...histories.values()].flat()
  const others = await destinations(
    ctx,
    rows.map((row) => row.id),
  )
  const of = (id: string) =>
    (histories.get(id) ?? []).map((row) => ({ ...row, otherUnitId: others.get(row.id) ?? null }))
  return {
    a: await sideOf(ctx, a, of(personId), of(otherId)),
    b: await sideOf(ctx, b, of(otherId), of(personId)),
    ...compare(a, b),
    suggestedId: suggestKept(choiceOf(a), choiceOf(b)),
    fields: fieldsOf(ctx, a.record, b.record),
    decision: await decisionOn(ctx, personId, otherId),
  }
}

const choiceOf = ({ person, number, birth, memberships, record, hasPhoto }: Alike) => ({
  id: person.id,
  hasNumber: number !== null,
  birth,
  firstDay: memberships[0]?.from ?? null,
  fields: Object.keys(record).length + Number(hasPhoto),
})

async function sideOf(ctx: Ctx, { person, citizenship, hasPhoto }: Alike, own: (Standing & Row)[], other: Row[]) {
  const { carried, dropped } = unite(other, own)
  const told = new Map(
    (
      await tell(
        ctx,
        own.map((row) => row.id),
      )
    ).map((one) => [one.movementId, one]),
  )
  const said = (ids: readonly string[]): Told[] => ids.flatMap((id) => told.get(id) ?? [])
  const isAdmission = (id: string) => own.some((row) => row.id === id && row.kind === 'admitted')
  const lost = [...dropped, ...carried.filter((row) => row.kind !== 'admitted').map((row) => row.id)].filter(
    isAdmission,
  )
  return {
    ...(await showMember(ctx, person.id)),
    citizenship,
    hasPhoto,
    ifMerged: {
      carried: said(carried.map((row) => row.id)),
      dropped: said(dropped),
      admissionsLess: lost.length,
      isOutside: own.some((row) => row.unitName === null),
    },
  }
}

const matchOf = (kept: Kept | undefined) => (kept && typeof kept === 'object' ? kept.match : (kept ?? null))

/** In the order of the form; what neither says is left out. */
function fieldsOf(ctx: Ctx, a: Record<string, Kept>, b: Record<string, Kept>) {
  const shown = (kept: Kept | undefined) => showValue(ctx.secret, kept ?? null, false)
  return fields
    .filter(({ code }) => a[code] || b[code])
    .map(({ code }) => ({
      code,
      a: shown(a[code]),
      b: shown(b[code]),
      isSame: matchOf(a[code]) === matchOf(b[code]),
    }))
}

type MergeRow = {
  id: string
  kept: { id: string; fullName: string }
  merged: { id: string; fullName: string }
  reason: string
  at: string
  by: string
  undone: { at: string; by: string; reason: string } | null
}

export async function listMerges(ctx: Ctx, personId: string) {
  const name = (id: ReturnType<typeof sql>) =>
    sql`(select json_build_object('id', p.id::text, 'fullName', p.full_name) from members.person p where p.id = ${id})`
  const seen = await sql<{ mergedInto: { id: string; fullName: string } | null }>`
    select ${name(sql`q.merged_into`)} as "mergedInto" from members.person q where q.id = ${personId}`.execute(ctx.db)
  if (!seen.rows[0]) throw new Problem('not-found')
  const { rows } = await sql<MergeRow>`
    select g.id, ${name(sql`g.kept_id`)} as kept, ${name(sql`g.merged_id`)} as merged, g.reason, g.recorded_at as at, coalesce(a.name, '') as by,
      (select json_build_object('at', r.recorded_at, 'by', coalesce(b.name, ''), 'reason', r.reason) from members.merge r
        left join access.account b on b.id = r.recorded_by where r.reverses_id = g.id) as undone
    from members.merge g left join access.account a on a.id = g.recorded_by
    where g.reverses_id is null and (g.kept_id = ${personId} or g.merged_id = ${personId}) order by g.id desc`.execute(
    ctx.db,
  )
  const lines = await sql<{ mergeId: string; movementId: string; outcome: string }>`
    select l.merge_id as "mergeId", l.movement_id as "movementId", l.outcome from members.merge_line l
    where l.merge_id = any(${rows.map((row) => row.id)}::bigint[]) and l.outcome <> 'stood' order by l.id`.execute(
    ctx.db,
  )
  const told = new Map(
    (
      await tell(
        ctx,
        lines.rows.map((line) => line.movementId),
      )
    ).map((one) => [one.movementId, one]),
  )
  const linesBy = Map.groupBy(lines.rows, (line) => line.mergeId)
  return {
    mergedInto: seen.rows[0].mergedInto,
    merges: rows.map((row) => ({
      ...row,
      lines: (linesBy.get(row.id) ?? []).flatMap(({ movementId, outcome }) => {
        const one = told.get(movementId)
        return one ? [{ ...one, outcome }] : []
      }),
    })),
  }
}
