/** Done: the union stands, and the decision can still be cancelled whole. */
import { Button } from '@mantine/core'
import { Go } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import { CancelFounding } from './CancelFounding.tsx'
import { Changes } from './Changes.tsx'

type DoneStepProps = {
  founded: { id: string; unitId: string; unitCode: string; members: number }
  name: string
  changes: { indicator: string; before: number; after: number }[]
  onAgain: () => void
}

export function DoneStep({ founded, name, changes, onAgain }: DoneStepProps) {
  const { say, count } = useWords()
  return (
    <div className="done">
      <p className="done-title" role="status">
        <Icon name="check" size={22} />
        {say.founding.founded(name, count(founded.members))}
      </p>
      <Changes title={say.founding.changed} changes={changes} />
      <div className="act-row">
        <Go className="link-button filled" to={paths.unit(founded.unitId)}>
          {say.founding.openUnion}
        </Go>
        <Go className="link-button" to={paths.founding(founded.id)}>
          {say.founding.openFounding}
        </Go>
        <Go className="link-button" to={paths.progress}>
          {say.founding.openProgress}
        </Go>
        <Button variant="default" onClick={onAgain}>
          {say.founding.another}
        </Button>
        <CancelFounding foundingId={founded.id} label={say.founding.undo} />
      </div>
    </div>
  )
}
