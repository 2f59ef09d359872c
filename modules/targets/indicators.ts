/** The register of indicators: counted ones are code, declared ones are data. A target names one of them. */
import { countedIndicators, coverageRate } from '#kernel/indicators.ts'
import { Problem } from '#kernel/problem.ts'
import { suggest } from '#kernel/suggest.ts'
import { phrases } from '#kernel/phrases.ts'
import type { Ctx } from '#platform/database.ts'

export type Indicator = {
  code: string
  kind: 'flow' | 'stock' | 'ratio'
  measure: 'people' | 'unions' | 'dong' | 'other'
  counted: boolean
  parent: string | null
  nameVi: string
  nameEn: string
}

const named = (code: string) => ({
  nameVi: (phrases.vi.indicators.known as Record<string, { name: string }>)[code]?.name ?? code,
  nameEn: (phrases.en.indicators.known as Record<string, { name: string }>)[code]?.name ?? code,
})

const counted: readonly Indicator[] = [
  ...countedIndicators.map(({ code, kind, measure, parent }) => ({
    code,
    kind,
    measure,
    parent,
    counted: true,
    ...named(code),
  })),
  {
    code: coverageRate.code,
    kind: 'ratio',
    measure: 'other',
    parent: null,
    counted: true,
    ...named(coverageRate.code),
  },
]

export async function listIndicators(ctx: Ctx): Promise<Indicator[]> {
  const declared = await ctx.db
    .selectFrom('targets.indicator')
    .select(['code', 'kind', 'measure', 'name_vi', 'name_en'])
    .orderBy('recorded_at')
    .orderBy('code')
    .execute()
  const known = new Set(counted.map((indicator) => indicator.code))
  return [
    ...counted,
    ...declared
      .filter((row) => !known.has(row.code))
      .map((row) => ({
        code: row.code,
        kind: row.kind as Indicator['kind'],
        measure: row.measure as Indicator['measure'],
        counted: false,
        parent: null,
        nameVi: row.name_vi,
        nameEn: row.name_en,
      })),
  ]
}

/** The indicators that codes name. The declared ones are read only when a code is none of the counted. */
export async function indicatorsOf(ctx: Ctx, codes: readonly string[]): Promise<Indicator[]> {
  const areCounted = codes.every((code) => counted.some((indicator) => indicator.code === code))
  const all = areCounted ? counted : await listIndicators(ctx)
  return codes.map((code) => requireIndicator(all, code))
}

/** Throws for a code that no indicator has, and suggests the nearest one. */
export function requireIndicator(all: readonly Indicator[], code: string): Indicator {
  const found = all.find((indicator) => indicator.code === code)
  if (!found)
    throw new Problem('unknown-indicator', {
      indicator: code,
      suggestion:
        suggest(
          code,
          all.map((indicator) => indicator.code),
        ) ?? all[0]!.code,
    })
  return found
}
