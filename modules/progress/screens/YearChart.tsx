/** Draws the year: this year's line, last year's dashed, the way to the target dotted. Words and the table say it too. */
import { useElementSize } from '@mantine/hooks'
import { daysBetween, yearEnd, yearStart } from '#kernel/day.ts'
import type { Reply } from '#kernel/endpoint.ts'
import { useWords } from '#ui/words.tsx'
import type { showYear } from '../contract.ts'

type YearChartProps = { year: Reply<typeof showYear>; target: number | null; isFlow: boolean; label: string }

const height = 190
const edge = { top: 14, right: 14, bottom: 24, left: 52 }

export function YearChart({ year, target, isFlow, label }: YearChartProps) {
  const { say, count } = useWords()
  const { ref, width: measured } = useElementSize()
  const width = Math.max(280, measured || 520)
  const [start, end] = [yearStart(year.asOf), yearEnd(year.asOf)]
  const values = year.points.flatMap((point) => [point.result ?? 0, point.lastYear ?? 0])
  const bottom = isFlow
    ? Math.min(0, ...values)
    : Math.min(
        ...values.filter((value) => value > 0),
        target ?? Infinity,
        ...(values.every((value) => value <= 0) ? [0] : []),
      ) * 0.98
  const top = niceTop(Math.max(1, target ?? 0, ...values))
  const floor = isFlow ? bottom : niceFloor(bottom, top)
  const days = daysBetween(start, end)
  const x = (day: string) => edge.left + (daysBetween(start, day) / days) * (width - edge.left - edge.right)
  const y = (value: number) =>
    height - edge.bottom - ((value - floor) / (top - floor || 1)) * (height - edge.top - edge.bottom)
  const line = (points: [string, number][]) =>
    points.map(([day, value], index) => `${index ? 'L' : 'M'}${x(day).toFixed(1)} ${y(value).toFixed(1)}`).join('')
  const now = year.points
    .filter((point) => point.result !== null && point.on <= year.asOf)
    .map((point): [string, number] => [point.on, point.result!])
  const before = year.points
    .filter((point) => point.lastYear !== null)
    .map((point): [string, number] => [point.on, point.lastYear!])
  const hasBefore = before.some(([, value]) => value !== 0)
  const origin: [string, number][] = isFlow ? [[start, 0]] : []
  const ticks = [floor, (floor + top) / 2, top].map(Math.round)

  return (
    <div ref={ref} className="chart">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="chart-grid" x1={edge.left} x2={width - edge.right} y1={y(tick)} y2={y(tick)} />
            <text className="chart-text" x={edge.left - 6} y={y(tick) + 4} textAnchor="end">
              {count(tick)}
            </text>
          </g>
        ))}
        {Array.from({ length: 12 }, (_, month) => {
          const day = `${start.slice(0, 4)}-${String(month + 1).padStart(2, '0')}-15`
          return (
            <text key={day} className="chart-text" x={x(day)} y={height - 6} textAnchor="middle">
              {month + 1}
            </text>
          )
        })}
        {hasBefore && <path className="chart-before" d={line([...origin, ...before])} />}
        {target !== null && (
          <path
            className="chart-pace"
            d={line(
              isFlow
                ? [
                    [start, 0],
                    [end, target],
                  ]
                : [
                    [start, target],
                    [end, target],
                  ],
            )}
          />
        )}
        <line className="chart-today" x1={x(year.asOf)} x2={x(year.asOf)} y1={edge.top} y2={height - edge.bottom} />
        <path className="chart-now" d={line([...origin, ...now])} />
        {now.map(([day, value]) => (
          <circle key={day} className="chart-dot" cx={x(day)} cy={y(value)} r={2.5} />
        ))}
      </svg>
      <ul className="legend" aria-hidden="true">
        <li className="legend-now">{say.progress.thisYear}</li>
        {hasBefore && <li className="legend-before">{say.progress.lastYear}</li>}
        {target !== null && (
          <li className="legend-pace">
            {isFlow ? say.progress.wayToTarget(count(target)) : say.progress.targetOf(count(target))}
          </li>
        )}
      </ul>
    </div>
  )
}

/** The next round number above: 66 → 80, 4071 → 5000. */
function niceTop(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value))
  for (const step of [1, 1.5, 2, 3, 4, 5, 6, 8, 10]) if (unit * step >= value) return Math.ceil(unit * step)
  return value
}

/** A round number at or below, so that a stock of thousands still shows its change. */
function niceFloor(value: number, top: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, top - value)))
  return Math.max(0, Math.floor(value / unit) * unit)
}
