/** Why two rows may be one person, what speaks against it, and which row to keep. Pure; numbers are compared where they may be
 *  opened and never leave. */

export const reasonsFor = [
  'birth-date',
  'birth-year',
  'same-union',
  'same-phone',
  'same-card',
  'same-old-id',
  'same-insurance',
  'one-without-number',
  'citizen-and-passport',
  'number-one-digit',
  'number-swapped',
  'same-name',
] as const
export const reasonsAgainst = [
  'names-differ',
  'births-differ',
  'sex-differs',
  'numbers-differ',
  'both-at-once',
] as const
export type ReasonFor = (typeof reasonsFor)[number]
export type ReasonAgainst = (typeof reasonsAgainst)[number]

/** What is compared. `number` is opened in the server alone. */
export type Likeness = {
  nameKey: string
  birth: string
  sex: string
  number: { kind: 'citizen' | 'passport'; value: string } | null
  record: Record<string, unknown>
  memberships: readonly { unitId: string; from: string; to: string | null }[]
}

export function compare(a: Likeness, b: Likeness): { reasons: ReasonFor[]; against: ReasonAgainst[] } {
  const reasons: ReasonFor[] = []
  const against: ReasonAgainst[] = []
  if (a.nameKey === b.nameKey) reasons.push('same-name')
  else against.push('names-differ')
  if (a.birth === b.birth && a.birth.length === 10) reasons.push('birth-date')
  else if (birthsAgree(a.birth, b.birth)) reasons.push('birth-year')
  else against.push('births-differ')
  if (a.memberships.some((one) => b.memberships.some((other) => other.unitId === one.unitId)))
    reasons.push('same-union')
  const fields = { phone: 'same-phone', cardNumber: 'same-card', oldIdNumber: 'same-old-id' } as const
  for (const [code, reason] of Object.entries({ ...fields, socialInsuranceNo: 'same-insurance' as const }))
    if (typeof a.record[code] === 'string' && a.record[code] === b.record[code]) reasons.push(reason)
  if (!a.number || !b.number) reasons.push('one-without-number')
  else if (a.number.kind !== b.number.kind) reasons.push('citizen-and-passport')
  else {
    const slip = slipBetween(a.number.value, b.number.value)
    if (slip) reasons.push(slip)
    else against.push('numbers-differ')
  }
  if (a.sex !== b.sex) against.push('sex-differs')
  const isElsewhere = a.memberships.some((one) =>
    b.memberships.some((other) => other.unitId !== one.unitId && overlaps(one, other)),
  )
  if (isElsewhere) against.push('both-at-once')
  return { reasons, against }
}

/** A day and the same day, or a year and a day of it. */
export const birthsAgree = (a: string, b: string): boolean =>
  a === b || (a.slice(0, 4) === b.slice(0, 4) && (a.length === 4 || b.length === 4))

type Span = { from: string; to: string | null }
const overlaps = (a: Span, b: Span) => (b.to === null || a.from < b.to) && (a.to === null || b.from < a.to)

/** The one slip of a typist that turns one number into the other; null when it takes more. */
export function slipBetween(a: string, b: string): 'number-one-digit' | 'number-swapped' | null {
  if (a.length !== b.length || a === b) return null
  const differ = [...a].flatMap((sign, index) => (sign === b[index] ? [] : [index]))
  if (differ.length === 1) return 'number-one-digit'
  const [first, second] = differ
  const isSwap = differ.length === 2 && second === first! + 1 && a[first!] === b[second] && a[second] === b[first!]
  return isSwap ? 'number-swapped' : null
}

type Choice = { id: string; hasNumber: boolean; birth: string; firstDay: string | null; fields: number }

/** The row to keep: the one with a number, then the one that has been a member longer, then the fuller, then the older row. */
export function suggestKept(a: Choice, b: Choice): string {
  const better = [
    Number(a.hasNumber) - Number(b.hasNumber),
    compareDays(b.firstDay, a.firstDay),
    a.birth.length - b.birth.length,
    a.fields - b.fields,
    Number(b.id) - Number(a.id),
  ].find((difference) => difference !== 0)
  return better! > 0 ? a.id : b.id
}
const compareDays = (a: string | null, b: string | null) =>
  (a ?? '9') === (b ?? '9') ? 0 : (a ?? '9') < (b ?? '9') ? -1 : 1
