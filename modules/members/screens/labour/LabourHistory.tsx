/** Month by month: who stayed, came and went on each staff list, and how far the work on it is. */
import type { Import } from '#modules/imports/contract.ts'
import { usePlace } from '#modules/units/screens/place.ts'
import { Go } from '#ui/Go.tsx'
import { Empty } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import type { StaffSettings } from '../../labour/contract.ts'
import type { StaffVerdict } from '../../labour/rules.ts'
import { countOf } from './groups.ts'

const columns = {
  stays: ['same', 'changed'],
  new: ['new'],
  left: ['gone', 'moved'],
  comes: ['arrives', 'elsewhere'],
  ineligible: ['ineligible'],
  unclear: ['unclear'],
} as const satisfies Record<string, readonly StaffVerdict[]>
const names = Object.keys(columns) as (keyof typeof columns)[]

export function LabourHistory({ imports }: { imports: readonly Import[] }) {
  const { say, count, day, instant } = useWords()
  const place = usePlace()
  if (imports.length === 0) return <Empty title={say.labour.noHistory}>{say.labour.noHistoryHint}</Empty>
  const isMany = imports.some((one) => one.unit.id !== place.unitId)
  return (
    <div className="scroll">
      <table className="ledger cards labour-history">
        <thead>
          <tr>
            <th scope="col">{say.labour.month}</th>
            {isMany && <th scope="col">{say.members.union}</th>}
            <th scope="col">{say.labour.state}</th>
            {names.map((name) => (
              <th key={name} scope="col" className="num">
                {say.labour.columns[name]}
              </th>
            ))}
            <th scope="col">{say.labour.who}</th>
          </tr>
        </thead>
        <tbody>
          {imports.map((one) => {
            const on = (one.settings as Partial<StaffSettings>).on
            const isRead = 'rows' in one.counts
            return (
              <tr key={one.id}>
                <th scope="row">
                  <Go to={paths.labourList(one.id)}>{on ? day(on) : one.fileName}</Go>
                  {on && <small className="file-name">{one.fileName}</small>}
                </th>
                {isMany && (
                  <td>
                    <Go to={paths.unit(one.unit.id)}>{one.unit.name}</Go>
                  </td>
                )}
                <td>
                  {say.labour.states[one.state]}
                  {one.state === 'ready' && countOf(one.counts, 'open') > 0 && (
                    <small className="text-amber"> {say.labour.stillOpen(count(countOf(one.counts, 'open')))}</small>
                  )}
                </td>
                {names.map((name) => {
                  const n = columns[name].reduce((sum, verdict) => sum + countOf(one.counts, verdict), 0)
                  return (
                    <td key={name} className="num" data-label={say.labour.columns[name]}>
                      {isRead ? count(n) : ''}
                    </td>
                  )
                })}
                <td>
                  {one.recordedBy} <small>{instant(one.recordedAt)}</small>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
