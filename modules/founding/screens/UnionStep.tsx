/** First step: under which unit, what kind of union, and its name. */
import { NativeSelect, Radio, TextInput } from '@mantine/core'
import { usePlace } from '#modules/units/screens/place.ts'
import { UnitPicker } from '#modules/units/screens/UnitPicker.tsx'
import { useWords } from '#ui/words.tsx'
import type { FoundingDraft } from './draft.ts'

type StepProps = { draft: FoundingDraft; set: (change: Partial<FoundingDraft>) => void }

export function UnionStep({ draft, set }: StepProps) {
  const { say, work } = useWords()
  const place = usePlace()
  return (
    <div className="fields">
      <UnitPicker
        label={say.founding.upperUnit}
        kinds="upper"
        on={place.asOf}
        name={draft.upperUnit?.name ?? null}
        onPick={({ id, name }) => set({ upperUnit: { id, name }, officerId: '' })}
      />
      <Radio.Group label={say.founding.kind} value={draft.kind} onChange={(kind) => set({ kind: kind })}>
        <div className="radio-row">
          <Radio value="grassroots" label={work.unitKinds.grassroots} description={say.founding.grassrootsMeans} />
          <Radio
            value="occupational"
            label={work.unitKinds.occupational}
            description={say.founding.occupationalMeans}
          />
        </div>
      </Radio.Group>
      <TextInput
        label={say.founding.name}
        description={draft.kind === 'grassroots' ? say.founding.nameHint : undefined}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        maxLength={300}
      />
      <NativeSelect
        label={say.units.sector}
        value={draft.sector}
        onChange={(event) => set({ sector: event.currentTarget.value as FoundingDraft['sector'] })}
        data={[
          { value: 'non_state', label: work.sectors.non_state },
          { value: 'state', label: work.sectors.state },
          { value: '', label: work.unclassified },
        ]}
      />
    </div>
  )
}
