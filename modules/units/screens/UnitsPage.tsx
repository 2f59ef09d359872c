/** The union tree, opened branch by branch, and a search over it. */
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '#modules/access/screens/session.ts'
import { useRead } from '#ui/api.ts'
import { Go } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { Loaded } from '#ui/Loaded.tsx'
import { Empty, Page } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useSettled } from '#ui/settled.ts'
import { useWords } from '#ui/words.tsx'
import { findUnits, showUnit, type UnitRef } from '../contract.ts'
import { usePlace } from './place.ts'
import { UnitChoice } from './UnitPicker.tsx'

export function UnitsPage() {
  const { say } = useWords()
  const me = useMe()
  const place = usePlace()
  const [typed, setTyped] = useState('')
  const q = useSettled(typed).trim()
  const root = useRead(showUnit, { params: { unitId: me.unit.id }, query: { on: place.asOf } })
  const found = useRead(findUnits, q ? { query: { q, on: place.asOf } } : null)
  return (
    <Page title={say.units.title} lead={say.units.lead}>
      <TextInput
        className="page-search"
        data-page-search
        type="search"
        label={say.units.searchHint}
        value={typed}
        leftSection={<Icon name="search" size={16} />}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {q ? (
        <Loaded read={found}>
          {({ units }) =>
            units.length === 0 ? (
              <Empty title={say.units.noneFound}>{say.units.noneFoundHint}</Empty>
            ) : (
              <ul className="unit-list">
                {units.map((unit) => (
                  <li key={unit.id}>
                    <Go to={paths.unit(unit.id)}>
                      <UnitChoice unit={unit} />
                    </Go>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      ) : (
        <Loaded read={root}>
          {(unit) => (
            <ul className="unit-tree" aria-label={say.units.tree}>
              <Branch unit={unit} belowCount={1} on={place.asOf} openFirst />
            </ul>
          )}
        </Loaded>
      )}
    </Page>
  )
}

type BranchProps = { unit: UnitRef & { endedOn?: string | null }; belowCount: number; on: string; openFirst?: boolean }

function Branch({ unit, belowCount, on, openFirst = false }: BranchProps) {
  const { say, work, count, day } = useWords()
  const [open, setOpen] = useState(openFirst)
  const below = useRead(findUnits, open ? { query: { q: '', parentId: unit.id, on } } : null)
  const units = below.data?.units ?? []
  return (
    <li>
      <div className="branch">
        {belowCount > 0 ? (
          <button
            type="button"
            className="plain"
            aria-expanded={open}
            aria-label={say.units.unfold(unit.name)}
            onClick={() => setOpen(!open)}
          >
            <Icon name={open ? 'down' : 'right'} size={16} />
          </button>
        ) : (
          <span className="leaf" />
        )}
        <Go to={paths.unit(unit.id)}>{unit.name}</Go>
        <small className="muted">
          {[
            work.unitKinds[unit.kind],
            belowCount > 1 || (belowCount === 1 && !openFirst) ? say.units.below(count(belowCount)) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
          {unit.endedOn ? ` · ${say.units.endedOn(day(unit.endedOn))}` : ''}
        </small>
      </div>
      {open && (
        <Loaded read={below} lines={3}>
          {() => (
            <ul>
              {units.map((child) => (
                <Branch key={child.id} unit={child} belowCount={child.childrenCount} on={on} />
              ))}
              {units.length === 30 && <li className="muted more">{say.units.firstThirty}</li>}
              {units.length === 0 && <li className="muted more">{say.units.nothingBelow}</li>}
            </ul>
          )}
        </Loaded>
      )}
    </li>
  )
}
