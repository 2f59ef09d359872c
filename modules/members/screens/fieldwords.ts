/** How a field of a record is named and its value read: by its own words, days as written here, choices by their names. */
import { useWords } from '#ui/words.tsx'
import { fields, type Field } from '../fields.ts'

const fieldOf = new Map<string, Field>(fields.map((field) => [field.code, field]))

export function useFieldWords() {
  const { say, work, day } = useWords()
  const own = {
    fullName: say.person.fullName,
    birthDate: say.person.birthDate,
    sex: say.person.sex,
    citizenship: say.person.citizenship,
    identityNumber: say.person.identityNumber,
  }
  const names: Record<string, string> = { ...say.record.fields, ...own }
  const choices: Record<string, Record<string, string>> = { ...say.record.choices, sex: work.sexes }

  /** Unknown codes are left as they are: a later version may have said them. */
  const nameOf = (code: string): string => names[code] ?? code

  function valueOf(code: string, value: string): string {
    if (code === 'citizenship') return value === 'VN' ? say.person.vietnam : value
    const choice = choices[code]?.[value]
    if (choice) return choice
    const isDay = code === 'birthDate' || fieldOf.get(code)?.kind === 'day'
    return isDay && /^\d{4}-\d{2}-\d{2}$/.test(value) ? day(value) : value
  }

  return { nameOf, valueOf }
}
