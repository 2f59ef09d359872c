/** A refusal as the server told it, or the network's silence in our own words. Screens show it beside what caused it. */
type Problem = { type?: string; title?: string; errors?: Fault[] }

export type Fault = { name: string; title: string; pointer?: string; line?: number }

export class Refusal extends Error {
  /** 0 when no answer came at all. */
  readonly status: number
  /** The problem's name; `no-answer` when the network was lost. */
  readonly problem: string
  readonly faults: Fault[]

  constructor(status: number, problem: string, title: string, faults: Fault[] = []) {
    super(title)
    this.status = status
    this.problem = problem
    this.faults = faults
  }
}

/** Reads a problem+json answer; anything else (a proxy's page, an empty body) becomes the sentence given. */
export async function refusalOf(response: Response, otherwise: string): Promise<Refusal> {
  const problem = (await response.json().catch(() => null)) as Problem | null
  const name = problem?.type?.split('/').pop() ?? 'no-answer'
  return new Refusal(response.status, name, problem?.title ?? otherwise, problem?.errors ?? [])
}

export const refusalFrom = (error: unknown): Refusal =>
  error instanceof Refusal ? error : new Refusal(0, 'no-answer', error instanceof Error ? error.message : String(error))
