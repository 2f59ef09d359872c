/** Links from the register to the work that is done with it. */
import { Go } from '#ui/Go.tsx'
import { useWords } from '#ui/words.tsx'
import { useMemberWorks } from './works.ts'

export function MemberWorks() {
  const { say } = useWords()
  return (
    <nav className="works" aria-label={say.members.work}>
      {useMemberWorks().map(({ to, label }) => (
        <Go key={to} to={to} className="work">
          {label}
        </Go>
      ))}
    </nav>
  )
}
