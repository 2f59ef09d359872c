/** When a page cannot be drawn or does not exist: a sentence and the way on, never a blank page. */
import { Button } from '@mantine/core'
import { Go } from '#ui/Go.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'

export function Broken({ error }: { error: unknown }) {
  const { say } = useWords()
  // A page's script that could not be fetched is the network's doing, or a newer version's.
  const unfetched = error instanceof Error && /import|fetch|module/i.test(error.message)
  return (
    <div className="page">
      <div className="trouble" role="alert">
        <div>
          <p>{unfetched ? say.frame.noAnswer : say.frame.broken}</p>
          <Button variant="default" size="xs" mt={8} onClick={() => window.location.reload()}>
            {say.frame.reload}
          </Button>
        </div>
      </div>
    </div>
  )
}

export function Lost() {
  const { say } = useWords()
  return (
    <main className="page">
      <h1>{say.frame.noSuchPage}</h1>
      <p>
        <Go to={paths.today}>{say.today.title}</Go>
      </p>
    </main>
  )
}
