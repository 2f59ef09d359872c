/** Which cells of a row are shown to be mended, and which cell a fault belongs to. Pure. */
import type { Import } from '#modules/imports/contract.ts'
import type { ImportRow, Settings } from '../../import/contract.ts'
import { wholeOf } from './columnfields.ts'

/** The cell that a fault is told at; other faults stand above the row. */
export const faultField: Readonly<Record<string, string>> = {
  'name-missing': 'fullName',
  'not-a-birth-date': 'birthDate',
  'too-young': 'birthDate',
  'not-a-sex': 'sex',
  'not-an-identity-number': 'identityNumber',
  'identity-number-lost-zeros': 'identityNumber',
  'identity-number-rounded': 'identityNumber',
  'another-person-here': 'identityNumber',
  'twice-in-list': 'identityNumber',
  'several-alike': 'identityNumber',
  'union-not-found': 'union',
  'day-in-future': 'admittedOn',
  'day-before-founding': 'admittedOn',
  'day-before-departure': 'admittedOn',
  'rejoins-too-soon': 'admittedOn',
  'managers-barred': 'managementRole',
  'foreigner-contract-short': 'contractMonths',
}

const naming = ['fullName', 'birthDate', 'sex', 'identityNumber']

/** First who it is and what is at fault; then the other cells that the list has. */
export function cellsOf({ head, settings }: Import, row: ImportRow): { first: string[]; others: string[] } {
  const columns = (settings as Partial<Settings>).columns ?? head.columns
  const inList = columns.flatMap(({ field }) => (field ? [wholeOf(field)] : []))
  const atFault = row.faults.flatMap(({ name }) => faultField[name] ?? [])
  // A union nobody knew is picked rather than spelled.
  const first = [...new Set([...naming, ...atFault])].filter((field) => field !== 'union')
  const others = [...new Set([...inList, ...Object.keys(row.typed)])].filter((field) => !first.includes(field))
  return { first, others }
}
