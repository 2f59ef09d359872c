/** The report: each ratio beside its goal, for the terminal and for bench/README.md. */
import { cpus, totalmem } from 'node:os'
import type { Loaded } from './load.ts'
import type { Bench, Goal, Measured } from './tasks.ts'

const count = (value: number) => Math.round(value).toLocaleString('en-US')
const ms = (value: number) => (value < 10 ? value.toFixed(2) : value.toFixed(0))
const times = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0))

/** How far a measurement is, in the terms of its goal. */
function reached(one: Measured, { measured, page }: Bench): { value: number; text: string } | null {
  const { goal, inSql } = one
  if (!goal) return null
  const previous = measured[measured.indexOf(one) - 1]
  const value = {
    raw: () => inSql.median / inSql.raw,
    page: () => inSql.median / inSql.raw / (page.median / page.raw),
    'first page': () => inSql.median / inSql.raw / (page.median / page.raw),
    today: () => inSql.median / inSql.raw / (previous ? previous.inSql.median / previous.inSql.raw : 1),
    'p95 ms': () => inSql.p95,
  }[goal.of]()
  return { value, text: goal.of === 'p95 ms' ? `p95 ${ms(value)} ms` : `${times(value)}×` }
}

const goalText = ({ most, of }: Goal) =>
  of === 'p95 ms'
    ? `p95 ≤ ${most} ms`
    : `≤ ${most}× ${{ raw: 'the raw SELECT', page: 'a page by key', 'first page': 'a page by key', today: 'one of today' }[of]}`

/** The table of what was measured; lines are Markdown. */
export function tableOf(bench: Bench): string[] {
  return [
    '| what | in SQL, median | p95 | whole act | over HTTP | in raw SELECTs | in warm ones | goal | |',
    '|---|---:|---:|---:|---:|---:|---:|---|---|',
    ...bench.measured.map((one) => {
      const far = reached(one, bench)
      const ratio = `${times(one.inSql.median / one.inSql.raw)}×`
      const met = far && one.goal ? (far.value <= one.goal.most ? '✓' : '✗') : ''
      const shown =
        far && one.goal!.of !== 'raw' ? `${goalText(one.goal!)}: ${far.text}` : one.goal ? goalText(one.goal) : ''
      return `| ${one.name} | ${ms(one.inSql.median)} ms | ${ms(one.inSql.p95)} ms | ${one.whole ? `${ms(one.whole.median)} ms` : ''} | ${one.http ? `${ms(one.http.median)} ms` : ''} | ${ratio} | ${times(one.inSql.median / one.inSql.tight)}× | ${shown} | ${met} |`
    }),
  ]
}

export function loadLines({ rows, rowsTotal, seconds, plain, detail, tallyRows }: Loaded): string[] {
  const ratio = plain ? plain.whole / seconds.whole : 0
  return [
    '| | seconds | rows/s |',
    '|---|---:|---:|',
    `| rows by COPY, made as they stream (${count(rowsTotal)}) | ${seconds.copy.toFixed(0)} | ${count(rowsTotal / seconds.copy)} |`,
    `| units' indexes, then the closure of the tree | ${seconds.closure.toFixed(0)} | |`,
    `| indexes on one core, tallies on the other | ${seconds.indexesAndTallies.toFixed(0)} | |`,
    `| foreign keys, checked | ${seconds.foreignKeys.toFixed(0)} | |`,
    `| **the whole first load** | **${seconds.whole.toFixed(0)}** | **${count(rowsTotal / seconds.whole)}** |`,
    ...(plain
      ? [
          `| plain: the same rows by COPY from files | ${plain.copy.toFixed(0)} | ${count(rowsTotal / plain.copy)} |`,
          `| plain: the same indexes | ${plain.indexes.toFixed(0)} | |`,
          `| **plain COPY, then index** | **${plain.whole.toFixed(0)}** | **${count(rowsTotal / plain.whole)}** |`,
          `| **first load against plain (goal ≥ 40%)** | **${(ratio * 100).toFixed(0)}%** | ${ratio >= 0.4 ? '✓' : '✗'} |`,
        ]
      : []),
    '',
    `Largest parts: ${Object.entries(detail)
      .filter(([, value]) => value >= 1)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, 10)
      .map(([name, value]) => `${name} ${value.toFixed(0)} s`)
      .join(', ')}; \`vacuum (analyze)\` after it ${seconds.analyze.toFixed(0)} s.`,
    '',
    `Rows: ${Object.entries(rows)
      .toSorted(([, a], [, b]) => b - a)
      .map(([table, value]) => `${table} ${count(value)}`)
      .join(', ')}. Tallies: ${Object.entries(tallyRows)
      .map(([table, value]) => `${table} ${count(value)}`)
      .join(', ')}.`,
  ]
}

export const machine = () =>
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, PostgreSQL 18.4`
