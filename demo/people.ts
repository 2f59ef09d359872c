/** Invented people: nobody real is in a demo. Names, birth days and identity numbers agree with one another, and no
 *  number comes twice from one call of `invitePeople`. */
import { addDays, daysBetween } from '#kernel/day.ts'
import type { Day } from '#kernel/shapes.ts'
import { openChance, type Chance } from './chance.ts'
import { inventName, type Sex } from './names.ts'

export type InventedPerson = { fullName: string; birthDate: Day; sex: Sex; identityNumber: string }

/** Codes of the 63 old provinces; they stay valid on identity cards. Hà Nội and its neighbours come more often. */
const provinces = (
  '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 ' +
  '045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 ' +
  '092 093 094 095 096'
).split(' ')
const often: Record<string, number> = {
  '001': 60,
  '038': 8,
  '040': 8,
  '036': 8,
  '034': 6,
  '030': 6,
  '033': 5,
  '035': 5,
}

/** A source of people: each call gives the next one, of that sex, between 18 and 58 years old on that day. */
export function invitePeople(seed: number): (sex: Sex, on: Day) => InventedPerson {
  const chance = openChance(seed, 'people')
  const issued = new Map<string, number>()
  return (sex, on) => {
    const birthDate = inventBirthDate(chance, on)
    const prefix = identityPrefix(chance, sex, birthDate)
    const serial = issued.get(prefix) ?? 0
    issued.set(prefix, serial + 1)
    // 549,979 shares no factor with a million, so the digits look drawn and still never come back within a million.
    const digits = (serial * 549_979 + Number(prefix) * 7_919) % 1_000_000
    const identityNumber = prefix + String(digits).padStart(6, '0')
    return { fullName: inventName(chance, sex), birthDate, sex, identityNumber }
  }
}

/** Most workers are young: the mean of two draws leans towards thirty. */
function inventBirthDate(chance: Chance, on: Day): Day {
  const eldest = addYears(on, -58)
  const youngest = addYears(on, -18)
  const span = daysBetween(eldest, youngest)
  const lean = 1 - Math.min(chance.next(), (chance.next() + chance.next()) / 2) * 0.98
  return addDays(eldest, Math.min(span, Math.floor(span * lean)))
}

/** The same date in another year; 29 February becomes the 28th. */
function addYears(day: Day, years: number): Day {
  const date = day.slice(5) === '02-29' ? '02-28' : day.slice(5)
  return `${Number(day.slice(0, 4)) + years}-${date}`
}

function identityPrefix(chance: Chance, sex: Sex, birthDate: Day): string {
  const century = Number(birthDate.slice(0, 2)) - 19
  const province = chance.weigh(provinces, (code) => often[code] ?? 1)
  return `${province}${century * 2 + (sex === 'female' ? 1 : 0)}${birthDate.slice(2, 4)}`
}
