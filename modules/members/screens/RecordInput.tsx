/** One field of a record's form: what it is for, what stands, and an explicit way to clear it. */
import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { DayField } from '#ui/DayField.tsx'
import { useWords } from '#ui/words.tsx'
import type { Field } from '../fields.ts'
import { useFieldWords } from './fieldwords.ts'

type RecordInputProps = {
  field: Field
  /** What stands; undefined when nothing was ever said. */
  now: string | undefined
  /** As typed; undefined when untouched, null when it is to be cleared. */
  typed: string | null | undefined
  saysPurpose: boolean
  error: string | null
  onType: (typed: string | null | undefined) => void
}

const longTextMin = 300

export function RecordInput({ field, now, typed, saysPurpose, error, onType }: RecordInputProps) {
  const { say } = useWords()
  const { nameOf, valueOf } = useFieldWords()
  const isSensitive = field.class === 'sensitive'
  const name = nameOf(field.code)
  const value = typed === null ? '' : (typed ?? (isSensitive ? '' : (now ?? '')))
  const common = {
    label: (
      <>
        {name}
        {isSensitive && <span className="tag">{say.person.sensitive}</span>}
      </>
    ),
    description: saysPurpose ? say.person.for(say.record.purposes[field.purpose]) : undefined,
    inputWrapperOrder: below,
    disabled: typed === null,
    error,
  }
  const choices: Record<string, Record<string, string>> = say.record.choices
  const isEmptied = typed === '' || (isSensitive && typed === undefined)
  return (
    <div className="record-input">
      {field.choices ? (
        <NativeSelect
          {...common}
          value={value}
          onChange={(event) => onType(event.currentTarget.value)}
          data={[
            { value: '', label: say.person.notSaid },
            ...field.choices.map((choice) => ({ value: choice, label: choices[field.code]?.[choice] ?? choice })),
          ]}
        />
      ) : field.kind === 'day' ? (
        <DayField {...common} value={value} onDay={onType} />
      ) : field.kind === 'text' && field.max >= longTextMin ? (
        <Textarea
          {...common}
          value={value}
          onChange={(event) => onType(event.currentTarget.value)}
          rows={2}
          maxLength={field.max}
        />
      ) : (
        <TextInput
          {...common}
          value={value}
          onChange={(event) => onType(event.currentTarget.value)}
          inputMode={inputModes[field.kind]}
          autoComplete="off"
          maxLength={1000}
        />
      )}
      {now !== undefined && (
        <>
          {(typed === null || isEmptied) && (
            <p className="field-hint">
              {typed === null ? say.person.willClear : say.person.kept(isSensitive ? now : valueOf(field.code, now))}
            </p>
          )}
          {typed === null ? (
            <button
              type="button"
              className="link clear"
              aria-label={say.person.keepField(name)}
              onClick={() => onType(undefined)}
            >
              {say.person.keep}
            </button>
          ) : (
            <button
              type="button"
              className="link clear"
              aria-label={say.person.clearField(name)}
              onClick={() => onType(null)}
            >
              {say.person.clear}
            </button>
          )}
        </>
      )}
    </div>
  )
}

/** What a field is for stands below it, so that the boxes of one row stand in one line. */
export const below: ('label' | 'input' | 'error' | 'description')[] = ['label', 'input', 'error', 'description']

const inputModes = {
  phone: 'tel',
  email: 'email',
  count: 'numeric',
  text: 'text',
  choice: 'text',
  day: 'text',
} as const
