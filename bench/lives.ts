/** Ten years in the lives of millions: month by month and union by union, people come in, move, leave. Rows stream out as they
 *  happen, so that they lie on disk as they would after ten years of entries; only who is where now is kept in memory. */
import { openChance } from '#demo/chance.ts'
import type { Writer } from './copy.ts'
import { dayNumber, dayText, firstDay, lastDay, type Country, type Union } from './country.ts'
import { openNames } from './names.ts'

export type Writers = Record<'person' | 'movement' | 'membership' | 'name' | 'decision' | 'founding' | 'event', Writer>

/** Of each hundred members a union ends with: so many stood there at the start, came in, left, were sent on in ten years. */
const perHundred = { opening: 85, left: 30, sent: 6.5 }

const [begin, end] = [dayNumber(firstDay), dayNumber(lastDay)]

export async function live(country: Country, seed: number, out: Writers): Promise<void> {
  const chance = openChance(seed, 'lives')
  const { next, whole } = chance
  const names = openNames(seed)
  const recording = openRecording(chance.next)
  const { unions } = country
  const months = monthsOf()
  const monthOf = (day: number) => months.findLastIndex(([from]) => from <= day)
  const startMonth = Int16Array.from(unions, (union) => (union.foundedOn === null ? 0 : monthOf(union.foundedOn)))
  const endMonth = Int16Array.from(unions, (union) => (union.endedOn === null ? 999 : monthOf(union.endedOn)))
  const womanShare = Float32Array.from(unions, () => 0.2 + next() * 0.6)
  const members: number[][] = unions.map(() => [])
  const capacity = Math.ceil(unions.reduce((sum, union) => sum + union.members, 0) * 1.6) + 10_000
  const [openedBy, since, isWoman] = [new Int32Array(capacity), new Int16Array(capacity), new Uint8Array(capacity)]
  const [birthFrom, hexes, secrets] = [dayNumber('1962-01-01'), hexTable(), secretTable(seed)]
  let [persons, movements, decisions] = [0, 0, 0]
  const indexOf = new Map(unions.map((union, index) => [union, index]))

  function register(union: Union, index: number, recordedAt: string): number {
    const id = ++persons
    const woman = next() < womanShare[index]! ? 1 : 0
    isWoman[id] = woman
    const { fullName, nameKey, givenKey, nameId } = names.nameOf(woman ? 'female' : 'male')
    const unique = hexes[(Math.imul(id, 0x9e3779b1) >>> 16) & 0xffff]! + hexes[Math.imul(id, 0x9e3779b1) & 0xffff]!
    out.person.line(
      `${id}\t${fullName}\t${nameId}\t${nameKey}\t${givenKey}\t${dayText(birthFrom + whole(0, 15_700))}\t${woman ? 'female' : 'male'}\t\\\\x${unique}${secrets[id & 4095]}\t\\\\x${secrets[(id * 7) & 4095]}${unique}${unique}${unique}\t${String(id % 1000).padStart(3, '0')}\t${recordedAt}\t${union.commune.officerId}\n`,
    )
    return id
  }

  function move(
    person: number,
    union: Union,
    kind: string,
    quantity: 1 | -1,
    day: number,
    decision: number | null,
    recordedAt: string,
    reverses: number | null = null,
  ): number {
    const id = ++movements
    const officer = kind === 'opening' ? '\\N' : union.commune.officerId
    out.movement.line(
      `${id}\t${person}\t${union.id}\t${kind}\t${quantity}\t${dayText(day)}\t${isWoman[person] ? 't' : 'f'}\t${union.isOccupational ? 't' : 'f'}\t${decision ?? '\\N'}\t${officer}\t${recordedAt}\t${union.commune.officerId}\t${reverses ?? '\\N'}\n`,
    )
    return id
  }

  function arrive(
    person: number,
    union: Union,
    index: number,
    kind: string,
    day: number,
    decision: number | null,
    recordedAt: string,
  ) {
    openedBy[person] = move(person, union, kind, 1, day, decision, recordedAt)
    since[person] = day
    members[index]!.push(person)
  }

  function depart(person: number, union: Union, kind: string, day: number, recordedAt: string) {
    const closed = move(person, union, kind, -1, day, null, recordedAt)
    out.membership.line(
      `${person}\t${union.id}\t[${dayText(since[person]!)},${dayText(day)})\t${openedBy[person]}\t${closed}\n`,
    )
  }

  /** Somebody who has been there since before a day, taken off the list; null where the draw finds nobody. */
  function take(index: number, before: number): number | null {
    const list = members[index]!
    for (let attempt = 0; attempt < 3 && list.length > 0; attempt++) {
      const at = whole(0, list.length - 1)
      const person = list[at]!
      if (since[person]! >= before) continue
      list[at] = list.at(-1)!
      list.pop()
      return person
    }
    return null
  }

  function decide(
    issuer: number,
    kind: string,
    number: string,
    day: number,
    recordedAt: string,
    recordedBy: number,
  ): number {
    out.decision.row([
      ++decisions,
      issuer,
      number,
      kind,
      dayText(day - whole(0, 3)),
      dayText(day),
      recordedAt,
      recordedBy,
    ])
    return decisions
  }

  function begin_(union: Union, index: number) {
    const day = union.foundedOn ?? begin
    const recordedAt = recording(day)
    if (union.foundedOn === null) {
      out.event.row([
        union.id,
        'opened',
        1,
        kindOf(union),
        union.sector,
        dayText(day),
        null,
        null,
        recordedAt,
        union.commune.officerId,
      ])
      for (let left = Math.round((union.members * perHundred.opening) / 100); left > 0; left--)
        arrive(register(union, index, recordedAt), union, index, 'opening', day, null, recordedAt)
      return
    }
    const { officerId, id: communeId } = union.formerCommune ?? union.commune
    const decision = decide(communeId, 'founding', `${union.id}/QĐ-LĐLĐ`, day, recordedAt, officerId)
    out.event.row([
      union.id,
      'founded',
      1,
      kindOf(union),
      union.sector,
      dayText(day),
      decision,
      officerId,
      recordedAt,
      officerId,
    ])
    const founders = Math.max(union.isOccupational ? 10 : 5, Math.round(union.members * 0.6))
    for (let left = founders; left > 0; left--)
      arrive(register(union, index, recordedAt), union, index, 'admitted', day, decision, recordedAt)
    const employer = union.isOccupational ? null : union.id
    out.founding.row([
      union.id,
      1,
      dayText(day),
      kindOf(union),
      union.sector,
      employer,
      employer && (union.sector === 'state' ? 'agency' : 'enterprise'),
      founders,
      founders >= 25,
      decision,
      officerId,
      recordedAt,
      officerId,
    ])
  }

  for (const [month, [first, last]] of months.entries()) {
    for (let index = 0; index < unions.length; index++) {
      if (month < startMonth[index]! || month > endMonth[index]!) continue
      const union = unions[index]!
      if (month === startMonth[index]) begin_(union, index)
      else {
        if (month === endMonth[index]) {
          const day = union.endedOn!
          const recordedAt = recording(day)
          for (const person of members[index]!) depart(person, union, 'ended', day, recordedAt)
          members[index] = []
          out.event.row([
            union.id,
            'ended',
            -1,
            kindOf(union),
            union.sector,
            dayText(day),
            null,
            null,
            recordedAt,
            union.commune.officerId,
          ])
          continue
        }
        const lasting = 121 - startMonth[index]!
        const share = lasting / 121
        const often = (count: number) => Math.floor(count / lasting + next())
        for (let left = often((union.members * perHundred.left * share) / 100); left > 0; left--) {
          const person = take(index, first)
          const day = whole(first, last)
          if (person !== null)
            depart(person, union, next() < 0.93 ? 'left' : next() < 0.5 ? 'expelled' : 'ended', day, recording(day))
        }
        for (let left = often((union.members * perHundred.sent * share) / 100); left > 0; left--) {
          const to = union.commune.unions[whole(0, union.commune.unions.length - 1)]!
          const there = indexOf.get(to)!
          if (there === index || startMonth[there]! >= month || endMonth[there]! <= month) continue
          const person = take(index, first)
          if (person === null) continue
          const day = whole(first, last)
          const recordedAt = recording(day)
          depart(person, union, 'sent', day, recordedAt)
          arrive(person, to, there, 'received', day, null, recordedAt)
        }
        const stood = union.foundedOn === null ? perHundred.opening : 60
        const count = often((union.members * (100 - stood + perHundred.left * share)) / 100)
        if (count > 0) {
          const day = whole(first, last)
          const recordedAt = recording(day)
          const decision =
            next() < 0.1
              ? decide(union.id, 'admission', `${month + 1}/QĐ-CĐCS`, day, recordedAt, union.commune.officerId)
              : null
          for (let left = count; left > 0; left--) {
            const person = register(union, index, recordedAt)
            // One entry in five hundred was a mistake and was reversed later.
            if (next() > 0.002) arrive(person, union, index, 'admitted', day, decision, recordedAt)
            else
              move(
                person,
                union,
                'admitted',
                -1,
                day,
                decision,
                recording(Math.min(end, day + 20)),
                move(person, union, 'admitted', 1, day, decision, recordedAt),
              )
          }
        }
      }
      for (const writer of [out.person, out.movement, out.membership]) {
        const wait = writer.breathe()
        if (wait) await wait
      }
    }
  }
  for (let index = 0; index < unions.length; index++) {
    for (const person of members[index]!)
      out.membership.line(`${person}\t${unions[index]!.id}\t[${dayText(since[person]!)},)\t${openedBy[person]}\t\\N\n`)
    await out.membership.breathe()
  }
  let nameId = 0
  for (const name of names.distinct()) {
    out.name.line(`${++nameId}\t${name}\n`)
    if (nameId % 10_000 === 0) await out.name.breathe()
  }
}

export const kindOf = (union: Union) => (union.isOccupational ? 'occupational' : 'grassroots')

/** Months as first and last day numbers; the last one ends with the records. */
function monthsOf(): [number, number][] {
  const months: [number, number][] = []
  for (let year = 2016, month = 10; Date.UTC(year, month) / 86_400_000 <= end; month++) {
    months.push([Date.UTC(year, month) / 86_400_000, Math.min(end, Date.UTC(year, month + 1) / 86_400_000 - 1)])
  }
  return months
}

/** When an entry was made: within days of what it records, one in eight weeks later, never after the last day. */
export function openRecording(next: () => number): (day: number) => string {
  const times = Array.from(
    { length: 540 },
    (_, minute) =>
      ` ${String(1 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00+00`,
  )
  return (day) => {
    const late = next() < 0.125 ? 12 + Math.floor(next() * 24) : Math.floor(next() * 5)
    return dayText(Math.min(end, day + late)) + times[Math.floor(next() * 540)]
  }
}

const hexTable = () => Array.from({ length: 65_536 }, (_, value) => value.toString(16).padStart(4, '0'))

/** The part of a sealed number and of a hash that need not be unique: 28 bytes. */
function secretTable(seed: number): string[] {
  const { whole } = openChance(seed, 'secrets')
  return Array.from({ length: 4096 }, () =>
    Array.from({ length: 28 }, () => whole(0, 255).toString(16).padStart(2, '0')).join(''),
  )
}
