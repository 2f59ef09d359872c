/** The rows of the register: dense on a desk, cards on a phone. Arrow keys walk from name to name; Enter opens. */
import { useRef } from 'react'
import { Go } from '#ui/Go.tsx'
import { useKeys } from '#ui/keys.ts'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import type { ListedMember } from '../../contract.ts'
import { isRecordField, type Column } from '../../register/contract.ts'
import { columnName } from '../../register/sentence.ts'

const figures = new Set<Column>(['birthDate', 'identityNumber', 'since', 'leftOn', 'phone', 'cardNumber'])

export function Table({ members, columns }: { members: readonly ListedMember[]; columns: readonly Column[] }) {
  const { say, language } = useWords()
  const body = useRef<HTMLTableSectionElement>(null)
  const walk = (step: 1 | -1) => (event: KeyboardEvent) => {
    const names = [...(body.current?.querySelectorAll<HTMLAnchorElement>('a[data-name]') ?? [])]
    const at = names.indexOf(document.activeElement as HTMLAnchorElement)
    const next = at < 0 ? names[step === 1 ? 0 : names.length - 1] : names[at + step]
    if (!next) return
    event.preventDefault()
    next.focus()
    next.scrollIntoView({ block: 'nearest' })
  }
  useKeys({ ArrowDown: walk(1), ArrowUp: walk(-1), j: walk(1), k: walk(-1) })
  return (
    <div className="scroll">
      <table className="ledger cards register" aria-label={say.register.rows}>
        <thead>
          <tr>
            <th scope="col">{say.members.fullName}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {columnName(language, column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {members.map((member) => (
            <tr key={`${member.id} ${member.unit?.id}`}>
              <th scope="row">
                <Go to={paths.member(member.id)} data-name>
                  {member.fullName}
                </Go>
                {member.matched && <small className="tag">{say.register.matched[member.matched]}</small>}
              </th>
              {columns.map((column) => (
                <td
                  key={column}
                  className={figures.has(column) ? 'code' : undefined}
                  data-label={columnName(language, column)}
                >
                  <Cell member={member} column={column} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ member, column }: { member: ListedMember; column: Column }) {
  const { say, work, day } = useWords()
  const dayOf = (text: string | null | undefined) => (text && text.length > 4 ? day(text) : (text ?? ''))
  if (isRecordField(column)) {
    const value = member.values[column] ?? ''
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? day(value) : value
  }
  switch (column) {
    case 'birthDate':
      return dayOf(member.birthDate)
    case 'sex':
      return work.sexes[member.sex]
    case 'identityNumber':
      return member.identityMasked
    case 'union':
      return member.unit ? (
        <Go to={paths.unit(member.unit.id)} title={member.unit.name}>
          {member.unit.name}
        </Go>
      ) : (
        <span className="muted">{say.members.noUnion}</span>
      )
    case 'since':
      return dayOf(member.since)
    case 'leftOn':
      return dayOf(member.leftOn)
    case 'status':
      return say.register.statuses[member.status]
    case 'photo':
      return member.hasPhoto ? say.register.hasPhoto : ''
  }
}
