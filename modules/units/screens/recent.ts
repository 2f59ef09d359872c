/** The units this person looked at last, kept in the browser, so that a picker opens with them. */
import type { UnitRef } from '../contract.ts'

const kept = 'ket-doan.recent-units'
const keptMax = 6

export function recentUnits(): UnitRef[] {
  try {
    return JSON.parse(localStorage.getItem(kept) ?? '[]') as UnitRef[]
  } catch {
    return []
  }
}

export function rememberUnit({ id, code, name, kind }: UnitRef) {
  const others = recentUnits().filter((unit) => unit.id !== id)
  localStorage.setItem(kept, JSON.stringify([{ id, code, name, kind }, ...others].slice(0, keptMax)))
}
