/** What one row of a list says of a person, each value in its own form, with what is wrong and what only warns. Pure; it runs in the
 *  reading thread. An empty cell is no statement. */
import { readBirth, readPastDay } from '#kernel/birth.ts'
import { fold, tidy } from '#kernel/fold.ts'
import type { Fault } from '#kernel/problem.ts'
import { fields, readField, type FieldCode } from '../fields.ts'
import { birthYearOf, readCitizenship, readIdentity, sexOf, type IdentityWarning } from '../identity.ts'
import type { RawPerson } from '../rows.ts'
import { readSex } from '../rules.ts'

export type RowWarning =
  | IdentityWarning
  | { name: 'sex-from-number' | 'birth-from-number' | 'old-number-kept' }
  | { name: 'field-left-out'; facts: { field: string; value: string } }

export type ReadRow = {
  fullName: string | null
  birthDate: string | null
  birthYear: number | null
  sex: 'male' | 'female' | null
  citizenship: string
  identity: { kind: 'citizen' | 'passport'; number: string } | null
  said: Partial<Record<FieldCode, string>>
  union: string | null
  onDay: string | null
  faults: Fault[]
  warnings: RowWarning[]
}

export function readRow(typed: RawPerson, today: string): ReadRow {
  const faults: Fault[] = []
  const warnings: RowWarning[] = []
  const fullName = nameOf(typed.fullName ?? '')
  if (!fullName) faults.push({ name: 'name-missing' })
  const citizenship = typed.citizenship ? readCitizenship(typed.citizenship) : 'VN'
  if (!citizenship)
    faults.push({ name: 'field-unreadable', facts: { field: 'citizenship', value: typed.citizenship! } })
  const birth = typed.birthDate ? readBirth(typed.birthDate, today) : null
  if (typed.birthDate && !birth) faults.push({ name: 'not-a-birth-date', facts: { value: typed.birthDate } })
  const sexTyped = typed.sex ? readSex(typed.sex) : null
  if (typed.sex && !sexTyped) faults.push({ name: 'not-a-sex', facts: { value: typed.sex } })

  const said: ReadRow['said'] = {}
  const bearer = { birthYear: birth?.year ?? null, sex: sexTyped, isForeign: citizenship !== 'VN' }
  const read = typed.identityNumber ? readIdentity(typed.identityNumber, bearer) : null
  let identity: ReadRow['identity'] = null
  if (read && 'fault' in read) faults.push(read.fault)
  else if (read) {
    warnings.push(...read.warnings)
    if (read.kind === 'old') {
      said.oldIdNumber = read.number
      warnings.push({ name: 'old-number-kept' })
    } else identity = { kind: read.kind, number: read.number }
  }
  const number = identity?.kind === 'citizen' ? identity.number : null
  const sex = sexTyped ?? (number && !typed.sex ? sexOf(number) : null)
  if (!sexTyped && sex) warnings.push({ name: 'sex-from-number' })
  if (!sex && !typed.sex) faults.push({ name: 'not-a-sex', facts: { value: '' } })
  const year = birth?.year ?? (number && !typed.birthDate ? birthYearOf(number) : null)
  if (!birth && year) warnings.push({ name: 'birth-from-number' })
  if (!year && !typed.birthDate) faults.push({ name: 'not-a-birth-date', facts: { value: '' } })

  for (const { code } of fields) {
    const value = typed[code]
    if (!value) continue
    const kept = readField(code, value, today)
    if (kept !== null) said[code] = kept
    else warnings.push({ name: 'field-left-out', facts: { field: code, value: value.slice(0, 60) } })
  }
  const onDay = typed.admittedOn ? readPastDay(typed.admittedOn, today) : null
  if (typed.admittedOn && !onDay)
    faults.push({ name: 'field-unreadable', facts: { field: 'admittedOn', value: typed.admittedOn } })
  return {
    fullName,
    birthDate: birth?.date ?? null,
    birthYear: birth?.date ? null : year,
    sex,
    citizenship: citizenship ?? 'VN',
    identity,
    said,
    union: typed.unionCode ?? typed.union ?? null,
    onDay,
    faults,
    warnings,
  }
}

/** `NGUYỄN THỊ LAN` → `Nguyễn Thị Lan`: a name all in capitals is written anew; any other case is somebody's own. */
function nameOf(typed: string): string | null {
  const name = tidy(typed)
  if (!/\p{L}/u.test(name) || fold(name) === '') return null
  if (name !== name.toUpperCase() && name !== name.toLowerCase()) return name
  return name.toLowerCase().replace(/(^|[\s'’-])\p{L}/gu, (start) => start.toUpperCase())
}
