/** A list of people as it stands in an editor: rows, and what is wrong with which row. Pure. */
import type { PersonEntry } from '../contract.ts'

export type RowFault = { index: number | null; field: keyof PersonEntry | null; title: string }

export const blankPerson: PersonEntry = { fullName: '', birthDate: '', sex: '', identityNumber: '' }
export const personFields = ['fullName', 'birthDate', 'sex', 'identityNumber'] as const

export const isBlank = (person: PersonEntry): boolean => personFields.every((field) => person[field].trim() === '')

/** The rows that say something. */
export const filled = (people: PersonEntry[]): PersonEntry[] => people.filter((person) => !isBlank(person))

type Found = { line?: number | null; pointer?: string | null; title: string }

/** Faults of a check, by place in the list that was sent: the pointer knows best, else the line, counted from one. */
export function rowFaults(faults: Found[]): RowFault[] {
  return faults.flatMap((fault) => {
    const match = /\/people\/(\d+)(?:\/(\w+))?/.exec(fault.pointer ?? '')
    const field = personFields.find((one) => one === match?.[2]) ?? null
    if (match) return [{ index: Number(match[1]), field, title: fault.title }]
    return fault.line ? [{ index: fault.line - 1, field: null, title: fault.title }] : []
  })
}

/** Faults that belong to no row. */
export const otherFaults = <F extends Found>(faults: F[]): F[] =>
  faults.filter((fault) => !fault.line && !/\/people\/\d/.test(fault.pointer ?? ''))
