/** A refusal the caller can act on. Its name is a key of both catalogues, so one without a sentence does not compile. */
import type { vi } from './vi.ts'

export type ProblemName = keyof typeof vi.problems
export type Facts = Record<string, string | number | null>
/** One thing wrong at one place: `pointer` is a JSON pointer into the request, `line` a line of a list. */
export type Fault = { name: ProblemName; pointer?: string; line?: number; facts?: Facts }

export class Problem extends Error {
  readonly problem: ProblemName
  readonly facts: Facts
  readonly faults: Fault[]

  constructor(problem: ProblemName, facts: Facts = {}, faults: Fault[] = []) {
    super(problem)
    this.problem = problem
    this.facts = facts
    this.faults = faults
  }
}
