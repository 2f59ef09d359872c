/** `ket-doan verify`: recounts every tally from its ledger, and the closure from the placements. Exit 1 when one is wrong. */
import { recountAll, type Recount } from '#platform/verify.ts'
import { withDatabase, type Command } from './command.ts'

export const verify: Command = {
  name: 'verify',
  options: { rebuild: { type: 'boolean' } },
  run: (terminal) =>
    withDatabase(terminal, async ({ owner }) => {
      const counts: Recount[] = await recountAll(owner, Boolean(terminal.values['rebuild']))
      const wrong = counts.filter((count) => count.wrong > 0)
      if (terminal.isJson) terminal.printJson({ agree: wrong.length === 0, ledgers: counts })
      else {
        for (const count of wrong) terminal.print(terminal.say.verify.bad(count.ledger, count.wrong))
        if (wrong.length === 0)
          terminal.print(
            terminal.say.verify.good(
              counts.length,
              counts.reduce((sum, count) => sum + count.rows, 0),
            ),
          )
        else if (terminal.values['rebuild']) terminal.print(terminal.say.verify.fixed)
      }
      return wrong.length === 0 ? 0 : 1
    }),
}
