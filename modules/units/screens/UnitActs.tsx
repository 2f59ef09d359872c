/** What may be done to a unit: set up one below it, rename it, hand it over, end it. Each from a day on, with its paper. */
import { Button, Group, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useWhyNot } from '#modules/access/screens/ActButton.tsx'
import { useWrite } from '#ui/api.ts'
import { DayField } from '#ui/DayField.tsx'
import { useTell } from '#ui/notices.tsx'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { UnitKind, endUnit, establishUnit, moveUnit, renameUnit, type UnitRef } from '../contract.ts'
import { DecisionFields, decisionOf, emptyDecision } from './Decision.tsx'
import { usePlace } from './place.ts'
import { UnitPicker } from './UnitPicker.tsx'

type UnitAct = 'establish' | 'rename' | 'move' | 'end'
const foundedKinds: UnitKind[] = ['grassroots', 'occupational']

export function UnitActs({ unit }: { unit: UnitRef & { endedOn: string | null } }) {
  const { say } = useWords()
  const [act, setAct] = useState<UnitAct | null>(null)
  const why = useWhyNot('manage-units')
  const isUpper = !foundedKinds.includes(unit.kind)
  const acts: UnitAct[] = isUpper ? ['establish', 'rename', 'move', 'end'] : ['rename', 'move']
  if (unit.endedOn) return <p className="muted">{say.units.endedNoActs}</p>
  return (
    <div className="act-row">
      {acts.map((one) => (
        <Button
          key={one}
          variant="default"
          size="xs"
          disabled={why !== null}
          aria-describedby={why ? 'unit-acts-why' : undefined}
          onClick={() => setAct(one)}
        >
          {say.units.acts[one]}
        </Button>
      ))}
      {why && <small id="unit-acts-why">{why}</small>}
      {act && <UnitActForm key={act} act={act} unit={unit} onClose={() => setAct(null)} />}
    </div>
  )
}

function UnitActForm({ act, unit, onClose }: { act: UnitAct; unit: UnitRef; onClose: () => void }) {
  const { say, work } = useWords()
  const place = usePlace()
  const tell = useTell()
  const [name, setName] = useState(act === 'rename' ? unit.name : '')
  const [kind, setKind] = useState<UnitKind>('commune')
  const [code, setCode] = useState('')
  const [area, setArea] = useState('')
  const [manager, setManager] = useState<UnitRef | null>(null)
  const [on, setOn] = useState(place.today)
  const [decision, setDecision] = useState(emptyDecision)
  const writes = {
    establish: useWrite(establishUnit),
    rename: useWrite(renameUnit),
    move: useWrite(moveUnit),
    end: useWrite(endUnit),
  }
  const { pending, refusal } = writes[act]

  async function submit() {
    const params = { unitId: unit.id }
    const shared = { on, decision: decisionOf(decision) }
    const done = {
      establish: () =>
        writes.establish.run({
          params,
          body: { ...shared, name, kind, code: code || undefined, area: area.trim() || null },
        }),
      rename: () => writes.rename.run({ params, body: { ...shared, name } }),
      move: () => writes.move.run({ params, body: { ...shared, managerId: manager!.id } }),
      end: () => writes.end.run({ params, body: shared }),
    }
    if (!(await done[act]())) return
    tell({ text: say.units.done[act] })
    onClose()
  }

  const incomplete = !on || ((act === 'establish' || act === 'rename') && !name.trim()) || (act === 'move' && !manager)
  return (
    <Modal
      opened
      onClose={onClose}
      title={say.units.actTitles[act](unit.name)}
      size="lg"
      closeButtonProps={{ 'aria-label': say.frame.close }}
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {(act === 'establish' || act === 'rename') && (
          <TextInput
            label={say.units.name}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            maxLength={300}
            data-autofocus
          />
        )}
        {act === 'establish' && (
          <div className="fields">
            <NativeSelect
              label={say.units.kind}
              value={kind}
              onChange={(event) => setKind(event.currentTarget.value as UnitKind)}
              data={UnitKind.options
                .filter((one) => !foundedKinds.includes(one))
                .map((one) => ({ value: one, label: work.unitKinds[one] }))}
            />
            <TextInput
              label={say.units.codeOptional}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              maxLength={40}
            />
            <TextInput
              label={say.units.area}
              value={area}
              onChange={(event) => setArea(event.currentTarget.value)}
              maxLength={200}
            />
          </div>
        )}
        {act === 'move' && (
          <UnitPicker label={say.units.newManager} kinds="upper" name={manager?.name ?? null} onPick={setManager} />
        )}
        <DayField label={act === 'end' ? say.units.lastDay : say.units.fromDay} value={on} onDay={setOn} required />
        <details>
          <summary>{say.units.withDecision}</summary>
          <DecisionFields draft={decision} onDraft={setDecision} />
        </details>
        <Trouble refusal={refusal} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {say.frame.cancel}
          </Button>
          <Button type="submit" loading={pending} disabled={incomplete} color={act === 'end' ? 'red.9' : undefined}>
            {say.units.acts[act]}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
