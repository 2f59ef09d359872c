/** A list of people to admit: pasted from Excel, attached as a file, or typed; rows are mended in place, faults beside. */
import { Button, Checkbox, Textarea } from '@mantine/core'
import { useId, useState, type ClipboardEvent, type DragEvent } from 'react'
import type { Reply } from '#kernel/endpoint.ts'
import { useWrite } from '#ui/api.ts'
import { Icon } from '#ui/Icon.tsx'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { readListFile, readPastedList, type PersonEntry } from '../contract.ts'
import { blankPerson, filled, type RowFault } from './people.ts'
import { PeopleTable } from './PeopleTable.tsx'

type ReadList = Reply<typeof readPastedList>

type ListEditorProps = {
  people: PersonEntry[]
  faults: RowFault[]
  onPeople: (people: PersonEntry[], faults: RowFault[]) => void
}

const rowsShownMax = 100

export function ListEditor({ people, faults, onPeople }: ListEditorProps) {
  const { say, count } = useWords()
  const id = useId()
  const paste = useWrite(readPastedList, { keepsNothing: true })
  const attach = useWrite(readListFile, { keepsNothing: true })
  const [text, setText] = useState('')
  const [read, setRead] = useState<ReadList | null>(null)
  const [onlyFaults, setOnlyFaults] = useState(false)
  const [shownMax, setShownMax] = useState(rowsShownMax)
  const pending = paste.pending || attach.pending
  const refusal = paste.refusal ?? attach.refusal
  const faulty = new Set(faults.flatMap((fault) => (fault.index === null ? [] : [fault.index])))

  /** New rows come after those already there; blank ones make way. */
  function take(list: ReadList) {
    const before = people.filter((person) => filled([person]).length > 0)
    const at = new Map(list.rows.map((row, index) => [row.line, before.length + index]))
    const rows = list.rows.map(({ fullName, birthDate, sex, identityNumber }) => ({
      fullName,
      birthDate,
      sex,
      identityNumber,
    }))
    const found = list.faults.map((fault) => ({ index: at.get(fault.line) ?? null, field: null, title: fault.title }))
    setRead(list)
    setText('')
    onPeople([...before, ...rows], [...faults, ...found])
  }

  async function readText(pasted: string) {
    attach.reset()
    const list = pasted.trim() ? await paste.run({ body: { text: pasted } }) : null
    if (list) take(list)
  }

  async function readFile(file: File | undefined) {
    paste.reset()
    const list = file ? await attach.run({ upload: file }) : null
    if (list) take(list)
  }

  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text')
    if (!/[\n\t;]/.test(pasted.trim())) return
    event.preventDefault()
    void readText(pasted)
  }
  const onDrop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    void readFile(event.dataTransfer.files[0])
  }

  return (
    <div className="list-editor" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      <div className="list-in">
        <Textarea
          label={say.members.paste}
          description={say.members.pasteHint}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onPaste={onPaste}
          rows={2}
          disabled={pending}
        />
        <div className="list-in-acts">
          <Button variant="default" disabled={!text.trim()} loading={paste.pending} onClick={() => void readText(text)}>
            {say.members.readList}
          </Button>
          <Button
            variant="default"
            component="label"
            htmlFor={`${id}-file`}
            loading={attach.pending}
            leftSection={<Icon name="paper" size={16} />}
          >
            {say.members.attach}
          </Button>
          <input
            id={`${id}-file`}
            className="sr-only"
            type="file"
            accept=".xlsx,.csv,.txt,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            onChange={(event) => {
              void readFile(event.currentTarget.files?.[0])
              event.currentTarget.value = ''
            }}
          />
        </div>
      </div>
      <Trouble refusal={refusal} />
      {read && (
        <p className="muted">
          {say.members.readSaid(count(read.rows.length))}{' '}
          {read.columns
            .map((column) =>
              column.field
                ? say.members.columnTaken(
                    column.header,
                    (say.record.columns as Record<string, string>)[column.field] ??
                      (say.record.fields as Record<string, string>)[column.field] ??
                      column.field,
                  )
                : say.members.columnIgnored(column.header),
            )
            .join(' · ')}
        </p>
      )}
      <div className="list-state" role="status">
        <strong>{say.members.peopleInList(count(filled(people).length))}</strong>
        {faulty.size > 0 && <span className="text-red">{say.members.rowsWithFaults(count(faulty.size))}</span>}
        {faulty.size > 0 && (
          <Checkbox
            size="xs"
            label={say.members.onlyFaults}
            checked={onlyFaults}
            onChange={(event) => setOnlyFaults(event.currentTarget.checked)}
          />
        )}
        {filled(people).length > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={() => onPeople([blankPerson], [])}>
            {say.members.clearList}
          </Button>
        )}
      </div>
      {faults
        .filter((fault) => fault.index === null)
        .map((fault, index) => (
          <p key={index} className="field-error">
            {fault.title}
          </p>
        ))}
      <PeopleTable
        people={people}
        faults={faults}
        shown={people
          .map((_, index) => index)
          .filter((index) => !onlyFaults || faulty.has(index))
          .slice(0, shownMax)}
        onPeople={onPeople}
        onPaste={onPaste}
      />
      <div className="list-in-acts">
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => onPeople([...people, blankPerson], faults)}
        >
          {say.members.addRow}
        </Button>
        {people.length > shownMax && !onlyFaults && (
          <Button variant="subtle" size="xs" onClick={() => setShownMax(shownMax + 500)}>
            {say.members.showMoreRows(count(people.length - shownMax))}
          </Button>
        )}
      </div>
    </div>
  )
}
