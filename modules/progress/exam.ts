export type Fact = {
  unit: string
  indicator: string
  kind: 'flow' | 'stock' | 'ratio' | 'event'
  from: string | null
  to: string
  result: number | null
  target: number | null
  of: number | null
  percent: string | null
}
