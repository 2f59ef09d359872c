/** Saved views: mine and my unit's, one of which may open the register; what is on screen is saved under a name. */
import { Button, Checkbox, Popover, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useWhyNot } from '#modules/access/screens/ActButton.tsx'
import { useMe } from '#modules/access/screens/session.ts'
import { useRead, useWrite } from '#ui/api.ts'
import { Icon } from '#ui/Icon.tsx'
import { useTell } from '#ui/notices.tsx'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { chooseView, listViews, removeView, saveView, type View } from '../../register/contract.ts'
import { addressOfView, useAsked } from './asked.ts'

export function SavedViews() {
  const { say } = useWords()
  const { view: current, isPlain, change } = useAsked()
  const read = useRead(listViews, {})
  const [opened, setOpened] = useState(false)
  const views = read.data?.views ?? []
  const first = views.find((view) => view.id === read.data?.defaultId)
  // An address that asks nothing opens with the view that was chosen for that.
  useEffect(() => {
    if (isPlain && first) change(addressOfView(first))
  })
  const name = views.find((view) => view.id === current)?.name ?? say.register.plainView
  return (
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
          {say.register.views}: {name} <Icon name="down" size={14} />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say.register.views}>
        <ul className="view-list">
          <li>
            <button type="button" className="link" onClick={() => change(addressOfView(null))}>
              {say.register.plainView}
            </button>
          </li>
          {views.map((view) => (
            <ViewLine key={view.id} view={view} isDefault={view.id === first?.id} isCurrent={view.id === current} />
          ))}
        </ul>
        <SaveForm onSaved={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function ViewLine({ view, isDefault, isCurrent }: { view: View; isDefault: boolean; isCurrent: boolean }) {
  const { say } = useWords()
  const { change } = useAsked()
  const tell = useTell()
  const choose = useWrite(chooseView)
  const remove = useWrite(removeView)
  async function putAway() {
    if (await remove.run({ params: { viewId: view.id } })) tell({ text: say.register.viewRemoved(view.name) })
  }
  return (
    <li>
      <button
        type="button"
        className="link"
        aria-current={isCurrent ? 'true' : undefined}
        onClick={() => change(addressOfView(view))}
      >
        {view.name}
      </button>
      <small className="muted">
        {view.isShared ? say.register.unitViews : say.register.ownViews}
        {view.isOwn ? '' : `, ${say.register.viewBy(view.by)}`}
        {isDefault ? ` · ${say.register.isDefault}` : ''}
      </small>
      <span className="view-acts">
        <button
          type="button"
          className="link"
          disabled={choose.pending}
          onClick={() => void choose.run({ body: { viewId: isDefault ? null : view.id } })}
        >
          {isDefault ? say.register.noDefault : say.register.makeDefault}
        </button>
        {view.mayRemove && (
          <button
            type="button"
            className="plain"
            aria-label={say.register.removeView(view.name)}
            disabled={remove.pending}
            onClick={() => void putAway()}
          >
            <Icon name="close" size={14} />
          </button>
        )}
      </span>
      {(choose.refusal ?? remove.refusal) && <Trouble refusal={(choose.refusal ?? remove.refusal)!} />}
    </li>
  )
}

function SaveForm({ onSaved }: { onSaved: () => void }) {
  const { say } = useWords()
  const me = useMe()
  const tell = useTell()
  const { filters, q, order, columns, change } = useAsked()
  const whyNot = useWhyNot('admit')
  const save = useWrite(saveView)
  const [name, setName] = useState('')
  const [isShared, setShared] = useState(false)
  async function keep() {
    if (!name.trim()) return
    const kept = { ...filters, missing: filters.missing ?? [], ...(q && { q }), order }
    const saved = await save.run({ body: { name, isShared, filters: kept, columns } })
    if (!saved) return
    tell({ text: say.register.viewSaved(name.trim()) })
    change({ view: saved.id, columns: columns.join(',') })
    onSaved()
  }
  return (
    <form
      className="filter-form"
      onSubmit={(event) => {
        event.preventDefault()
        void keep()
      }}
    >
      <TextInput
        label={say.register.saveView}
        placeholder={say.register.viewName}
        description={say.register.viewReplaces}
        value={name}
        maxLength={80}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox
        size="xs"
        label={say.register.shareView(me.unit.name)}
        description={whyNot ?? undefined}
        disabled={whyNot !== null}
        checked={isShared}
        onChange={(event) => setShared(event.currentTarget.checked)}
      />
      {save.refusal && <Trouble refusal={save.refusal} />}
      <Button type="submit" variant="default" disabled={!name.trim()} loading={save.pending}>
        {say.register.save}
      </Button>
    </form>
  )
}
