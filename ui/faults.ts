/** Finds the fault that belongs at a field, by its JSON pointer, so that it stands beside what caused it. */
import type { Fault, Refusal } from './refusal.ts'

/** `faultFinder(refusal, '/decision')('number')` looks for `/decision/number`, also below `/body`. */
export function faultFinder(refusal: Refusal | null, below: string) {
  return (field: string): string | null => faultTitle(refusal?.faults ?? [], `${below}/${field}`)
}

export const faultTitle = (faults: Fault[], pointer: string): string | null =>
  faults.find((fault) => fault.pointer === pointer || fault.pointer === `/body${pointer}`)?.title ?? null
