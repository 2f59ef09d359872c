/** The editable rows of a list of people. Mending a row clears what was said about it. */
import type { ClipboardEvent } from 'react'
import { Icon } from '#ui/Icon.tsx'
import { useWords } from '#ui/words.tsx'
import type { PersonEntry } from '../contract.ts'
import { blankPerson, personFields, type RowFault } from './people.ts'

type PeopleTableProps = {
  people: PersonEntry[]
  faults: RowFault[]
  /** Places in the list that are drawn. */
  shown: number[]
  onPeople: (people: PersonEntry[], faults: RowFault[]) => void
  onPaste: (event: ClipboardEvent) => void
}

export function PeopleTable({ people, faults, shown, onPeople, onPaste }: PeopleTableProps) {
  const { say, count } = useWords()
  const faultsOf = Map.groupBy(faults, (fault) => fault.index)

  function mend(index: number, field: keyof PersonEntry, value: string) {
    onPeople(
      people.map((person, at) => (at === index ? { ...person, [field]: value } : person)),
      faults.filter((fault) => fault.index !== index),
    )
  }

  function remove(index: number) {
    const left = people.filter((_, at) => at !== index)
    const moved = faults
      .filter((fault) => fault.index !== index)
      .map((fault) => ({
        ...fault,
        index: fault.index !== null && fault.index > index ? fault.index - 1 : fault.index,
      }))
    onPeople(left.length === 0 ? [blankPerson] : left, moved)
  }

  return (
    <div className="scroll">
      <table className="ledger people cards">
        <thead>
          <tr>
            <th scope="col" className="num">
              {say.members.number}
            </th>
            {personFields.map((field) => (
              <th key={field} scope="col">
                {say.members.fields[field]}
              </th>
            ))}
            <th scope="col">{say.members.fault}</th>
            <th scope="col">
              <span className="sr-only">{say.members.removeRow}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((index) => {
            const wrong = faultsOf.get(index) ?? []
            return (
              <tr key={index} className={wrong.length > 0 ? 'wrong' : undefined}>
                <td className="num muted">{count(index + 1)}</td>
                {personFields.map((field) => (
                  <td key={field} data-label={say.members.fields[field]}>
                    <input
                      className={`cell-input ${field}`}
                      value={people[index]?.[field] ?? ''}
                      aria-label={say.members.cell(say.members.fields[field], count(index + 1))}
                      aria-invalid={wrong.some((fault) => fault.field === field || fault.field === null)}
                      onChange={(event) => mend(index, field, event.currentTarget.value)}
                      onPaste={onPaste}
                      autoComplete="off"
                    />
                  </td>
                ))}
                <td className="row-fault">{wrong.map((fault) => fault.title).join(' ')}</td>
                <td>
                  <button
                    type="button"
                    className="plain"
                    aria-label={say.members.removeRowOf(count(index + 1))}
                    onClick={() => remove(index)}
                  >
                    <Icon name="close" size={14} />
                  </button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
