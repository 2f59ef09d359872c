/** Which union a row of a district's list means: by code, by name of today or of before, by the employer's name or tax code. */
import { sql } from 'kysely'
import { fold } from '#kernel/fold.ts'
import type { Ctx } from '#platform/database.ts'

/** Words before a name that lists put or leave out. */
const before = /^(cdcs|cong doan co so|cong doan|nghiep doan co so|nghiep doan|cd|nd)\s+/
/** Legal forms, which lists shorten in many ways. */
const forms =
  /\b(cong ty|cty|tnhh|trach nhiem huu han|mtv|mot thanh vien|co phan|cp|jsc|co ltd|ltd|doanh nghiep tu nhan|dntn|chi nhanh|cn)\b/g

const plain = (name: string) => fold(name).replace(before, '')
/** A name without its legal form. */
export const bare = (name: string) => plain(name).replace(forms, ' ').replace(/\s+/g, ' ').trim()

/** Unit ids by what is typed; a name that fits two unions fits none. */
export async function matchUnions(ctx: Ctx, unitId: number, typed: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: number; code: string; names: string[]; taxCodes: string[] }>`
    select u.id, u.code, array(select s.value from units.spell s where s.unit_id = u.id and s.trait = 'name' and s.superseded_at = 'infinity')
        || array(select e.name from employers.union_link l join employers.employer e on e.id = l.employer_id where l.unit_id = u.id and l.superseded_at = 'infinity') as names,
      array(select e.tax_code from employers.union_link l join employers.employer e on e.id = l.employer_id where l.unit_id = u.id and l.superseded_at = 'infinity') as "taxCodes"
    from units.branch b join units.unit u on u.id = b.unit_id
    where b.ancestor_id = ${unitId} and b.superseded_at = 'infinity' and b.valid_from <= ${ctx.today} and ${ctx.today}::date < b.valid_to
      and u.kind in ('grassroots', 'occupational')`.execute(ctx.db)
  const [exact, named, loose] = [
    new Map<string, Set<number>>(),
    new Map<string, Set<number>>(),
    new Map<string, Set<number>>(),
  ]
  const put = (keys: Map<string, Set<number>>, key: string, id: number) => {
    if (key) keys.set(key, (keys.get(key) ?? new Set()).add(id))
  }
  for (const { id, code, names, taxCodes } of rows) {
    for (const key of [code, ...taxCodes]) put(exact, key.toLowerCase(), id)
    for (const name of names) {
      put(named, plain(name), id)
      put(loose, bare(name), id)
    }
  }
  const only = (ids: Set<number> | undefined) => (ids?.size === 1 ? [...ids][0]! : null)
  return new Map(
    typed.flatMap((text) => {
      const id =
        only(exact.get(text.trim().toLowerCase())) ?? only(named.get(plain(text))) ?? only(loose.get(bare(text)))
      return id === null ? [] : [[text, id] as const]
    }),
  )
}
