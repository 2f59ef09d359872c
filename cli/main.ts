/** The command door: the same actions and queries as the screens, for officers and operators at a terminal. */
import { phrases, sentenceOf } from '#kernel/phrases.ts'
import { Problem } from '#kernel/problem.ts'
import { suggest } from '#kernel/suggest.ts'
import { Hindrance } from '#platform/folder.ts'
import { account } from './account.ts'
import { card } from './card.ts'
import { languageFrom, Misuse, readTerminal, type Command } from './command.ts'
import { demo } from './demo.ts'
import { exam } from './exam.ts'
import { importCommand } from './import.ts'
import { openapi } from './openapi.ts'
import { progress } from './progress.ts'
import { start } from './start.ts'
import { verify } from './verify.ts'

const commands: readonly Command[] = [start, progress, importCommand, exam, demo, verify, account, card, openapi]

async function run(args: string[]): Promise<number> {
  const language = languageFrom(args)
  const say = phrases[language].commands
  const [name = '--help', ...rest] = args
  if (name === '--help' || name === '-h' || name === 'help') {
    const lines = commands.map((command) => `  ${command.name.padEnd(10)} ${say.summaries[command.name]}`)
    process.stdout.write([say.about, '', say.usage, '', say.list, ...lines, '', say.common, say.more, ''].join('\n'))
    return 0
  }
  const command = commands.find((one) => one.name === name)
  if (!command)
    throw new Misuse(
      say.unknownCommand(
        name,
        suggest(
          name,
          commands.map((one) => one.name),
        ) ?? '',
      ),
    )
  const terminal = readTerminal(rest, command.options, language)
  if (terminal.values['help']) {
    process.stdout.write(
      [
        `./ket-doan ${command.name}: ${say.summaries[command.name]}`,
        '',
        say.help[command.name],
        '',
        say.common,
        '',
      ].join('\n'),
    )
    return 0
  }
  return await command.run(terminal)
}

// Whoever reads only the first lines (`| head`) has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  const language = languageFrom(process.argv)
  if (error instanceof Misuse || error instanceof Hindrance) process.stderr.write(`${error.message}\n`)
  else if (error instanceof Problem) {
    const faults = error.faults.map(
      (fault) => `  ${fault.line ?? fault.pointer ?? ''}: ${sentenceOf(language, fault.name, fault.facts)}`,
    )
    process.stderr.write([sentenceOf(language, error.problem, error.facts), ...faults, ''].join('\n'))
  } else process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = error instanceof Problem && error.problem !== 'unknown-indicator' ? 1 : 2
}
