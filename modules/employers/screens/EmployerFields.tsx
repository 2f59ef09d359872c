/** The fields of an employer, shared by its own form and by the founding wizard. */
import { NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { DayField } from '#ui/DayField.tsx'
import { useWords } from '#ui/words.tsx'
import { EmployerKind, Ownership, type EmployerEntry } from '../contract.ts'

export type EmployerDraft = {
  taxCode: string
  name: string
  kind: EmployerKind
  ownership: Ownership
  industry: string
  ward: string
  workers: number | ''
  workersOn: string
}

export const emptyEmployer: EmployerDraft = {
  taxCode: '',
  name: '',
  kind: 'enterprise',
  ownership: 'private',
  industry: '',
  ward: '',
  workers: '',
  workersOn: '',
}

export const employerOf = (draft: EmployerDraft): EmployerEntry => ({
  ...draft,
  taxCode: draft.taxCode.replace(/\s+/g, ''),
  industry: draft.industry.trim() || null,
  ward: draft.ward.trim() || null,
  workers: draft.workers === '' ? null : draft.workers,
  workersOn: draft.workers === '' ? null : draft.workersOn || null,
})

type EmployerFieldsProps = {
  draft: EmployerDraft
  onDraft: (draft: EmployerDraft) => void
  faultAt?: (field: string) => string | null
  /** An employer already in the register: its own facts are shown, not typed again. */
  known?: boolean
  today: string
}

export function EmployerFields({ draft, onDraft, faultAt = () => null, known = false, today }: EmployerFieldsProps) {
  const { say, work } = useWords()
  const set = (change: Partial<EmployerDraft>) => onDraft({ ...draft, ...change })
  return (
    <div className="fields">
      <TextInput
        label={say.employers.taxCode}
        description={say.employers.taxCodeHint}
        value={draft.taxCode}
        onChange={(event) => set({ taxCode: event.currentTarget.value })}
        inputMode="numeric"
        maxLength={20}
        required
        readOnly={known}
        error={faultAt('taxCode')}
      />
      <TextInput
        label={say.employers.name}
        description={say.employers.nameHint}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        maxLength={300}
        required
        readOnly={known}
        error={faultAt('name')}
      />
      <NativeSelect
        label={say.employers.kind}
        value={draft.kind}
        onChange={(event) => set({ kind: event.currentTarget.value as EmployerKind })}
        data={EmployerKind.options.map((value) => ({ value, label: work.employerKinds[value] }))}
        disabled={known}
      />
      <NativeSelect
        label={say.employers.ownership}
        value={draft.ownership}
        onChange={(event) => set({ ownership: event.currentTarget.value as Ownership })}
        data={Ownership.options.map((value) => ({ value, label: work.ownerships[value] }))}
        disabled={known}
      />
      <TextInput
        label={say.employers.industry}
        value={draft.industry}
        onChange={(event) => set({ industry: event.currentTarget.value })}
        maxLength={200}
        readOnly={known}
      />
      <TextInput
        label={say.employers.ward}
        value={draft.ward}
        onChange={(event) => set({ ward: event.currentTarget.value })}
        maxLength={200}
        readOnly={known}
      />
      <NumberInput
        label={say.employers.workers}
        value={draft.workers}
        onChange={(value) =>
          set({ workers: typeof value === 'number' ? value : '', workersOn: draft.workersOn || today })
        }
        min={0}
        max={10_000_000}
        allowDecimal={false}
        hideControls
        readOnly={known}
        error={faultAt('workers')}
      />
      <DayField
        label={say.employers.workersOn}
        value={draft.workersOn}
        onDay={(workersOn) => set({ workersOn })}
        readOnly={known}
        error={faultAt('workersOn')}
      />
    </div>
  )
}
