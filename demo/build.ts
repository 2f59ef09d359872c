/** Carries a plan out: the same actions that officers use, each as the officer who did it, recorded days after it happened.
 *  All of it in one transaction: a demo that does not add up leaves nothing. */
import { sql, type Transaction } from 'kysely'
import { addDays } from '#kernel/day.ts'
import { fold } from '#kernel/fold.ts'
import type { DB } from '#database/types.ts'
import { demoPassword } from '#modules/access/queries.ts'
import { countWorkforce, employerForUnion, linkUnion } from '#modules/employers/actions.ts'
import { foundUnion } from '#modules/founding/actions.ts'
import { admitMembers } from '#modules/members/actions.ts'
import { checkPeople, refuseFaults, writeArrivals } from '#modules/members/admission.ts'
import { releaseMembers } from '#modules/members/moves/actions.ts'
import { declareFigure } from '#modules/progress/declarations.ts'
import { setTarget } from '#modules/targets/actions.ts'
import { placeUnit, recordEvent } from '#modules/units/actions.ts'
import { nameActor, type Actor, type Ctx, type Database } from '#platform/database.ts'
import { hashPassword, type Secret } from '#platform/secret.ts'
import { openChance } from './chance.ts'
import { invitePeople } from './people.ts'
import type { Plan, PlannedUnion } from './plan.ts'

export type Built = { units: number; unions: number; people: number }

export async function buildDemo(
  owner: Database,
  secret: Secret,
  plan: Plan,
  seed: number,
  today: string,
): Promise<Built> {
  const passwordHash = await hashPassword(demoPassword)
  return await owner.transaction().execute(async (db) => {
    // The planner knows nothing of tables that fill within one transaction; it must not take them for empty.
    await sql`set local enable_seqscan = off`.execute(db)
    const clerk = openClerk(db, secret, plan, seed, today)
    await clerk.placeUnits(passwordHash)
    await clerk.openStock()
    await clerk.livePeriod()
    await clerk.registerIndicators()
    await clerk.setTargets()
    await clerk.declare()
    // Whoever reads the demo gets plans made for its sizes.
    await sql`analyze`.execute(db)
    return clerk.built
  })
}

type Act = { on: string; order: number; unionKey: string; run: (ctx: Ctx) => Promise<void>; by: string }

function openClerk(db: Transaction<DB>, secret: Secret, plan: Plan, seed: number, today: string) {
  const chance = openChance(seed, 'recording')
  const invite = invitePeople(seed)
  const unitIds = new Map<string, number>()
  const unions = new Map<string, { id: number; decisions: number; people: { id: string; sex: 'male' | 'female' }[] }>()
  const actors = new Map<string, Actor>()
  const recordedAt = new Map<string, string>()
  const built: Built = { units: 0, unions: 0, people: 0 }

  /** Runs one act as a person, recorded at an instant; acts on one union keep their order. */
  async function as<T>(username: string, instant: string, act: string, work: (ctx: Ctx) => Promise<T>): Promise<T> {
    const actor = actors.get(username)!
    await nameActor(db, actor, act, today)
    await sql`select set_config('app.recorded_at', ${instant}, true)`.execute(db)
    return await work({ db, actor, today, language: 'vi', secret, afterCommit: () => {} })
  }

  /** Most papers are typed in within days; one in eight comes late, as papers do. Never in the future. */
  function recordingOf(key: string, on: string): string {
    const late = chance.happens(0.125) ? chance.whole(12, 35) : chance.whole(0, 4)
    const time = `T0${chance.whole(1, 9)}:${String(chance.whole(0, 59)).padStart(2, '0')}:00Z`
    const instant = addDays(on, late) + time
    const latest = `${addDays(today, -1)}T09:00:00Z`
    const before = recordedAt.get(key) ?? ''
    const kept = [instant < latest ? instant : latest, before].toSorted().at(-1)!
    recordedAt.set(key, kept)
    return kept
  }

  const peopleFor = (count: number, women: number, on: string) =>
    Array.from({ length: count }, (_, index) => invite(index < women ? 'female' : 'male', on)).toSorted((a, b) =>
      a.identityNumber.slice(-3) < b.identityNumber.slice(-3) ? -1 : 1,
    )

  const leavers = new Set(plan.departures.map((departure) => departure.unionKey))

  /** Who belongs to a union now; asked only where somebody is going to leave. */
  async function remember(unionKey: string, unionId: number) {
    const decisions = unions.get(unionKey)?.decisions ?? 0
    unions.set(unionKey, { id: unionId, decisions, people: [] })
    if (!leavers.has(unionKey)) return
    const found = await sql<{
      id: string
      sex: 'male' | 'female'
    }>`select p.id, p.sex from members.membership m join members.person p on p.id = m.person_id
      where m.unit_id = ${unionId} and m.closed_by is null order by p.id`.execute(db)
    unions.set(unionKey, { id: unionId, decisions, people: found.rows })
  }

  async function placeUnits(passwordHash: string) {
    for (const unit of plan.units) {
      await sql`select set_config('app.recorded_at', ${`${unit.foundedOn}T02:00:00Z`}, true), set_config('app.today', ${today}, true), set_config('app.sees_all', 't', true)`.execute(
        db,
      )
      const id =
        unit.parentCode === null ? await placeRoot(unit) : await placeBelow(unit, unitIds.get(unit.parentCode)!)
      unitIds.set(unit.code, id)
      built.units += 1
    }
    const leaders = plan.units
      .filter((unit) => unit.parentCode === null)
      .map((unit) => ({
        unitCode: unit.code,
        username: `lanhdao.${unit.code}`,
        name: 'Trần Minh Quang',
        role: 'federation_leader' as const,
      }))
    const readers = plan.units
      .filter((unit) => unit.parentCode === null)
      .map((unit) => ({
        unitCode: unit.code,
        username: `chixem.${unit.code}`,
        name: 'Lê Thu Trang',
        role: 'read_only' as const,
      }))
    const busiest = busiestUnit()
    for (const officer of [...leaders, ...plan.officers, ...readers]) {
      const opensDoor =
        officer.role === 'federation_leader' || officer.role === 'read_only' || officer.unitCode === busiest
      const { id } = await db
        .insertInto('access.account')
        .values({
          username: officer.username,
          name: officer.name,
          role: officer.role,
          unit_id: unitIds.get(officer.unitCode)!,
          password_hash: opensDoor ? passwordHash : null,
          is_demo: opensDoor,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      const unit = plan.units.find((one) => one.code === officer.unitCode)!
      actors.set(officer.username, {
        id,
        username: officer.username,
        name: officer.name,
        role: officer.role,
        unitId: unitIds.get(officer.unitCode)!,
        unitCode: unit.code,
        unitName: unit.name,
        seesAll: unit.parentCode === null,
      })
    }
  }

  /** The unit with the most foundings shows each role: its people may sign in. */
  function busiestUnit(): string {
    const counts = Map.groupBy(plan.foundings, (founding) => founding.upperCode)
    const most = [...counts].toSorted((a, b) => b[1].length - a[1].length)[0]
    return most?.[0] ?? plan.units.at(-1)!.code
  }

  async function placeRoot(unit: Plan['units'][number]): Promise<number> {
    const { id } = await db
      .insertInto('units.unit')
      .values({ code: unit.code, kind: unit.kind, name: unit.name })
      .returning('id')
      .executeTakeFirstOrThrow()
    const spell = (trait: string, value: string) => ({
      unit_id: id,
      trait,
      value,
      folded: trait === 'name' ? fold(value) : null,
      valid_from: unit.foundedOn,
    })
    await db
      .insertInto('units.spell')
      .values([spell('name', unit.name), spell('kind', unit.kind), spell('code', unit.code)])
      .execute()
    await insertOpened(id, unit)
    return id
  }

  async function placeBelow(unit: Plan['units'][number], parentId: number): Promise<number> {
    const ctx = { db, today } as Ctx
    const { id } = await placeUnit(
      ctx,
      parentId,
      { name: unit.name, kind: unit.kind, code: unit.code },
      unit.foundedOn,
      null,
    )
    await insertOpened(id, unit)
    return id
  }

  const insertOpened = (id: number, unit: Plan['units'][number]) =>
    recordEvent(
      { db } as Ctx,
      { id, kind: unit.kind, sector: null },
      { kind: 'opened', on: unit.foundedOn, decisionId: null },
    )

  const leaderOf = (unitCode: string) => plan.officers.find((officer) => officer.unitCode === unitCode)!.username

  /** What stood before the records began: an opening stock, neither founded nor admitted. */
  async function openStock() {
    for (const { upperCode, unions: opened } of plan.opening) {
      for (const union of opened) {
        await as(leaderOf(upperCode), `${plan.openedOn}T03:00:00Z`, 'demo: opening stock', (ctx) =>
          openUnion(ctx, union),
        )
      }
    }
  }

  async function openUnion(ctx: Ctx, union: PlannedUnion) {
    const upperId = unitIds.get(union.upperCode)!
    const on = plan.openedOn
    const placed = await placeUnit(
      ctx,
      upperId,
      { name: union.name, kind: union.kind, sector: union.sector, area: union.employer?.ward },
      on,
      null,
    )
    await recordEvent(
      ctx,
      { id: placed.id, kind: union.kind, sector: union.sector },
      { kind: 'opened', on, decisionId: null },
    )
    if (union.employer) {
      const employerId = await employerForUnion(ctx, upperId, union.employer)
      await countWorkforce(ctx, employerId, {
        on: union.employer.workersOn,
        workers: union.employer.workers,
        source: 'BHXH',
      })
      await linkUnion(ctx, employerId, placed.id, on)
    }
    const { candidates, faults } = await checkPeople(ctx, peopleFor(union.members, union.women, on), on)
    refuseFaults(faults)
    await writeArrivals(ctx, candidates, {
      unitId: placed.id,
      isOccupational: union.kind === 'occupational',
      on,
      kind: 'opening',
      decisionId: null,
      officerId: null,
    })
    built.unions += 1
    built.people += union.members
    await remember(union.key, placed.id)
  }

  /** Foundings, admissions, departures and counts in the order in which they happened. */
  async function livePeriod() {
    const acts: Act[] = [
      ...plan.foundings.map((founding) => ({
        on: founding.effectiveOn,
        order: 0,
        unionKey: founding.key,
        by: founding.officerUsername,
        run: (ctx: Ctx) => found(ctx, founding),
      })),
      ...plan.admissions.map((entry) => ({
        on: entry.on,
        order: 1,
        unionKey: entry.unionKey,
        by: entry.officerUsername,
        run: (ctx: Ctx) => admit(ctx, entry),
      })),
      ...plan.departures.map((entry) => ({
        on: entry.on,
        order: 2,
        unionKey: entry.unionKey,
        by: '',
        run: (ctx: Ctx) => release(ctx, entry),
      })),
      ...plan.workforce.map((entry) => ({
        on: entry.on,
        order: 3,
        unionKey: entry.unionKey,
        by: '',
        run: (ctx: Ctx) => count(ctx, entry),
      })),
    ]
    const upperOf = new Map(
      [...plan.opening.flatMap(({ unions: opened }) => opened), ...plan.foundings].map((union) => [
        union.key,
        union.upperCode,
      ]),
    )
    for (const act of acts.toSorted((a, b) => (a.on === b.on ? a.order - b.order : a.on < b.on ? -1 : 1))) {
      await as(act.by || leaderOf(upperOf.get(act.unionKey)!), recordingOf(act.unionKey, act.on), 'demo', act.run)
    }
  }

  async function found(ctx: Ctx, founding: Plan['foundings'][number]) {
    const done = await foundUnion(ctx, {
      upperUnitId: String(unitIds.get(founding.upperCode)!),
      kind: founding.kind,
      name: founding.name,
      sector: founding.sector,
      employer: founding.employer,
      decision: {
        number: founding.decisionNumber,
        signedOn: founding.signedOn,
        effectiveOn: founding.effectiveOn,
        handedOverOn: null,
        signer: null,
      },
      officerId: String(actors.get(founding.officerUsername)!.id),
      people: peopleFor(founding.members, founding.women, founding.effectiveOn),
    })
    built.unions += 1
    built.people += founding.members
    await remember(founding.key, Number(done.unitId))
  }

  async function admit(ctx: Ctx, entry: Plan['admissions'][number]) {
    const union = unions.get(entry.unionKey)!
    union.decisions += 1
    await admitMembers(ctx, String(union.id), {
      on: entry.on,
      decision: { number: `${union.decisions}/QĐ-CĐCS`, signedOn: entry.on, effectiveOn: entry.on },
      officerId: String(actors.get(entry.officerUsername)!.id),
      people: peopleFor(entry.people, entry.women, entry.on),
    })
    built.people += entry.people
    await remember(entry.unionKey, union.id)
  }

  async function release(ctx: Ctx, entry: Plan['departures'][number]) {
    const union = unions.get(entry.unionKey)!
    const leaving = [
      ...union.people.filter((person) => person.sex === 'female').slice(0, entry.women),
      ...union.people.filter((person) => person.sex === 'male').slice(0, entry.people - entry.women),
    ]
    const reason = entry.kind === 'left' ? 'Thôi việc' : 'Nghỉ hưu'
    await releaseMembers(
      ctx,
      leaving.map((person) => person.id),
      { on: entry.on, kind: entry.kind, reason },
    )
    await remember(entry.unionKey, union.id)
  }

  async function count(ctx: Ctx, entry: Plan['workforce'][number]) {
    const union = unions.get(entry.unionKey)!
    const { rows } = await sql<{
      id: string
    }>`select l.employer_id as id from employers.union_link l where l.unit_id = ${union.id} and l.superseded_at = 'infinity' limit 1`.execute(
      db,
    )
    await countWorkforce(ctx, rows[0]!.id, { on: entry.on, workers: entry.workers, source: 'BHXH' })
  }

  const federation = () => [...actors.values()].find((actor) => actor.role === 'federation_leader')!.username

  async function setTargets() {
    for (const target of plan.targets) {
      await as(federation(), `${target.setOn}T02:30:00Z`, 'demo', (ctx) =>
        setTarget(ctx, { ...target, unitId: String(unitIds.get(target.unitCode)!) }),
      )
    }
  }

  /** What no ledger counts and nobody has declared before becomes a declared indicator. */
  async function registerIndicators() {
    for (const { code, kind, measure } of plan.unknownIndicators) {
      const name = code.replaceAll('_', ' ')
      await db
        .insertInto('targets.indicator')
        .values({ code, kind, measure, name_vi: name, name_en: name })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
  }

  async function declare() {
    for (const entry of plan.declarations) {
      await as(leaderOf(entry.unitCode), recordingOf(`declared ${entry.unitCode}`, entry.to), 'demo', (ctx) =>
        declareFigure(ctx, { ...entry, unitId: String(unitIds.get(entry.unitCode)!) }),
      )
    }
  }

  return { placeUnits, openStock, livePeriod, registerIndicators, setTargets, declare, built }
}
