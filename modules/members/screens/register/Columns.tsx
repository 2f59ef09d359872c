/** Which columns the register shows, and in which order its rows stand. Remembered on this device and in saved views. */
import { Checkbox, NativeSelect, Popover } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '#ui/Icon.tsx'
import { useWords } from '#ui/words.tsx'
import { columns as all, orders, usualColumns, type Order } from '../../register/contract.ts'
import { columnName } from '../../register/sentence.ts'
import { useAsked } from './asked.ts'

/** `order`: as the server lists it, which for a large branch is union by union. */
export function Columns({ order }: { order: Order | undefined }) {
  const { say, language } = useWords()
  const { columns, choose, change, ...asked } = useAsked()
  const [opened, setOpened] = useState(false)
  const isTooLarge = asked.order === 'name' && order === 'union' && !asked.q
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={320}
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
          {say.register.columns} <Icon name="down" size={14} />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say.register.columns}>
        <NativeSelect
          label={say.register.order}
          value={asked.order}
          data={orders.map((value) => ({ value, label: say.register.orders[value] }))}
          description={isTooLarge ? say.register.orderTooLarge : undefined}
          onChange={(event) => change({ order: event.currentTarget.value === 'name' ? 'name' : undefined })}
        />
        <p className="why">{say.register.columnsHint}</p>
        <div className="column-choice">
          {all.map((column) => (
            <Checkbox
              key={column}
              size="xs"
              label={columnName(language, column)}
              checked={columns.includes(column)}
              onChange={() =>
                choose(all.filter((one) => (one === column ? !columns.includes(one) : columns.includes(one))))
              }
            />
          ))}
        </div>
        <button type="button" className="link" onClick={() => choose(usualColumns)}>
          {say.register.usualColumns}
        </button>
      </Popover.Dropdown>
    </Popover>
  )
}
