/** How many fit, and how far the list was looked through: an honest word where the work of one question was done before its end. */
import type { Reply } from '#kernel/endpoint.ts'
import { useWords } from '#ui/words.tsx'
import type { listMembers } from '../../contract.ts'

type Page = Reply<typeof listMembers>

export function Extent({ pages }: { pages: readonly Page[] }) {
  const { say, count } = useWords()
  const shown = pages.reduce((sum, page) => sum + page.members.length, 0)
  const [first, last] = [pages[0]!, pages.at(-1)!]
  const unions = pages.reduce((sum, page) => sum + (page.stopped?.unions ?? 0), 0)
  const isWhole = last.next === null
  const fit = first.found
    ? isWhole
      ? say.register.found(count(shown))
      : first.found.isExact
        ? say.register.found(count(first.found.count))
        : shown < first.found.count
          ? say.register.foundMore(count(first.found.count))
          : say.register.soFar(count(shown))
    : null
  return (
    <p className="foot-count" role="status">
      {first.total === null ? say.frame.shown(count(shown)) : say.frame.shownOf(count(shown), count(first.total))}
      {fit && ` · ${fit}`}
      {last.stopped &&
        ` · ${last.stopped.unions === null ? say.register.stoppedSearch : say.register.stopped(count(unions))}`}
      {shown > 0 && <span className="keys-hint"> · {say.register.keysHint}</span>}
    </p>
  )
}
