/** The work that is done with the register beside looking into it, each with its page. */
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'

export function useMemberWorks(): { to: string; label: string }[] {
  const { works } = useWords().say.members
  return [
    { to: paths.imports, label: works.imports },
    { to: paths.labourLists, label: works.labour },
    { to: paths.onTheRoad, label: works.road },
    { to: paths.twins, label: works.twins },
    { to: paths.completeness, label: works.completeness },
  ]
}
