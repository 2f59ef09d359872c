/** Who may join, and whether a row of a list names a person. Pure: every wrong row is told at once, with its line. */
import { readDay } from '#kernel/day.ts'
import { fold, tidy } from '#kernel/fold.ts'
import type { Fault } from '#kernel/problem.ts'
import type { PersonEntry } from './contract.ts'

export type Person = {
  line: number
  fullName: string
  birthDate: string
  sex: 'male' | 'female'
  identityNumber: string
}

const men = ['nam', 'male', 'm', 'trai', 'ong']
const women = ['nu', 'female', 'f', 'gai', 'ba']

/** Reads one row; `faults` is empty exactly when `person` is there. Lines count from 1. */
export function readPerson(entry: PersonEntry, line: number): { person: Person | null; faults: Fault[] } {
  const faults: Fault[] = []
  const fault = (name: Fault['name'], facts?: Fault['facts']) => faults.push({ name, line, ...(facts && { facts }) })
  const fullName = tidy(entry.fullName)
  if (!/\p{L}/u.test(fullName)) fault('name-missing')
  const birthDate = readDay(entry.birthDate)
  if (!birthDate) fault('not-a-birth-date', { value: entry.birthDate.trim() })
  const sex = readSex(entry.sex)
  if (!sex) fault('not-a-sex', { value: entry.sex.trim() })
  const identityNumber = entry.identityNumber.replace(/[\s.'-]/g, '')
  if (/^\d{10,11}$/.test(identityNumber))
    fault('identity-number-lost-zeros', { value: identityNumber, digits: identityNumber.length })
  else if (!/^\d{12}$/.test(identityNumber)) fault('not-an-identity-number', { value: entry.identityNumber.trim() })
  const person = faults.length === 0 ? { line, fullName, birthDate: birthDate!, sex: sex!, identityNumber } : null
  return { person, faults }
}

export function readSex(text: string): 'male' | 'female' | null {
  const word = fold(text)
  return men.includes(word) ? 'male' : women.includes(word) ? 'female' : null
}

/** The same identity number twice in one list: told at the second line. */
export function faultsOfTwins(people: readonly Person[]): Fault[] {
  const first = new Map<string, Person>()
  return people.flatMap((person) => {
    const twin = first.get(person.identityNumber)
    if (!twin) first.set(person.identityNumber, person)
    return twin
      ? [{ name: 'twice-in-list' as const, line: person.line, facts: { name: person.fullName, first: twin.line } }]
      : []
  })
}

/** What is known of somebody who is in the register already. */
export type Known = {
  fullName: string
  /** yyyy-mm-dd, or yyyy where only the year is known. */
  birth: string
  unitName: string | null
  since: string | null
  leftOn: string | null
  leftKind: string | null
  isVisible: boolean
}

export type RejoinRule = { months: number; law: string }

/** Why a known person may not be admitted on a day, or null. HD 38/HD-TLĐ (2024), mục 3.1: again three months after leaving. */
export function refuseKnown(person: Person, known: Known, on: string, rejoin: RejoinRule): Fault | null {
  const { line, fullName: name } = person
  if (fold(known.fullName) !== fold(name) || !person.birthDate.startsWith(known.birth)) {
    return { name: 'another-person-here', line, facts: { name: known.isVisible ? known.fullName : '•••' } }
  }
  if (known.since && known.since <= on && (!known.leftOn || known.leftOn > on)) {
    return {
      name: 'already-a-member',
      line,
      facts: { name, unit: known.isVisible ? known.unitName! : '•••', since: known.since },
    }
  }
  const waits = known.leftKind === 'left' || known.leftKind === 'expelled'
  const from = known.leftOn && waits ? addMonths(known.leftOn, rejoin.months) : null
  if (from && on < from)
    return { name: 'rejoins-too-soon', line, facts: { name, leftOn: known.leftOn!, from, law: rejoin.law } }
  return null
}

/** The same date some months later; the last day of a shorter month. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

export const ageOn = (birthDate: string, on: string): number =>
  Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (on.slice(5) < birthDate.slice(5) ? 1 : 0)

export const maskIdentity = (tail: string): string => '•'.repeat(12 - tail.length) + tail
