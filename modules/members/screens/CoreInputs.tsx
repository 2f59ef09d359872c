/** Name, birth, sex, citizenship and identity number in a record's form: always said, never cleared. */
import { NativeSelect, TextInput } from '@mantine/core'
import { useWords } from '#ui/words.tsx'
import type { CoreCode, RecordDraft } from './formfields.ts'
import { below } from './RecordInput.tsx'

type CoreInputsProps = {
  now: Record<CoreCode, string>
  draft: RecordDraft
  masked: string
  faultAt: (code: string) => string | null
  onType: (code: string, typed: string) => void
}

export function CoreInputs({ now, draft, masked, faultAt, onType }: CoreInputsProps) {
  const { say, work } = useWords()
  const field = (code: CoreCode) => ({
    label: say.person[code],
    value: draft[code] ?? (code === 'identityNumber' ? '' : now[code]),
    error: faultAt(code),
    inputWrapperOrder: below,
    onChange: (event: { currentTarget: { value: string } }) => onType(code, event.currentTarget.value),
  })
  return (
    <div className="fields">
      <TextInput {...field('fullName')} maxLength={200} autoComplete="off" />
      <TextInput {...field('birthDate')} description={say.person.birthHint} maxLength={40} autoComplete="off" />
      <NativeSelect
        {...field('sex')}
        data={(['female', 'male'] as const).map((value) => ({ value, label: work.sexes[value] }))}
      />
      <TextInput {...field('citizenship')} maxLength={60} autoComplete="off" />
      <TextInput
        {...field('identityNumber')}
        description={masked ? say.person.kept(masked) : say.person.noNumber}
        inputMode="text"
        maxLength={40}
        autoComplete="off"
      />
    </div>
  )
}
