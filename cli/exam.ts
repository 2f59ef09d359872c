/** `ket-doan exam FACTS`: asks progress for each printed figure and says whether the records bear it out. */
import { formatCount, formatDay, formatPercent, type Language } from '#kernel/phrases.ts'
import type { FactsFile } from '#demo/facts.ts'
import { showProgress } from '#modules/progress/board.ts'
import { examine, summarise, type Answer, type ExamLine, type Fact } from '#modules/progress/exam.ts'
import { listRows } from '#modules/progress/list.ts'
import { readClocks } from '#modules/progress/clocks.ts'
import { findUnitByCode } from '#modules/units/queries.ts'
import { Problem } from '#kernel/problem.ts'
import { act, type Ctx } from '#platform/database.ts'
import { Misuse, textOf, withDatabase, type Command, type Terminal } from './command.ts'
import { readFactsFile } from './demo.ts'

export const exam: Command = {
  name: 'exam',
  options: { decimals: { type: 'string' } },
  run: async (terminal) => {
    const path = terminal.words[0]
    if (!path) throw new Misuse(terminal.say.missing('FACTS.json'))
    const decimals = Number(textOf(terminal, 'decimals') ?? 1)
    if (!Number.isInteger(decimals) || decimals < 0 || decimals > 12)
      throw new Misuse(terminal.say.unknownOption('--decimals'))
    const facts = readFactsFile(terminal, path)
    return await withDatabase(terminal, ({ house, operator }) =>
      act(house, operator, terminal.language, 'exam', async (ctx) => {
        const lines = await examineFile(ctx, facts, decimals)
        const summary = summarise(lines)
        if (terminal.isJson) terminal.printJson({ ...summary, lines })
        else printExam(terminal, lines)
        return summary.everyCountedAgrees ? 0 : 1
      }),
    )
  },
}

/** Asks each fact of progress: its unit, period, cut-off and indicator. */
export async function examineFile(ctx: Ctx, { facts }: FactsFile, decimals: number): Promise<ExamLine[]> {
  const answers: Answer[] = []
  for (const fact of facts) answers.push(await answerTo(ctx, fact))
  return examine(facts, answers, decimals)
}

async function answerTo(ctx: Ctx, fact: Fact): Promise<Answer> {
  const unit = await findUnitByCode(ctx, fact.unit)
  if (!unit) return null
  const clocks = { unitId: unit.id, asOf: fact.to, ...(fact.from && { from: fact.from }) }
  if (fact.kind === 'event') return await eventOn(ctx, clocks, fact)
  try {
    const { figures } = await showProgress(ctx, { ...clocks, indicator: [fact.indicator], decimals: 6, by: 'none' })
    const { counted, result, percent } = figures[0]!
    return { counted, result, percent }
  } catch (error) {
    if (error instanceof Problem && error.problem === 'unknown-indicator') return null
    throw error
  }
}

/** An event is one row of a list: the row of that day with the quantity printed, else the day's sum. */
async function eventOn(ctx: Ctx, clocks: { unitId: string; asOf: string }, fact: Fact): Promise<Answer> {
  const question = await readClocks(ctx, { ...clocks, from: fact.to })
  try {
    const { rows } = await listRows(ctx, question, { indicator: fact.indicator, limit: 200 })
    const { figures } = await showProgress(ctx, {
      ...clocks,
      from: fact.to,
      indicator: [fact.indicator],
      decimals: 1,
      by: 'none',
    })
    const found = rows.find((row) => row.quantity === fact.result)
    return { counted: figures[0]!.counted, result: found?.quantity ?? figures[0]!.result, percent: null }
  } catch (error) {
    if (error instanceof Problem && error.problem === 'unknown-indicator') return null
    throw error
  }
}

function printExam({ language, say, print }: Terminal, lines: readonly ExamLine[]) {
  const words = say.exam
  const rows = lines.map((line) => [
    line.unit,
    line.from ? `${formatDay(line.from)}-${formatDay(line.to)}` : formatDay(line.to),
    line.indicator,
    printed(language, line.printed),
    line.counted === null ? words.noAnswer : formatCount(language, line.counted),
    line.exactPercent ? formatPercent(language, line.exactPercent) : '',
    line.verdicts.map((verdict) => words.verdicts[verdict]).join('; '),
  ])
  if (lines.some((line) => line.printed.result === null)) {
    for (const [index, line] of lines.entries()) if (line.printed.result === null) rows[index]![4] = ''
  }
  const table = [[...words.header], ...rows]
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)))
  for (const row of table)
    print(
      row
        .map((cell, column) => (column === 6 ? cell : cell.padEnd(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
  print('')
  const summary = summarise(lines)
  print(words.summary(summary.counted, lines.filter((line) => line.isCounted && line.agrees).length, summary.declared))
}

function printed(language: Language, { result, target, percent }: ExamLine['printed']): string {
  const figures =
    result === null
      ? ''
      : target === null
        ? formatCount(language, result)
        : `${formatCount(language, result)}/${formatCount(language, target)}`
  return [figures, percent ? (figures ? `(${percent})` : percent) : ''].filter(Boolean).join(' ')
}
