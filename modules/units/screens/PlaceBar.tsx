/** The bar on top: where and when am I looking? One unit, a period, and two clocks that stay folded until used. */
import { Popover } from '@mantine/core'
import { useState } from 'react'
import { yearStart } from '#kernel/day.ts'
import { useRead } from '#ui/api.ts'
import { DayField } from '#ui/DayField.tsx'
import { Icon } from '#ui/Icon.tsx'
import { useWords } from '#ui/words.tsx'
import { showUnit } from '../contract.ts'
import { ClockFields } from './ClockFields.tsx'
import { usePlace } from './place.ts'
import { quickDays } from './quick.ts'
import { UnitPicker } from './UnitPicker.tsx'

export function PlaceBar() {
  const { say, day } = useWords()
  const place = usePlace()
  const unit = useRead(showUnit, { params: { unitId: place.unitId }, query: { on: undefined } })
  const [opened, setOpened] = useState(false)
  const quick = quickDays(place.today, place.asOf, say.units.quick)

  return (
    <div className="place-bar">
      <UnitPicker
        bare
        label={say.units.whichUnit}
        name={unit.data?.name ?? (unit.error ? say.units.unknownUnit : '…')}
        on={place.asOf}
        onPick={(picked) => place.change({ unit: picked.id }, { replace: false })}
      />
      <Popover
        opened={opened}
        onChange={setOpened}
        position="bottom-start"
        width={400}
        trapFocus
        returnFocus
        withinPortal={false}
      >
        <Popover.Target>
          <button
            type="button"
            className={place.past ? 'when-button past' : 'when-button'}
            aria-expanded={opened}
            aria-haspopup="dialog"
            onClick={() => setOpened(!opened)}
          >
            <Icon name="calendar" size={16} />
            <span className="when-from">{day(place.from)} – </span>
            <span>
              <span className="when-word">{say.units.asOf} </span>
              <strong>{day(place.asOf)}</strong>
            </span>
            <Icon name="down" size={14} />
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={say.units.when}>
          <form
            className="when-form"
            onSubmit={(event) => {
              event.preventDefault()
              setOpened(false)
            }}
          >
            <DayField
              label={say.units.asOfLong}
              value={place.asOf}
              quick={quick}
              data-autofocus
              onDay={(asOf) =>
                place.change({ asOf: asOf === place.today ? '' : asOf, from: keptFrom(place.from, place.asOf, asOf) })
              }
            />
            <DayField
              label={say.units.from}
              value={place.from}
              error={place.from > place.asOf ? say.units.backwards : null}
              quick={[
                { label: say.units.quick.yearStart, day: yearStart(place.asOf) },
                { label: say.units.quick.quarterStart, day: quarterStart(place.asOf) },
                { label: say.units.quick.monthStart, day: `${place.asOf.slice(0, 8)}01` },
              ]}
              onDay={(from) => place.change({ from: from === yearStart(place.asOf) ? '' : from })}
            />
            <ClockFields />
          </form>
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}

const quarterStart = (day: string) =>
  `${day.slice(0, 4)}-${String(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`

/** A period that began with its year keeps doing so when the year changes; a start after the new end goes. */
function keptFrom(from: string, before: string, after: string): string {
  return from === yearStart(before) || from > after || !after ? '' : from
}
