/** The verdicts in the order an officer asks for them: what will be written, what need not be, what waits. Pure. */
import type { RowVerdict } from '../../import/contract.ts'

export const verdicts: readonly RowVerdict[] = ['new', 'returns', 'arrives', 'changed', 'same', 'elsewhere', 'refused']

const written: ReadonlySet<RowVerdict> = new Set(['new', 'returns', 'arrives', 'changed'])
export const isWritten = (verdict: RowVerdict): boolean => written.has(verdict)

type Counts = Readonly<Record<string, number>>

export const countOf = (counts: Counts, verdict: RowVerdict): number => counts[verdict] ?? 0
export const countWritten = (counts: Counts): number =>
  verdicts.filter(isWritten).reduce((sum, verdict) => sum + countOf(counts, verdict), 0)

/** The verdict whose rows are shown: the one asked for, else what waits for the officer, else the first there is. */
export function shownVerdict(counts: Counts, asked: string | undefined): RowVerdict {
  const known = verdicts.find((verdict) => verdict === asked)
  if (known) return known
  return ['refused' as const, ...verdicts].find((verdict) => countOf(counts, verdict) > 0) ?? 'refused'
}
