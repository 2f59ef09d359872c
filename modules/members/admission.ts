/** Admitting a list: lock everybody, ask about everybody, tell everything wrong at once, then write all of them or nobody. */
import { sql } from 'kysely'
import { fold, givenFirst } from '#kernel/fold.ts'
import { Problem, type Fault } from '#kernel/problem.ts'
import type { Ctx } from '#platform/database.ts'
import type { PersonEntry } from './contract.ts'
import { inTheWay, standingOf, type Standing } from './moves/history.ts'
import { obstacleTo, stateOn } from './moves/rules.ts'
import { rulesOn } from '#modules/units/rulebook.ts'
import { ageOn, faultsOfTwins, readPerson, refuseKnown, type Known, type Person } from './rules.ts'

/** A person who may be admitted: `id` where the register has them already. */
export type Candidate = Person & { id: string | null; hash: Buffer }

/** Reads and checks a list against the law and the register. Locks everybody named, so the answer still holds when it is written. */
export async function checkPeople(
  ctx: Ctx,
  people: readonly PersonEntry[],
  on: string,
  as: 'admitted' | 'received' = 'admitted',
): Promise<{ candidates: Candidate[]; faults: Fault[] }> {
  const read = people.map((entry, index) => readPerson(entry, index + 1))
  const persons = read.flatMap(({ person }) => (person ? [person] : []))
  const faults = [...read.flatMap((row) => row.faults), ...faultsOfTwins(persons)]
  const hashed = persons.map((person) => ({ ...person, hash: ctx.secret.match(person.identityNumber) }))
  await sql`select members.lock_identities(${hashed.map((person) => person.hash)})`.execute(ctx.db)
  const known = await whereabouts(
    ctx,
    hashed.map((person) => person.hash),
  )
  const histories = await standingOf(
    ctx,
    [...known.values()].map((person) => person.id),
  )
  const { rejoin_months: rejoin, age_min: age } = await rulesOn(ctx, ['rejoin_months', 'age_min'], on)
  const candidates: Candidate[] = []
  for (const person of hashed) {
    const before = known.get(person.hash.toString('hex'))
    const history = before ? (histories.get(before.id) ?? []) : []
    const fault = before
      ? (refuseKnown(person, before, on, { months: as === 'received' ? 0 : rejoin.value, law: rejoin.legalBasis }) ??
        refuseArrival(ctx, person, history, on))
      : null
    if (fault) faults.push(fault)
    if (ageOn(person.birthDate, on) < age.value)
      faults.push({ name: 'too-young', line: person.line, facts: { name: person.fullName, min: age.value } })
    candidates.push({ ...person, id: before?.id ?? null })
  }
  faults.sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
  const wrong = new Set(faults.map((fault) => fault.line))
  return { candidates: candidates.filter((person) => !wrong.has(person.line)), faults }
}

/** Why somebody whose history is known cannot arrive on a day: they are on the road, or a later row would not follow. */
function refuseArrival(ctx: Ctx, { line, fullName: name }: Person, history: Standing[], on: string): Fault | null {
  const state = stateOn(history, on)
  if (state.where === 'road') return { name: 'member-on-the-road', line, facts: { name, since: state.since } }
  const arrival = { id: '9'.repeat(18), kind: 'admitted' as const, quantity: 1, unitId: 0, occurredOn: on }
  const row = obstacleTo(history, arrival)
  return row && row !== 'itself'
    ? { name: 'history-impossible', line, facts: inTheWay(ctx, name, row as Standing).facts }
    : null
}

export function refuseFaults(faults: readonly Fault[]) {
  if (faults.length > 0)
    throw new Problem(
      'list-has-faults',
      { count: new Set(faults.map((fault) => fault.line)).size },
      faults.slice(0, 500),
    )
}

type Row = {
  identity_hash: Buffer
  person_id: string
  full_name: string
  birth: string
  unit_name: string | null
  since: string | null
  left_on: string | null
  left_kind: string | null
  visible: boolean
}

async function whereabouts(ctx: Ctx, hashes: Buffer[]): Promise<Map<string, Known & { id: string }>> {
  const found = await sql<Row>`select * from members.whereabouts(${hashes})`.execute(ctx.db)
  return new Map(
    found.rows.map((row) => [
      row.identity_hash.toString('hex'),
      {
        id: row.person_id,
        fullName: row.full_name,
        birth: row.birth,
        unitName: row.unit_name,
        since: row.since,
        leftOn: row.left_on,
        leftKind: row.left_kind,
        isVisible: row.visible,
      },
    ]),
  )
}

export type Into = {
  unitId: number
  isOccupational: boolean
  on: string
  kind: 'admitted' | 'opening' | 'received'
  decisionId: string | null
  officerId: number | null
}

/** Writes people and their arrivals in two statements, whatever their number; returns the movements' ids. */
export async function writeArrivals(ctx: Ctx, candidates: readonly Candidate[], into: Into): Promise<string[]> {
  const ids = await writePersons(ctx, candidates)
  const found = await sql<{ id: string }>`
    insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational, decision_id, officer_id)
    select p.id, ${into.unitId}, ${into.kind}, 1, ${into.on}, p.is_woman, ${into.isOccupational}, ${into.decisionId}::bigint, ${into.officerId}::int
    from unnest(${ids}::bigint[], ${candidates.map((person) => person.sex === 'female')}::boolean[]) as p(id, is_woman)
    returning id`.execute(ctx.db)
  return found.rows.map((row) => row.id)
}

/** Registers those who are new; returns everybody's id in the order given. */
async function writePersons(ctx: Ctx, candidates: readonly Candidate[]): Promise<string[]> {
  // In one order for everybody, so that two lists with the same people wait for one another instead of deadlocking.
  const fresh = candidates.filter((person) => !person.id).toSorted((a, b) => a.hash.compare(b.hash))
  if (fresh.length === 0) return candidates.map((person) => person.id!)
  const keys = fresh.map((person) => fold(person.fullName))
  // The ids are drawn first: nobody may read back a person who has no membership yet.
  const written = await sql<{ id: string }>`
    with fresh as materialized (
      select nextval('members.person_id_seq') as id, p.*, n.id as name_id
      from unnest(${fresh.map((p) => p.fullName)}::text[], ${keys}::text[], ${fresh.map((p) => givenFirst(p.fullName))}::text[],
        ${fresh.map((p) => p.birthDate)}::date[], ${fresh.map((p) => p.sex)}::text[], ${fresh.map((p) => p.hash)}::bytea[],
        ${fresh.map((p) => ctx.secret.seal(p.identityNumber))}::bytea[], ${fresh.map((p) => p.identityNumber.slice(-3))}::text[])
        with ordinality as p(full_name, name_key, given_key, birth_date, sex, identity_hash, identity_sealed, identity_tail, line)
      join members.name_ids(${keys}) n on n.folded = p.name_key
    ), written as (
      insert into members.person (id, full_name, name_id, name_key, given_key, birth_date, sex, identity_hash, identity_sealed, identity_tail)
      overriding system value
      select id, full_name, name_id, name_key, given_key, birth_date, sex, identity_hash, identity_sealed, identity_tail from fresh order by line
    )
    select id from fresh order by line`.execute(ctx.db)
  const ids = written.rows.map((row) => row.id)
  const idOf = new Map(fresh.map((person, index) => [person, ids[index]!]))
  return candidates.map((person) => person.id ?? idOf.get(person)!)
}
