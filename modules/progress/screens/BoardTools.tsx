/** The board's choices, all kept in the address: by unit or officer, only those behind, which columns. */
import { Checkbox, Popover } from '@mantine/core'
import { useState } from 'react'
import { fold } from '#kernel/fold.ts'
import { useAddress, useChangeAddress } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { useWords } from '#ui/words.tsx'
import type { Indicator } from '../contract.ts'
import { indicatorName } from '../sentence.ts'
import { toggled } from './columns.ts'

export function BoardTools({ columns, indicators }: { columns: string[]; indicators: Indicator[] }) {
  const { say, work, language } = useWords()
  const address = useAddress()
  const change = useChangeAddress()
  const [opened, setOpened] = useState(false)
  const [typed, setTyped] = useState('')
  const officers = address.by === 'officers'
  const asked = fold(typed)
  const listed = indicators.filter((indicator) => fold(indicatorName(language, indicator)).includes(asked))
  const groups: [string, Indicator[]][] = [
    [work.counted, listed.filter((indicator) => indicator.counted)],
    [work.declared, listed.filter((indicator) => !indicator.counted)],
  ]
  return (
    <div className="board-tools">
      <div className="choice" role="group" aria-label={say.progress.by}>
        <button type="button" aria-pressed={!officers} onClick={() => change({ by: '' })}>
          {say.progress.byUnits}
        </button>
        <button type="button" aria-pressed={officers} onClick={() => change({ by: 'officers' })}>
          {say.progress.byOfficers}
        </button>
      </div>
      <Checkbox
        size="sm"
        label={say.progress.onlyBehind}
        checked={Boolean(address.behind)}
        onChange={(event) => change({ behind: event.currentTarget.checked ? '1' : '' })}
      />
      <Popover
        opened={opened}
        onChange={setOpened}
        position="bottom-start"
        width={360}
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
            {say.progress.columns} <Icon name="down" size={14} />
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={say.progress.columns}>
          <input
            className="cell-input column-search"
            placeholder={say.progress.findIndicator}
            aria-label={say.progress.findIndicator}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <div className="column-list">
            {groups.map(([group, members]) =>
              members.length === 0 ? null : (
                <fieldset key={group}>
                  <legend>{group}</legend>
                  {members.map((indicator) => (
                    <Checkbox
                      key={indicator.code}
                      size="xs"
                      label={indicatorName(language, indicator)}
                      checked={columns.includes(indicator.code)}
                      onChange={() => change({ cols: toggled(columns, indicator.code) })}
                    />
                  ))}
                </fieldset>
              ),
            )}
          </div>
          <button type="button" className="link" onClick={() => change({ cols: '' })}>
            {say.progress.firstColumns}
          </button>
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}
