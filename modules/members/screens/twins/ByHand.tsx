/** Choosing any two people of the branch, where the register itself sees nothing alike. */
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useRead } from '#ui/api.ts'
import { useGo } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useSettled } from '#ui/settled.ts'
import { useWords } from '#ui/words.tsx'
import { listMembers, type Member } from '../../contract.ts'

const shownMax = 12

export function ByHand({ unitId }: { unitId: string }) {
  const { say, day } = useWords()
  const go = useGo()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<readonly Member[]>([])
  const q = useSettled(typed).trim()
  const read = useRead(listMembers, q ? { query: { unitId, q, limit: shownMax } } : null)
  const found = q ? (read.data?.members ?? []) : []
  const birth = (text: string) => (text.length === 4 ? text : day(text))
  const [first, second] = chosen
  return (
    <Part title={say.twins.byHandTitle}>
      <p className="muted twin-hint">{say.twins.byHandHint}</p>
      {chosen.length > 0 && (
        <div className="twin-chosen">
          <span>{say.twins.chosen}:</span>
          {chosen.map((one) => (
            <Button
              key={one.id}
              variant="default"
              size="compact-sm"
              aria-label={say.twins.unchoose(one.fullName)}
              rightSection={<Icon name="close" size={12} />}
              onClick={() => setChosen(chosen.filter((other) => other.id !== one.id))}
            >
              {one.fullName}, {birth(one.birthDate)}
            </Button>
          ))}
          {first && second ? (
            <Button size="compact-sm" onClick={() => go(paths.twinPair(first.id, second.id))}>
              {say.twins.sideBySide}
            </Button>
          ) : (
            <small className="muted">{say.twins.needsTwo}</small>
          )}
        </div>
      )}
      <TextInput
        className="page-search"
        type="search"
        label={say.twins.findPerson}
        value={typed}
        leftSection={<Icon name="search" size={16} />}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {q && read.data && found.length === 0 && <p className="muted">{say.twins.nobodyFound}</p>}
      <ul className="twin-found">
        {found.map((one) => (
          <li key={one.id}>
            <span>
              {one.fullName}{' '}
              <small className="muted">
                {birth(one.birthDate)} {one.identityMasked} {one.unit?.name}
              </small>
            </span>
            <Button
              variant="default"
              size="compact-sm"
              aria-label={`${say.twins.choose} ${one.fullName}`}
              disabled={chosen.length === 2 || chosen.some((other) => other.id === one.id)}
              onClick={() => setChosen([...chosen, one])}
            >
              {say.twins.choose}
            </Button>
          </li>
        ))}
      </ul>
    </Part>
  )
}
