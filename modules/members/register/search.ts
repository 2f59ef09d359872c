/** Finding people by whatever is typed: a name in any order and half-typed, a card, an identity number or the end of one. The
 *  reason stands beside each. In a large branch matches are put in order by windows, so that no search reads the country. */
import { sql } from 'kysely'
import { readCursor, writeCursor } from '#kernel/cursor.ts'
import { compareWords, fold, givenFirst, tidy, wordsInOrder } from '#kernel/fold.ts'
import type { Ctx } from '#platform/database.ts'
import { allCitizenships } from '../identity.ts'
import { matchOf } from '../record/number.ts'
import { branchPage, type Words } from './branch.ts'
import type { Ask, Bounds, Question } from './filters.ts'
import { countMax, type Found, type Page } from './people.ts'

export async function searchPeople(
  ctx: Ctx,
  question: Question,
  ask: Ask & { q: string },
  bounds: Bounds,
  isSmall: boolean,
): Promise<Page> {
  const bare = ask.q.replace(/\s/g, '').toUpperCase()
  const exact = /\d/.test(bare) ? await byNumber(ctx, question, bare) : []
  const isFirst = !ask.cursor
  // Whole numbers stand above everything else, and once.
  const room = { ...ask, limit: Math.max(1, ask.limit - (isFirst ? exact.length : 0)) }
  const words = wordsOf(ask.q)
  const rest = /^\d{3,11}$/.test(bare)
    ? await byTail(ctx, question, room, bounds, bare)
    : !words
      ? nobody
      : isSmall
        ? await byNameInBranch(ctx, question, room, words)
        : await byName(ctx, question, room, bounds, words)
  const known = new Set(exact.map((one) => one.personId))
  const others = rest.found.filter((one) => !known.has(one.personId))
  const repeated = rest.found.length - others.length
  return {
    ...rest,
    found: isFirst ? [...exact, ...others] : others,
    count: rest.count && { ...rest.count, count: Math.min(countMax, rest.count.count + exact.length - repeated) },
  }
}

const nobody: Page = { found: [], next: null, count: { count: 0, isExact: true }, stopped: null }

/** What is compared of a name; null where no letter was typed. */
export function wordsOf(q: string): Words | null {
  const key = fold(q)
  if (!/\p{L}/u.test(key)) return null
  return { key, typed: tidy(q).toLowerCase(), patterns: key.split(' ').map((word) => `% ${word}%`) }
}

/** The walk goes by stages: the name itself, its beginning either way round, its words anywhere. Tones typed are better than none. */
const reasons = ['name', 'beginning', 'given-name', 'words'] as const
const rankOf = ({ stage, name }: Candidate, { typed }: Words): number =>
  stage > 1 ? 2 : name.toLowerCase() === typed ? 0 : 1

function reasonOf(fullName: string, rank: number, { key }: Words): Found['matched'] {
  if (rank < 2) return 'name'
  if (fold(fullName).startsWith(key)) return 'beginning'
  return givenFirst(fullName).startsWith(key) ? 'given-name' : 'words'
}

type Numbered = Omit<Found, 'matched'> & { by: 'card' | 'identity' }

/** Passports are matched within their country, which nobody types: each country is tried. */
async function byNumber(ctx: Ctx, { unitId, onDay, status, filter }: Question, bare: string): Promise<Found[]> {
  const isPassport = /^(?=.*\d)(?=.*[A-Z])[A-Z0-9]{6,12}$/.test(bare)
  const hashes = /^\d{12}$/.test(bare)
    ? [matchOf(ctx.secret, 'citizen', bare, 'VN')]
    : isPassport || /^\d{6,11}$/.test(bare)
      ? allCitizenships().map((country) => matchOf(ctx.secret, 'passport', bare, country))
      : []
  const { rows } = await sql<Numbered>`
    select n.person_id as "personId", n.unit_id as "unitId", n.since, n.until, n.name, n.by
    from members.find_numbers(${unitId}, ${onDay}, ${status}, ${filter}, ${bare}, ${hashes}::bytea[]) n`.execute(ctx.db)
  return rows.map(({ by, ...row }) => ({ ...row, matched: by }))
}

/** The names of a branch come back given name first; the order and the reason are asked of the whole name. */
async function byNameInBranch(ctx: Ctx, question: Question, ask: Ask, words: Words): Promise<Page> {
  const { ranks, ...page } = await branchPage(ctx, question, ask, words)
  const found = page.found.map((one, at) => ({
    ...one,
    matched: reasonOf(wordsInOrder(one.name).join(' '), ranks[at]!, words),
  }))
  return { ...page, found }
}

/** Where a window begins, and the last of it that was shown. */
const cursorParts = ['number', 'text', 'id', 'number', 'text', 'id'] as const
type Place = { stage: number; key: string; id: string }
type Candidate = Omit<Found, 'matched'> & Place

async function byName(ctx: Ctx, question: Question, ask: Ask, bounds: Bounds, words: Words): Promise<Page> {
  const { unitId, onDay, status, filter } = question
  const lexemes = words.key
    .split(' ')
    .map((word) => `${word}:*`)
    .join(' & ')
  const gather = async ({ stage, key, id }: Place) => {
    const { rows } = await sql<Candidate & { personId: string | null }>`
      select n.person_id as "personId", n.unit_id as "unitId", n.since, n.until, n.name, n.stage, n.key_at as key, n.id_at as id
      from members.find_names(${unitId}, ${onDay}, ${status}, ${filter}, ${words.key}, ${lexemes}, ${words.patterns}::text[],
        ${stage}, ${key}, ${id}, ${bounds.window + 1}, ${bounds.work}) n`.execute(ctx.db)
    const isStopped = rows.at(-1)?.personId === null
    return { candidates: rows.filter((row) => row.personId !== null), stop: isStopped ? rows.at(-1)! : null }
  }
  return await windowPage(ask, bounds, gather, (one) => ({
    rank: rankOf(one, words),
    matched: reasons[one.stage - 1]!,
  }))
}

type Tailed = Omit<Found, 'matched'> & { sealed: Buffer | null; id: string }

/** The last three digits stand beside a number; more are compared with the whole of it, opened here and forgotten. */
async function byTail(ctx: Ctx, question: Question, ask: Ask, bounds: Bounds, digits: string): Promise<Page> {
  const { unitId, onDay, status, filter } = question
  const batch = Math.ceil(bounds.work / 4)
  const gather = async (from: Place) => {
    const candidates: Candidate[] = []
    let at = from.id
    for (let looked = 0; looked < bounds.work; looked += batch) {
      const most = digits.length === 3 ? bounds.window + 1 - candidates.length : batch
      const { rows } = await sql<Tailed & { personId: string | null }>`
        select n.person_id as "personId", n.unit_id as "unitId", n.since, n.until, n.name, n.sealed, n.id_at as id
        from members.find_tails(${unitId}, ${onDay}, ${status}, ${filter}, ${digits.slice(-3)}, ${at}, ${most}, ${batch}) n`.execute(
        ctx.db,
      )
      const last = rows.at(-1)
      for (const { sealed, ...row } of rows) {
        if (row.personId === null || (digits.length > 3 && !ctx.secret.open(sealed!).endsWith(digits))) continue
        candidates.push({ ...row, personId: row.personId, stage: 1, key: '' })
        if (candidates.length > bounds.window) return { candidates, stop: null }
      }
      const isMore = last && (last.personId === null || rows.length >= most)
      if (!isMore) return { candidates, stop: null }
      at = last.id
    }
    return { candidates, stop: { stage: 1, key: '', id: at } }
  }
  return await windowPage(ask, bounds, gather, () => ({ rank: 0, matched: 'identity-tail' }))
}

/** One page of the window that a place begins: gathered in the order of the index, shown in the order of given names. */
async function windowPage(
  ask: Ask,
  bounds: Bounds,
  gather: (from: Place) => Promise<{ candidates: Candidate[]; stop: Place | null }>,
  judge: (one: Candidate) => { rank: number; matched: Found['matched'] },
): Promise<Page> {
  const cursor = readCursor(ask.cursor, cursorParts)
  const from: Place = cursor ? { stage: cursor[0], key: cursor[1], id: cursor[2] } : { stage: 1, key: '', id: '0' }
  const { candidates, stop } = await gather(from)
  const isMore = candidates.length > bounds.window
  const edge = isMore ? candidates[bounds.window - 1]! : stop
  const ordered = candidates
    .slice(0, bounds.window)
    .map((one) => ({ one, words: wordsInOrder(one.name), ...judge(one) }))
    .toSorted(compareRanked)
  const shown = cursor?.[5] ? ordered.filter((a) => compareRanked(a, lastOf(cursor)) > 0) : ordered
  const page = shown.slice(0, ask.limit)
  const last = page.at(-1)
  const isCut = shown.length > ask.limit && last
  return {
    found: page.map(({ one: { stage: _, key: __, id: ___, ...row }, matched }) => ({ ...row, matched })),
    next: isCut
      ? writeCursor([from.stage, from.key, from.id, ...keyOf(last)])
      : edge
        ? writeCursor([edge.stage, edge.key, edge.id, -1, '', '0'])
        : null,
    count: cursor ? null : { count: Math.min(ordered.length, countMax), isExact: !edge },
    stopped: !isCut && !isMore && stop ? { unions: null } : null,
  }
}

type Ranked = { rank: number; words: readonly string[]; one: { name: string; personId: string } }
const keyOf = ({ one, rank }: Ranked): [rank: number, name: string, id: string] => [rank, one.name, one.personId]
const lastOf = ([, , , rank, name, personId]: [number, string, string, number, string, string]): Ranked => ({
  rank,
  words: wordsInOrder(name),
  one: { name, personId },
})
const compareRanked = (a: Ranked, b: Ranked): number =>
  a.rank - b.rank || compareWords(a.words, b.words) || Number(BigInt(a.one.personId) - BigInt(b.one.personId))
