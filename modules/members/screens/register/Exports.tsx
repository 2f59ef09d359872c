/** The list on screen as a file. Whole identity numbers go along only for a reason, by those who may read them. */
import { Checkbox, Popover, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useWhyNot } from '#modules/access/screens/ActButton.tsx'
import { usePlace } from '#modules/units/screens/place.ts'
import { Icon } from '#ui/Icon.tsx'
import { fileOf } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import { exportCsv, exportXlsx } from '../../register/contract.ts'
import { useAsked } from './asked.ts'

export function Exports() {
  const { say } = useWords()
  const place = usePlace()
  const { filters, q, order, columns } = useAsked()
  const whyNot = useWhyNot('read-identity')
  const [opened, setOpened] = useState(false)
  const [isWhole, setWhole] = useState(false)
  const [reason, setReason] = useState('')
  const isReady = !isWhole || reason.trim() !== ''
  const query = {
    unitId: place.unitId,
    asOf: place.asOf,
    q,
    order,
    column: columns,
    ...filters,
    ...(isWhole && isReady && { reason }),
  }
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
          <Icon name="download" size={16} /> {say.register.exports}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say.register.exports}>
        <div className="filter-form">
          <p className="why">{say.register.exportHint}</p>
          <Checkbox
            size="xs"
            label={say.register.exportWhole}
            description={whyNot ?? undefined}
            disabled={whyNot !== null}
            checked={isWhole}
            onChange={(event) => setWhole(event.currentTarget.checked)}
          />
          {isWhole && (
            <Textarea
              label={say.register.exportReason}
              description={say.register.exportReasonHint}
              rows={2}
              maxLength={300}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          {(
            [
              [exportXlsx, say.register.exportXlsx],
              [exportCsv, say.register.exportCsv],
            ] as const
          ).map(([endpoint, label]) =>
            isReady ? (
              <a key={label} className="link-button" href={fileOf(endpoint, { query })} download>
                {label}
              </a>
            ) : (
              <button key={label} type="button" className="link-button" disabled>
                {label}
              </button>
            ),
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
