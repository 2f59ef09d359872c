/** Ctrl K: units, members, employers and acts in one list, found without tones. Letters being composed are left alone. */
import { Modal } from '@mantine/core'
import { useId, useState, type KeyboardEvent } from 'react'
import { useGo } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { useSettled } from '#ui/settled.ts'
import { useWords } from '#ui/words.tsx'
import { useFinds, type Find } from './finds.ts'

export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { say } = useWords()
  return (
    <Modal.Root opened={opened} onClose={onClose} centered={false} yOffset="10vh" size="lg" padding={0}>
      <Modal.Overlay />
      <Modal.Content aria-label={say.frame.search}>
        <Modal.Body>{opened && <Search onClose={onClose} />}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

function Search({ onClose }: { onClose: () => void }) {
  const { say } = useWords()
  const go = useGo()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const { finds, searching } = useFinds(useSettled(typed, 150).trim())
  const chosen = Math.min(at, finds.length - 1)

  function open(find: Find | undefined) {
    if (!find) return
    onClose()
    go(find.to, find.search)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const next = chosen + (event.key === 'ArrowDown' ? 1 : -1)
      setAt((next + finds.length) % Math.max(1, finds.length))
      document
        .getElementById(`${id}-${(next + finds.length) % Math.max(1, finds.length)}`)
        ?.scrollIntoView({ block: 'nearest' })
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      open(finds[chosen])
    }
  }

  return (
    <div className="palette">
      <div className="palette-field">
        <Icon name="search" />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={finds[chosen] ? `${id}-${chosen}` : undefined}
          aria-label={say.frame.searchHint}
          placeholder={say.frame.searchHint}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={`${id}-list`} className="palette-list" role="listbox" aria-label={say.frame.search}>
        {finds.map((find, index) => (
          <div
            key={`${find.kind}-${find.to}-${find.label}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onMouseMove={() => setAt(index)}
            tabIndex={-1}
            onMouseDown={(event) => {
              event.preventDefault()
              open(find)
            }}
          >
            <Icon name={find.icon} />
            <span>
              {find.label}
              {find.beside && <small>{find.beside}</small>}
            </span>
            <small className="muted">{say.frame.kinds[find.kind]}</small>
          </div>
        ))}
      </div>
      {finds.length === 0 && (
        <p className="palette-none muted">{searching ? say.frame.loading : say.frame.nothingFound}</p>
      )}
    </div>
  )
}
