/** Receives people who are on the road, each into the union they were sent to; all of one union, or none of it. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '#modules/access/screens/session.ts'
import type { UnitRef } from '#modules/units/contract.ts'
import { DecisionFields, decisionOf, emptyDecision } from '#modules/units/screens/Decision.tsx'
import { UnitPicker } from '#modules/units/screens/UnitPicker.tsx'
import { call } from '#ui/api.ts'
import { DayField } from '#ui/DayField.tsx'
import { faultFinder } from '#ui/faults.ts'
import { refusalFrom, type Refusal } from '#ui/refusal.ts'
import { useWords } from '#ui/words.tsx'
import { receiveMembers } from '../moves/contract.ts'
import { MoveDialog } from './MoveDialog.tsx'
import { useTellMoved } from './Undo.tsx'

/** `to`: where they were sent; null when that is not known, and a union is to be picked. */
export type Arriving = { personId: string; fullName: string; to: UnitRef | null }

export function ReceiveForm({ people: asked, onClose }: { people: readonly Arriving[]; onClose: () => void }) {
  const { say, day, count } = useWords()
  const me = useMe()
  const tell = useTellMoved()
  const client = useQueryClient()
  const [on, setOn] = useState(me.today)
  const [decision, setDecision] = useState(emptyDecision)
  const [picked, setPicked] = useState<UnitRef | null>(null)
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [arrived, setArrived] = useState<readonly string[]>([])
  const people = asked.filter((one) => !arrived.includes(one.personId))
  const isUnknown = people.some((one) => !one.to)
  const groups = Map.groupBy(people, (one) => one.to?.id ?? picked?.id ?? '')
  const unions = new Map([...people.flatMap((one) => one.to ?? []), ...(picked ? [picked] : [])].map((u) => [u.id, u]))

  /** Union by union: a refusal stops there, and what was received before it is told. */
  async function receive() {
    setPending(true)
    setRefusal(null)
    const movementIds: string[] = []
    const all = people.length
    try {
      for (const [unitId, group] of groups) {
        const body = { personIds: group.map((one) => one.personId), on, decision: decisionOf(decision) }
        movementIds.push(...(await call(receiveMembers, { params: { unitId }, body })).movementIds)
        setArrived((now) => [...now, ...body.personIds])
      }
      tell(say.moves.received(count(all)), movementIds)
      onClose()
    } catch (error) {
      setRefusal(refusalFrom(error))
      if (movementIds.length > 0) tell(say.moves.partlyReceived(count(movementIds.length), count(all)), movementIds)
    } finally {
      setPending(false)
      await client.invalidateQueries()
    }
  }

  const title =
    people.length === 1 ? say.moves.receiveOne(people[0]!.fullName) : say.moves.receiveTitle(count(people.length))
  return (
    <MoveDialog
      title={title}
      confirm={say.moves.acts.receive}
      changes={[...groups].map(([unitId, group]) => {
        const union = unions.get(unitId)
        return union && on ? say.moves.willArriveMany(union.name, count(group.length), day(on)) : null
      })}
      missing={isUnknown && !picked ? say.moves.needsTo : !on ? say.moves.needsDay : null}
      pending={pending}
      refusal={refusal}
      onClose={onClose}
      onConfirm={() => void receive()}
    >
      {isUnknown && (
        <UnitPicker
          label={say.moves.receivingUnion}
          kinds="grassroots"
          name={picked?.name ?? null}
          onPick={setPicked}
        />
      )}
      <div className="fields">
        <DayField
          label={say.moves.receivedOn}
          value={on}
          onDay={setOn}
          required
          data-autofocus
          error={faultFinder(refusal, '')('on')}
        />
      </div>
      {groups.size === 1 && (
        <details>
          <summary>{say.units.withDecision}</summary>
          <DecisionFields draft={decision} onDraft={setDecision} faultAt={faultFinder(refusal, '/decision')} />
        </details>
      )}
    </MoveDialog>
  )
}
