/** `ket-doan openapi`: the API for everybody else, derived from the same contracts. */
import { describeApi } from '#server/openapi.ts'
import type { Command } from './command.ts'

export const openapi: Command = {
  name: 'openapi',
  options: {},
  run: async (terminal) => {
    terminal.printJson(describeApi())
    return 0
  },
}
