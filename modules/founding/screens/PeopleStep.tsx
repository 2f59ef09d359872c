/** Fourth step: the members, with the faults of the last check beside their rows. */
import type { PersonEntry } from '#modules/members/contract.ts'
import { ListEditor } from '#modules/members/screens/ListEditor.tsx'
import type { RowFault } from '#modules/members/screens/people.ts'
import { useWords } from '#ui/words.tsx'
import type { FoundingDraft } from './draft.ts'

type PeopleStepProps = {
  draft: FoundingDraft
  faults: RowFault[]
  onPeople: (people: PersonEntry[], faults: RowFault[]) => void
}

export function PeopleStep({ draft, faults, onPeople }: PeopleStepProps) {
  const { say } = useWords()
  return (
    <>
      <p className="muted">{say.founding.minMembers}</p>
      <ListEditor people={draft.people} faults={faults} onPeople={onPeople} />
    </>
  )
}
