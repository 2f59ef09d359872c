/** The indicators as the screens need them: by code, with those the board opens with. */
import { useRead } from '#ui/api.ts'
import { listIndicators, type Indicator } from '../contract.ts'

/** The columns a board opens with; the reader chooses others. */
export const firstColumns = [
  'grassroots_founded',
  'members_admitted',
  'members_net_growth',
  'members_total',
  'grassroots_total',
  'coverage_rate',
]

export function useIndicators() {
  const read = useRead(listIndicators, {})
  const all = read.data?.indicators ?? []
  const byCode = new Map(all.map((indicator) => [indicator.code, indicator]))
  return { read, all, of: (code: string): Indicator => byCode.get(code) ?? unknown(code) }
}

const unknown = (code: string): Indicator => ({
  code,
  kind: 'flow',
  measure: 'other',
  counted: true,
  parent: null,
  nameVi: code,
  nameEn: code,
})
