/** `ket-doan progress`: a unit's figures on any cut-off day, as sentences or as JSON. */
import { formatDay } from '#kernel/phrases.ts'
import { suggest } from '#kernel/suggest.ts'
import { showProgress } from '#modules/progress/board.ts'
import type { Board, Figure } from '#modules/progress/contract.ts'
import { figureSentence } from '#modules/progress/sentence.ts'
import { listIndicators, type Indicator } from '#modules/targets/indicators.ts'
import { findUnitByCode } from '#modules/units/queries.ts'
import { act, type Ctx } from '#platform/database.ts'
import { dayOf, Misuse, requiredText, textOf, withDatabase, type Command, type Terminal } from './command.ts'

export const progress: Command = {
  name: 'progress',
  options: {
    unit: { type: 'string' },
    from: { type: 'string' },
    'as-of': { type: 'string' },
    'known-at': { type: 'string' },
    'structure-on': { type: 'string' },
    indicator: { type: 'string', multiple: true },
    by: { type: 'string' },
    decimals: { type: 'string' },
  },
  run: (terminal) =>
    withDatabase(terminal, ({ house, operator }) =>
      act(house, operator, terminal.language, 'progress', (ctx) => answer(terminal, ctx)),
    ),
}

async function answer(terminal: Terminal, ctx: Ctx): Promise<number> {
  const unit = await unitByCode(terminal, ctx, requiredText(terminal, 'unit'))
  const by = textOf(terminal, 'by') ?? 'none'
  if (by !== 'children' && by !== 'officers' && by !== 'none')
    throw new Misuse(terminal.say.unknownOption(`--by ${by}`))
  const knownAt = textOf(terminal, 'known-at')
  if (knownAt !== undefined && !/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(knownAt))
    throw new Misuse(terminal.say.notAnInstant(knownAt))
  const decimals = Number(textOf(terminal, 'decimals') ?? 1)
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 12)
    throw new Misuse(terminal.say.unknownOption(`--decimals ${textOf(terminal, 'decimals')}`))
  const board = await showProgress(ctx, {
    unitId: unit.id,
    from: dayOf(terminal, 'from'),
    asOf: dayOf(terminal, 'as-of'),
    structureOn: dayOf(terminal, 'structure-on'),
    knownAt,
    decimals,
    by,
    indicator: (terminal.values['indicator'] as string[] | undefined) ?? [],
  })
  const indicators = await listIndicators(ctx)
  if (terminal.isJson) terminal.printJson(forPrograms(board, by !== 'none'))
  else printBoard(terminal, board, indicators)
  return 0
}

/** The board for programs: units by their code. */
const forPrograms = ({ unit, rows, ...board }: Board, isByRows: boolean) => ({
  unit: unit.code,
  ...board,
  ...(isByRows && {
    rows: rows.map((row) => ({
      unit: row.unit?.code ?? null,
      officer: row.officer?.name ?? null,
      figures: row.figures,
    })),
  }),
})

export async function unitByCode(terminal: Terminal, ctx: Ctx, code: string) {
  const unit = await findUnitByCode(ctx, code)
  if (unit) return unit
  const codes = await ctx.db.selectFrom('units.unit').select('code').where('is_upper', '=', true).limit(5000).execute()
  throw new Misuse(
    terminal.say.unknownUnit(
      code,
      suggest(
        code,
        codes.map((row) => row.code),
      ) ?? '',
    ),
  )
}

function printBoard(terminal: Terminal, board: Board, indicators: readonly Indicator[]) {
  const { language, say, print } = terminal
  const byCode = new Map(indicators.map((indicator) => [indicator.code, indicator]))
  print(say.progress.title(board.unit.name, formatDay(board.from), formatDay(board.asOf)))
  if (board.structureOn !== board.asOf) print(say.progress.structure(formatDay(board.structureOn)))
  if (board.knownAt) print(say.progress.known(board.knownAt))
  const printFigures = (figures: readonly Figure[], depth: number) => {
    for (const figure of figures) {
      if (figure.result === null && figure.percent === null && figure.targets.length === 0) continue
      print(`${'  '.repeat(depth)}- ${figureSentence(language, byCode.get(figure.indicator)!, figure)}`)
      printFigures(figure.ofWhich, depth + 1)
    }
  }
  printFigures(board.figures, 0)
  for (const row of board.rows) {
    print(`\n${row.unit?.name ?? row.officer!.name}`)
    printFigures(row.figures, 1)
  }
}
