/** For a list that is checked: who is a member where the caller may not look is asked for, who is on the road is received. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Go } from '#ui/Go.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import type { PersonEntry } from '../contract.ts'
import { AskTransfer } from './AskTransfer.tsx'

type Fault = { name: string; title: string; line: number | null }
type ElsewhereAskProps = {
  into: { id: string; name: string }
  people: readonly PersonEntry[]
  faults: readonly Fault[]
}

/** What stands for a name that the caller may not read. */
const hiddenName = '•••'

export function ElsewhereAsk({ into, people, faults }: ElsewhereAskProps) {
  const { say } = useWords()
  const [asking, setAsking] = useState<PersonEntry | null>(null)
  const unseen = faults
    .filter((fault) => fault.name === 'already-a-member' && fault.title.includes(hiddenName))
    .flatMap((fault) => people[(fault.line ?? 0) - 1] ?? [])
  return (
    <>
      {unseen.length > 0 && (
        <div className="elsewhere">
          <p>{say.moves.elsewhere}</p>
          <ul>
            {unseen.map((person) => (
              <li key={person.identityNumber}>
                <Button variant="default" size="compact-sm" onClick={() => setAsking(person)}>
                  {say.moves.askFor(person.fullName)}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
      {faults.some((fault) => fault.name === 'member-on-the-road') && (
        <p>
          <Go to={paths.onTheRoad}>{say.moves.openRoad}</Go>
        </p>
      )}
      {asking && <AskTransfer into={into} person={asking} onClose={() => setAsking(null)} />}
    </>
  )
}
