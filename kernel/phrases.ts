/** Which catalogue a reader gets, and how facts are put into a sentence. Days and counts print as the reader writes them. */
import { en } from './en.ts'
import type { Facts, Fault, ProblemName } from './problem.ts'
import type { Twin } from './twin.ts'
import { vi } from './vi.ts'

export type Language = 'vi' | 'en'
export type Phrases = Twin<typeof vi>

export const phrases: Record<Language, Phrases> = { vi, en }

/** The first language of an Accept-Language header that we speak; Vietnamese when none is asked for. */
export function languageOf(header: string | undefined): Language {
  const first = header
    ?.split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((code) => code === 'vi' || code === 'en')
  return first === 'en' ? 'en' : 'vi'
}

/** A problem's sentence for a reader, with its facts in place. */
export function sentenceOf(language: Language, name: ProblemName, facts: Facts = {}): string {
  return fillIn(language, phrases[language].problems[name], facts)
}

/** Facts in place of the braces of a phrase. */
export const fillIn = (language: Language, phrase: string, facts: Facts = {}): string =>
  phrase.replace(/\{(\w+)\}/g, (_, key: string) => printed(language, facts[key] ?? ''))

function printed(language: Language, fact: string | number): string {
  if (typeof fact === 'number') return formatCount(language, fact)
  return /^\d{4}-\d{2}-\d{2}$/.test(fact) ? formatDay(fact) : fact
}

/** 4071 → 4.071 in Vietnamese, 4,071 in English. */
export const formatCount = (language: Language, count: number): string =>
  new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { useGrouping: 'always' }).format(count)

/** 2024-11-10 → 10/11/2024, in both languages. */
export const formatDay = (day: string): string => `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`

/** A decimal string → 101,8% in Vietnamese, 101.8% in English. */
export function formatPercent(language: Language, percent: string): string {
  const [whole, part] = percent.split('.')
  const grouped = formatCount(language, Number(whole))
  return part ? `${grouped}${language === 'vi' ? ',' : '.'}${part}%` : `${grouped}%`
}

/** Faults with their sentences, as a check answers them. */
export const describeFaults = (language: Language, faults: readonly Fault[]) =>
  faults.map(({ name, line, pointer, facts }) => ({
    line: line ?? null,
    pointer: pointer ?? null,
    name,
    title: sentenceOf(language, name, facts),
  }))
