/** The reader's language: its catalogues, and days, counts and percents as that language prints them. */
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import { formatCount, formatDay, formatPercent, phrases, type Language } from '#kernel/phrases.ts'

const kept = 'ket-doan.language'

/** The language kept in this browser; Vietnamese for a first visitor. */
export const currentLanguage = (): Language => (localStorage.getItem(kept) === 'en' ? 'en' : 'vi')

/** An instant as Vietnam's clocks show it: 10/11/2024 14:05. */
export function formatInstant(instant: string): string {
  const local = new Date(Date.parse(instant) + 7 * 3_600_000).toISOString()
  return `${formatDay(local.slice(0, 10))} ${local.slice(11, 16)}`
}

function wordsOf(language: Language) {
  return {
    language,
    ...phrases[language],
    say: phrases[language].screens,
    count: (value: number) => formatCount(language, value),
    day: (value: string | null | undefined) => (value ? formatDay(value) : ''),
    /** Officers write 330%, not 330,0%; but 101,8%. */
    percent: (value: string) => formatPercent(language, value.includes('.') ? value.replace(/\.?0+$/, '') : value),
    instant: formatInstant,
  }
}

type Words = ReturnType<typeof wordsOf> & { speak: (language: Language) => void }

const WordsContext = createContext<Words | null>(null)

export function WordsProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(currentLanguage)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const words = useMemo(
    () => ({
      ...wordsOf(language),
      speak: (next: Language) => {
        localStorage.setItem(kept, next)
        setLanguage(next)
      },
    }),
    [language],
  )
  return <WordsContext value={words}>{children}</WordsContext>
}

export function useWords(): Words {
  const words = use(WordsContext)
  if (!words) throw new Error('WordsProvider is missing')
  return words
}
