/** Tells the targets page which indicators there are: the names live in a later room, so the door joins the two. */
import { indicatorName } from '#modules/progress/sentence.ts'
import { useIndicators } from '#modules/progress/screens/indicators.ts'
import { TargetsPage } from '#modules/targets/screens/TargetsPage.tsx'
import { useWords } from '#ui/words.tsx'

export function Targets() {
  const { language } = useWords()
  const { all } = useIndicators()
  return (
    <TargetsPage
      indicators={all.map((indicator) => ({ code: indicator.code, name: indicatorName(language, indicator) }))}
    />
  )
}
