/** Filters as chips, each taken away by a press, and the form that adds them. They stand in the address. */
import { Button, Checkbox, NativeSelect, NumberInput, Popover } from '@mantine/core'
import { useState } from 'react'
import { DayField } from '#ui/DayField.tsx'
import { Icon } from '#ui/Icon.tsx'
import type { Search } from '#ui/place.ts'
import { useWords } from '#ui/words.tsx'
import { missings, statuses, type Filters as Kept } from '../../register/contract.ts'
import { chipsOf } from '../../register/sentence.ts'
import { useAsked } from './asked.ts'

export function Filters() {
  const { say, language } = useWords()
  const { filters, change, clear, hasFilters } = useAsked()
  const [opened, setOpened] = useState(false)
  const chips = chipsOf(language, filters)
  return (
    <div className="chips" role="group" aria-label={say.register.filters}>
      {chips.map((chip) => (
        <button
          key={chip.text}
          type="button"
          className="chip"
          aria-label={say.register.removeFilter(chip.text)}
          onClick={() =>
            change(
              chip.missing
                ? { missing: (filters.missing ?? []).filter((one) => one !== chip.missing).join(',') || undefined }
                : Object.fromEntries(chip.keys.map((key) => [key, undefined])),
            )
          }
        >
          {chip.text} <Icon name="close" size={12} />
        </button>
      ))}
      <Popover
        opened={opened}
        onChange={setOpened}
        position="bottom-start"
        width={340}
        trapFocus
        returnFocus
        withinPortal={false}
      >
        <Popover.Target>
          <button
            type="button"
            className="link-button"
            aria-expanded={opened}
            aria-haspopup="dialog"
            onClick={() => setOpened(!opened)}
          >
            {say.register.addFilter} <Icon name="down" size={14} />
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={say.register.filters}>
          <FilterForm
            filters={filters}
            onApply={(next) => {
              change(next)
              setOpened(false)
            }}
          />
        </Popover.Dropdown>
      </Popover>
      {hasFilters && (
        <button type="button" className="link" onClick={clear}>
          {say.register.clearFilters}
        </button>
      )}
    </div>
  )
}

function FilterForm({ filters, onApply }: { filters: Partial<Kept>; onApply: (next: Search) => void }) {
  const { say, work } = useWords()
  const [draft, setDraft] = useState(filters)
  const set = (part: Partial<Kept>) => setDraft({ ...draft, ...part })
  const age = (value: string | number) => (value === '' ? undefined : Number(value))
  const missing = draft.missing ?? []
  return (
    <form
      className="filter-form"
      onSubmit={(event) => {
        event.preventDefault()
        onApply({
          status: draft.status,
          sex: draft.sex,
          ageFrom: draft.ageFrom?.toString(),
          ageTo: draft.ageTo?.toString(),
          sinceFrom: draft.sinceFrom || undefined,
          sinceTo: draft.sinceTo || undefined,
          missing: missing.join(',') || undefined,
        })
      }}
    >
      <NativeSelect
        label={say.register.status}
        value={draft.status ?? ''}
        data={[
          { value: '', label: say.register.anyStatus },
          ...statuses.map((value) => ({ value, label: say.register.statuses[value] })),
        ]}
        onChange={(event) => set({ status: (event.currentTarget.value || undefined) as Kept['status'] })}
      />
      <NativeSelect
        label={say.register.sex}
        value={draft.sex ?? ''}
        data={[
          { value: '', label: say.register.all },
          { value: 'female', label: work.sexes.female },
          { value: 'male', label: work.sexes.male },
        ]}
        onChange={(event) => set({ sex: (event.currentTarget.value || undefined) as Kept['sex'] })}
      />
      <div className="filter-pair">
        <NumberInput
          label={say.register.ageFrom}
          value={draft.ageFrom ?? ''}
          min={0}
          max={150}
          hideControls
          onChange={(value) => set({ ageFrom: age(value) })}
        />
        <NumberInput
          label={say.register.ageTo}
          value={draft.ageTo ?? ''}
          min={0}
          max={150}
          hideControls
          onChange={(value) => set({ ageTo: age(value) })}
        />
      </div>
      <fieldset>
        <legend>{say.register.since}</legend>
        <div className="filter-pair">
          <DayField
            label={say.register.sinceFrom}
            value={draft.sinceFrom ?? ''}
            onDay={(sinceFrom) => set({ sinceFrom })}
          />
          <DayField label={say.register.sinceTo} value={draft.sinceTo ?? ''} onDay={(sinceTo) => set({ sinceTo })} />
        </div>
      </fieldset>
      <fieldset>
        <legend>{say.register.missing}</legend>
        {missings.map((one) => (
          <Checkbox
            key={one}
            size="xs"
            label={say.register.missings[one]}
            checked={missing.includes(one)}
            onChange={() =>
              set({ missing: missing.includes(one) ? missing.filter((other) => other !== one) : [...missing, one] })
            }
          />
        ))}
      </fieldset>
      <Button type="submit">{say.register.apply}</Button>
    </form>
  )
}
