/** The fields of a person's record: what each is for, whether the law calls it sensitive, and how a typed value is read. */
import { readPastDay } from '#kernel/birth.ts'
import { record as english } from '#kernel/en/screens/record.ts'
import { fold, tidy } from '#kernel/fold.ts'
import { record as vietnamese } from '#kernel/vi/screens/record.ts'
import { readPhone } from './identity.ts'

export type FieldClass = 'basic' | 'sensitive'
export type Purpose = 'membership' | 'eligibility' | 'contact' | 'card' | 'care' | 'statistics' | 'party' | 'payment'
type Kind = 'text' | 'day' | 'phone' | 'email' | 'choice' | 'count'
/** `max`: characters of a text, or the greatest count. */
type Spec = {
  purpose: Purpose
  kind: Kind
  max: number
  class?: 'sensitive'
  inForm5a?: true
  choices?: readonly string[]
}

const text = (max: number): Pick<Spec, 'kind' | 'max'> => ({ kind: 'text', max })
const day: Pick<Spec, 'kind' | 'max'> = { kind: 'day', max: 10 }
const choice = (...choices: readonly string[]): Pick<Spec, 'kind' | 'max' | 'choices'> => ({
  kind: 'choice',
  max: 40,
  choices,
})

const specs = {
  ethnicity: { purpose: 'statistics', ...text(60), inForm5a: true },
  ancestralPlace: { purpose: 'membership', ...text(300), inForm5a: true },
  currentAddress: { purpose: 'contact', ...text(300), inForm5a: true },
  permanentAddress: { purpose: 'membership', ...text(300) },
  phone: { purpose: 'contact', kind: 'phone', max: 11, inForm5a: true },
  email: { purpose: 'contact', kind: 'email', max: 254 },
  job: { purpose: 'membership', ...text(200), inForm5a: true },
  workplace: { purpose: 'membership', ...text(300), inForm5a: true },
  cardNumber: { purpose: 'card', ...text(40) },
  cardIssuedOn: { purpose: 'card', ...day },
  otherName: { purpose: 'membership', ...text(200) },
  identityIssuedOn: { purpose: 'membership', ...day },
  identityIssuedBy: { purpose: 'membership', ...text(200) },
  oldIdNumber: { purpose: 'membership', ...text(12) },
  // Law 91/2025/QH15, Decree 356/2025: belief, politics, private hardship and bank data are sensitive.
  religion: { purpose: 'statistics', ...text(60), class: 'sensitive' },
  schooling: { purpose: 'statistics', ...text(100) },
  profession: { purpose: 'statistics', ...text(200) },
  skillGrade: { purpose: 'statistics', ...text(60) },
  politicalTheory: { purpose: 'statistics', ...text(100) },
  foreignLanguage: { purpose: 'statistics', ...text(100) },
  computing: { purpose: 'statistics', ...text(100) },
  employedOn: { purpose: 'membership', ...day },
  contractType: { purpose: 'eligibility', ...choice('indefinite', 'fixed_term', 'seasonal', 'none') },
  contractMonths: { purpose: 'eligibility', kind: 'count', max: 600 },
  managementRole: {
    purpose: 'eligibility',
    ...choice('none', 'owner', 'board', 'director', 'contract_signer', 'deputy_head'),
  },
  unionPost: { purpose: 'membership', ...text(200) },
  joinedOn: { purpose: 'membership', ...day },
  youthJoinedOn: { purpose: 'membership', ...day },
  partyProbationaryOn: { purpose: 'party', ...day, class: 'sensitive' },
  partyOfficialOn: { purpose: 'party', ...day, class: 'sensitive' },
  maritalStatus: { purpose: 'care', ...choice('single', 'married', 'divorced', 'widowed') },
  childrenCount: { purpose: 'care', kind: 'count', max: 20 },
  hardship: { purpose: 'care', ...text(500), class: 'sensitive' },
  bankAccount: { purpose: 'payment', ...text(120), class: 'sensitive' },
  socialInsuranceNo: { purpose: 'membership', ...text(15) },
  awards: { purpose: 'membership', ...text(1000) },
} as const satisfies Record<string, Spec>

export type FieldCode = keyof typeof specs
export type Field = {
  code: FieldCode
  class: FieldClass
  purpose: Purpose
  kind: Kind
  choices?: readonly string[]
  max: number
  inForm5a: boolean
}

const specOf: Record<FieldCode, Spec> = specs

export const fields: readonly Field[] = (Object.keys(specs) as FieldCode[]).map((code) => {
  const { class: fieldClass = 'basic', inForm5a = false, ...spec } = specOf[code]
  return { code, class: fieldClass, inForm5a, ...spec }
})

/** Reads one value as typed; null = unreadable. An empty cell is no statement and is not for asking. */
export function readField(code: FieldCode, typed: string, today: string): string | null {
  const value = tidy(typed.replace(/[\u00ad\u200b-\u200f\u2060\ufeff]|[^\P{Cc}\s]/gu, '').replace(/^\s*'/, ''))
  if (!/[\p{L}\p{N}]/u.test(value)) return null
  const { kind, max } = specOf[code]
  switch (kind) {
    case 'day':
      return readPastDay(value, today)
    case 'phone':
      return readPhone(value)
    case 'email':
      return readEmail(value, max)
    case 'choice':
      return readChoice(code, value)
    case 'count':
      return readCount(code, value, max)
    case 'text':
      return readText(code, value, max)
  }
}

function readText(code: FieldCode, value: string, max: number): string | null {
  const read = numbered[code]?.(value) ?? (code in numbered ? null : value)
  const named = code === 'ethnicity' && read ? capitalised(read) : read
  return named && [...named].length <= max ? named : null
}

/** KINH and kinh are one people: only words that are all of one case are written anew. */
const capitalised = (words: string) =>
  words === words.toLowerCase() || words === words.toUpperCase()
    ? words.toLowerCase().replace(/(^|\s)\p{L}/gu, (start) => start.toUpperCase())
    : words

/** Excel cuts zeros off the front of numbers, puts .0 behind them, and writes long ones as 1.2E+09, which is beyond repair. */
const signs = (value: string) =>
  /^\d[.,]?\d*E\+\d+$/i.test(value) ? '' : value.replace(/^(\d+)[.,]0$/, '$1').toUpperCase()
const bare = (value: string) => signs(value).replace(/[\s.-]/g, '')
const numbered: Partial<Record<FieldCode, (value: string) => string | null>> = {
  cardNumber: (value) => signs(value) || null,
  bankAccount: (value) => (signs(value) ? value.replace(/^(\d+)[.,]0$/, '$1') : null),
  oldIdNumber: (value) => /^\d{9}(\d{3})?$/.exec(bare(value).replace(/^(?=[1-9]\d{7}$)/, '0'))?.[0] ?? null,
  socialInsuranceNo: (value) => /^[A-Z0-9]{10,15}$/.exec(bare(value).replace(/^(?=[1-9]\d{8}$)/, '0'))?.[0] ?? null,
}

function readEmail(value: string, max: number): string | null {
  const address = value
    .replace(/^mailto:/i, '')
    .replaceAll(' ', '')
    .toLowerCase()
  return address.length <= max && /^[^\s@<>,;:"()]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(address) ? address : null
}

function readCount(code: FieldCode, value: string, max: number): string | null {
  const words = fold(value.replace(/[.,]0+$/, ''))
  const match = /^(\d{1,3})(?: (con|chau|nguoi|be|thang|months?|nam|years?))?$/.exec(words)
  if (!match) return null
  const isYears = /^(nam|year)/.test(match[2] ?? '')
  if (isYears && code !== 'contractMonths') return null
  const count = Number(match[1]) * (isYears ? 12 : 1)
  return count <= max ? String(count) : null
}

/** Folded words that lists use for a choice, beside its names in the catalogues. */
const said: Partial<Record<FieldCode, Record<string, RegExp>>> = {
  contractType: {
    indefinite: /khong (xac dinh )?thoi han|^(hdld )?(k|khong) ?xdth?$|^kxdth?$|^vo thoi han$|^dai han$/,
    fixed_term: /^(hd |hdld |hop dong |hop dong lao dong )?(xac dinh |co )thoi han|^xdth?$|^ngan han$|\d+ (thang|nam)$/,
    seasonal: /thoi vu|mua vu|theo viec/,
    none: /^(khong|khong co|chua co|khong ky)( hd| hdld| hop dong)?$/,
  },
  managementRole: {
    none: /^(khong|khong co|khong giu chuc vu|0)$/,
    owner: /^chu (doanh nghiep|so huu|dn|cong ty|co so)/,
    board: /hoi dong (quan tri|thanh vien)|\bhd(qt|tv)\b/,
    contract_signer: /uy quyen ky/,
    director: /^(tong giam doc|giam doc|tgd|gd)( cong ty| dieu hanh| doanh nghiep)?$/,
    deputy_head: /^(pho )?(hieu truong|thu truong)|^cap pho|^nguoi dung dau/,
  },
  maritalStatus: {
    single: /^(doc than|chua|chua (ket hon|vo|chong|co gia dinh|lap gia dinh|co vo|co chong))$/,
    married: /^(da )?(ket hon|co gia dinh|lap gia dinh|co vo|co chong|co gd)$/,
    divorced: /^(da )?ly (hon|di|than)$/,
    widowed: /^goa( vo| chong| bua)?$/,
  },
}

function readChoice(code: FieldCode, value: string): string | null {
  const word = fold(value)
  const names: Record<string, Record<string, string>>[] = [vietnamese.choices, english.choices]
  const isNamed = (choice: string) =>
    fold(choice) === word || names.some((name) => fold(name[code]?.[choice] ?? '') === word)
  const choices = specOf[code].choices ?? []
  return choices.find(isNamed) ?? choices.find((one) => said[code]?.[one]?.test(word)) ?? null
}
