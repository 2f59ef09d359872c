/** Dated rule values with their legal basis: never a literal in code. */
import { sql } from 'kysely'
import type { Ctx } from '#platform/database.ts'

export type RuleKey = 'members_min_grassroots' | 'members_min_occupational' | 'large_from' | 'rejoin_months' | 'age_min'

/** The value in force on a day; before the first value, the first one. */
export async function ruleOn(ctx: Ctx, key: RuleKey, on: string): Promise<{ value: number; legalBasis: string }> {
  const found = await sql<{
    value: number
    legalBasis: string
  }>`select value, legal_basis as "legalBasis" from units.rule_value
    where key = ${key} and (valid_to > ${on}) order by valid_from limit 1`.execute(ctx.db)
  return found.rows[0]!
}
