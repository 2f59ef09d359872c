/** Picks a unit: type without tones, by code or by an old name; recent ones and my own come first. Keyboard throughout. */
import { Combobox, useCombobox } from '@mantine/core'
import { useId, useState } from 'react'
import { useMe } from '#modules/access/screens/session.ts'
import { useRead } from '#ui/api.ts'
import { Icon } from '#ui/Icon.tsx'
import { useSettled } from '#ui/settled.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { findUnits, type UnitRef } from '../contract.ts'
import { recentUnits, rememberUnit } from './recent.ts'

type UnitPickerProps = {
  label: string
  /** The chosen unit's name, or null while none is chosen. */
  name: string | null
  kinds?: 'upper' | 'grassroots' | 'any'
  on?: string
  /** In a form the label stands above; in the bar it is only read out. */
  bare?: boolean
  error?: string | null
  onPick: (unit: UnitRef) => void
}

export function UnitPicker({ label, name, kinds = 'any', on, bare, error, onPick }: UnitPickerProps) {
  const { say } = useWords()
  const id = useId()
  const [typed, setTyped] = useState('')
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setTyped('')
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  })
  const { groups, read } = useChoices(useSettled(typed), kinds, on, combobox.dropdownOpened)
  const all = groups.flatMap((group) => group.units)

  function pick(unitId: string) {
    const unit = all.find((one) => one.id === unitId)
    if (unit) {
      rememberUnit(unit)
      onPick(unit)
    }
    combobox.closeDropdown()
    combobox.focusTarget()
  }

  return (
    <div className="unit-picker">
      {!bare && (
        <span className="field-label" id={`${id}-label`}>
          {label}
        </span>
      )}
      <Combobox
        store={combobox}
        onOptionSubmit={pick}
        width={380}
        withinPortal={!bare}
        position="bottom-start"
        middlewares={{ shift: true, flip: true }}
      >
        <Combobox.Target targetType="button">
          <button
            type="button"
            className={error ? 'unit-button wrong' : 'unit-button'}
            aria-label={`${label}: ${name ?? say.units.choose}`}
            onClick={() => combobox.toggleDropdown()}
          >
            <span className={name ? undefined : 'muted'}>{name ?? say.units.choose}</span>
            <Icon name="down" size={14} />
          </button>
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Search
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value)
              combobox.selectFirstOption()
            }}
            placeholder={say.units.searchHint}
            aria-label={say.units.searchHint}
          />
          <Combobox.Options mah={340} style={{ overflowY: 'auto' }} tabIndex={0} aria-label={label}>
            {groups.map((group) =>
              group.units.length === 0 ? null : (
                <Combobox.Group key={group.label} label={group.label}>
                  {group.units.map((unit) => (
                    <Combobox.Option key={`${group.label}-${unit.id}`} value={unit.id}>
                      <UnitChoice unit={unit} />
                    </Combobox.Option>
                  ))}
                </Combobox.Group>
              ),
            )}
            {all.length === 0 && !read.isFetching && <Combobox.Empty>{say.units.noneFound}</Combobox.Empty>}
          </Combobox.Options>
          <Trouble refusal={read.error} />
        </Combobox.Dropdown>
      </Combobox>
      {error && <p className="field-error">{error}</p>}
    </div>
  )
}

type Choice = UnitRef & { parentName?: string | null; formerName?: string | null; endedOn?: string | null }

/** One unit as a list shows it: its name, what it is and under whom, the old name that matched. */
export function UnitChoice({ unit }: { unit: Choice }) {
  const { say, work, day } = useWords()
  return (
    <span className="unit-choice">
      <span>{unit.name}</span>
      <small>
        {[
          work.unitKinds[unit.kind],
          unit.parentName,
          unit.formerName && say.units.formerName(unit.formerName),
          unit.endedOn && say.units.endedOn(day(unit.endedOn)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </small>
    </span>
  )
}

const lowerKinds = new Set<string>(['grassroots', 'occupational', 'component', 'section', 'group'])

function useChoices(q: string, kinds: 'upper' | 'grassroots' | 'any', on: string | undefined, opened: boolean) {
  const me = useMe()
  const { say } = useWords()
  const read = useRead(findUnits, opened ? { query: { q, kinds, on, parentId: undefined } } : null)
  const found = read.data?.units ?? []
  if (q.trim()) return { read, groups: [{ label: say.units.found, units: found }] }
  const fits = (unit: UnitRef) => kinds === 'any' || (kinds === 'upper') !== lowerKinds.has(unit.kind)
  const recent: Choice[] = recentUnits().filter(fits)
  const mine = found.filter((unit) => unit.id === me.unit.id && !recent.some((one) => one.id === unit.id))
  const shown = new Set([...recent, ...mine].map((unit) => unit.id))
  return {
    read,
    groups: [
      { label: say.units.mine, units: mine as Choice[] },
      { label: say.units.recent, units: recent },
      { label: say.units.all, units: found.filter((unit) => !shown.has(unit.id)) },
    ],
  }
}
