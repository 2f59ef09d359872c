/** What a list was asked, in words: for the chips on the screen and for the title of a file. */
import { formatDay, phrases, type Language } from '#kernel/phrases.ts'
import { isRecordField, type Column, type Filters } from './contract.ts'

export type Said = Partial<Filters> & { q?: string | undefined }
/** One condition, and the parts of the address that take it away. */
export type Chip = { text: string; keys: (keyof Filters | 'q')[]; missing?: Filters['missing'][number] }

export function chipsOf(language: Language, said: Said): Chip[] {
  const words = phrases[language].screens.register
  const text = (value: number | undefined) => (value === undefined ? '' : String(value))
  const day = (value: string | undefined) => (value ? formatDay(value) : '')
  const chips: Chip[] = []
  if (said.status) chips.push({ text: words.statuses[said.status], keys: ['status'] })
  if (said.sex) chips.push({ text: phrases[language].work.sexes[said.sex], keys: ['sex'] })
  if (said.ageFrom !== undefined || said.ageTo !== undefined)
    chips.push({ text: words.ages(text(said.ageFrom), text(said.ageTo)), keys: ['ageFrom', 'ageTo'] })
  if (said.sinceFrom ?? said.sinceTo)
    chips.push({ text: words.sinces(day(said.sinceFrom), day(said.sinceTo)), keys: ['sinceFrom', 'sinceTo'] })
  for (const missing of said.missing ?? [])
    chips.push({ text: words.lacks(words.missings[missing]), keys: ['missing'], missing })
  return chips
}

export function describeQuestion(language: Language, said: Said): string {
  const words = phrases[language].screens.register
  const parts = chipsOf(language, said).map((chip) => chip.text)
  if (said.q?.trim()) parts.unshift(words.searched(said.q.trim()))
  return parts.join('; ')
}

export function columnName(language: Language, column: Column): string {
  const { register, record } = phrases[language].screens
  return isRecordField(column) ? record.fields[column] : register.column[column]
}
