/** The lists taken in before, the newest first: for which union, in what state, by whom, and what came of each. */
import type { Import } from '#modules/imports/contract.ts'
import { Go } from '#ui/Go.tsx'
import { Empty } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import { StateTag } from './StateTag.tsx'

export function ImportList({ imports }: { imports: readonly Import[] }) {
  const { say, instant } = useWords()
  if (imports.length === 0) return <Empty title={say.imports.noHistory}>{say.imports.noHistoryHint}</Empty>
  return (
    <div className="scroll">
      <table className="ledger cards import-list">
        <thead>
          <tr>
            <th scope="col">{say.imports.file}</th>
            <th scope="col">{say.imports.state}</th>
            <th scope="col">{say.imports.result}</th>
            <th scope="col">{say.imports.unit}</th>
            <th scope="col">{say.imports.who}</th>
          </tr>
        </thead>
        <tbody>
          {imports.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <Go to={paths.import(one.id)}>{one.fileName}</Go>
              </th>
              <td>
                <StateTag state={one.state} />
              </td>
              <td>
                <Result one={one} />
              </td>
              <td>
                <Go to={paths.unit(one.unit.id)}>{one.unit.name}</Go>
              </td>
              <td>{say.imports.by(one.recordedBy, instant(one.recordedAt))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const outcomes = ['reversed', 'kept', 'impossible'] as const
const told = ['new', 'returns', 'arrives', 'changed', 'same', 'elsewhere', 'refused'] as const

function Result({ one }: { one: Import }) {
  const { say, count } = useWords()
  if (one.state === 'discarded' || one.state === 'received') return null
  const said = (key: string, name: string) => {
    const n = one.counts[key] ?? 0
    return n > 0 ? [say.imports.counted(name.toLowerCase(), count(n))] : []
  }
  const parts =
    one.state === 'undone'
      ? outcomes.flatMap((outcome) => said(`undo_${outcome}`, say.imports.outcomes[outcome]))
      : told.flatMap((verdict) => said(verdict, say.imports.verdicts[verdict]))
  return <>{parts.join(' · ')}</>
}
