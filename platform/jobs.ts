/** Work that goes on when nobody waits for it any more: begun by a request, told through the database, awaited when the program
 *  stops. One work a name at a time. */

export type Jobs = {
  /** Begins a work, unless one of that name is under way. It must tell its own troubles. */
  start: (name: string, work: (signal: AbortSignal) => Promise<void>) => void
  isRunning: (name: string) => boolean
  /** Resolves when the work of that name has ended; at once when there is none. */
  ended: (name: string) => Promise<void>
  /** Tells every work to end, and waits for it. */
  stop: () => Promise<void>
}

export function openJobs(): Jobs {
  const running = new Map<string, Promise<void>>()
  const stopping = new AbortController()
  return {
    start(name, work) {
      if (running.has(name)) return
      const ended = work(stopping.signal)
        .catch((error: unknown) => {
          if (process.env['KET_DOAN_SHOW_FAULTS']) process.stderr.write(`${name} ${String((error as Error).stack)}\n`)
        })
        .finally(() => void running.delete(name))
      running.set(name, ended)
    },
    isRunning: (name) => running.has(name),
    ended: async (name) => await running.get(name),
    async stop() {
      stopping.abort()
      await Promise.all(running.values())
    },
  }
}
