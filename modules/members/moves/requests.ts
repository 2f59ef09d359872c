/** Asking for a member who belongs elsewhere. The asking union learns only whether they were sent; the union they belong to
 *  learns who asks. */
import { sql } from 'kysely'
import { fold } from '#kernel/fold.ts'
import { Problem } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import type { UnitRef } from '#modules/units/contract.ts'
import { getUnit } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import { openUnion, sendMembers } from './actions.ts'

type Asked = { identityNumber: string; fullName: string; on: string; importId?: string | null }

/** Asks the union a person belongs to, whichever it is. The number and the name must both be right: nobody fishes. */
export async function askForTransfer(ctx: Ctx, unitId: string, entry: Asked) {
  requireRole(ctx, 'admit')
  const unit = await openUnion(ctx, unitId, entry.on)
  const hash = ctx.secret.match(entry.identityNumber.replace(/\s/g, ''))
  const { rows } = await sql<{
    personId: string
    fullName: string
    unitId: number | null
    leftOn: string | null
    onRoad: boolean
  }>`
    select person_id as "personId", full_name as "fullName", unit_id as "unitId", left_on as "leftOn", on_road as "onRoad"
    from members.whereabouts(${[hash]})`.execute(ctx.db)
  const person = rows[0]
  if (!person || (person.leftOn && !person.onRoad) || person.unitId === Number(unit.id))
    throw new Problem('nobody-elsewhere')
  if (fold(person.fullName) !== fold(entry.fullName)) throw new Problem('another-person-here', { name: '•••' })
  if (person.onRoad) throw new Problem('on-the-road-elsewhere', { name: person.fullName })
  const open =
    await sql`select from members.transfer_request q where q.unit_id = ${Number(unit.id)} and q.person_id = ${person.personId}
    and not exists (select from members.transfer_answer a where a.request_id = q.id)`.execute(ctx.db)
  if (open.rows.length > 0) throw new Problem('already-asked')
  const { id } = await ctx.db
    .insertInto('members.transfer_request')
    .values({
      person_id: person.personId,
      unit_id: Number(unit.id),
      on_day: entry.on,
      import_id: entry.importId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { requestId: id }
}

type Row = {
  id: string
  direction: 'in' | 'out'
  personId: string | null
  fullName: string
  askedBy: string
  holder: UnitRef | null
  on: string
  askedAt: string
  answer: 'sent' | 'refused' | null
  reason: string | null
}

/** The newest two hundred: those that wait first. A person asked for is named to whoever already sees them, and by whoever asked. */
export async function listTransferRequests(ctx: Ctx, unitId: string) {
  const unit = await getUnit(ctx, unitId)
  const { rows } = await sql<Row>`select * from members.transfer_requests(${Number(unit.id)})`.execute(ctx.db)
  return { requests: rows }
}

/** Sends the member who was asked for to the union that asked, or refuses with a reason. */
export async function answerTransferRequest(
  ctx: Ctx,
  requestId: string,
  entry: { on?: string | null | undefined; refusedBecause?: string | null | undefined },
) {
  requireRole(ctx, 'admit')
  const { rows } = await sql<{ personId: string; unitId: number }>`
    select q.person_id as "personId", q.unit_id as "unitId" from members.transfer_request q
    where q.id = ${requestId} and exists (select from members.membership m where m.person_id = any(array[q.person_id]) and m.closed_by is null)`.execute(
    ctx.db,
  )
  const request = rows[0]
  if (!request) throw new Problem('not-found')
  const answered = await sql`select from members.transfer_answer a where a.request_id = ${requestId}`.execute(ctx.db)
  if (answered.rows.length > 0) throw new Problem('already-answered')
  const answer = async (movementId: string | null, reason: string | null) => {
    await ctx.db
      .insertInto('members.transfer_answer')
      .values({ request_id: requestId, movement_id: movementId, reason })
      .execute()
    return { movementId }
  }
  if (entry.refusedBecause) return await answer(null, entry.refusedBecause)
  const { movementIds } = await sendMembers(ctx, {
    personIds: [request.personId],
    on: entry.on ?? ctx.today,
    toUnitId: String(request.unitId),
    arrives: false,
  })
  return await answer(movementIds[0]!, null)
}
