/** Dated rule values with their legal basis: never a literal in code. */
import { sql } from 'kysely'
import type { Ctx } from '#platform/database.ts'

export type RuleKey =
  | 'members_min_grassroots'
  | 'members_min_occupational'
  | 'large_from'
  | 'rejoin_months'
  | 'age_min'
  | 'suspension_job_loss_months'
  | 'foreigner_contract_months'
  | 'managers_barred'
  | 'admission_upper_working_days'

type Rule = { value: number; legalBasis: string }

/** The values in force on a day; before the first value, the first one. */
export async function rulesOn<K extends RuleKey>(ctx: Ctx, keys: readonly K[], on: string): Promise<Record<K, Rule>> {
  const found = await sql<
    Rule & { key: K }
  >`select distinct on (key) key, value, legal_basis as "legalBasis" from units.rule_value
    where key = any(${keys}::text[]) and valid_to > ${on} order by key, valid_from`.execute(ctx.db)
  return Object.fromEntries(found.rows.map(({ key, ...rule }) => [key, rule])) as Record<K, Rule>
}
