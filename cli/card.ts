/** `ket-doan card`: whether a member card is genuine, said by anybody who has its text and the public key. Opens no database. */
import { formatDay } from '#kernel/phrases.ts'
import { verifyCard } from '#modules/members/papers/card.ts'
import { findMasterKey } from '#platform/folder.ts'
import { secretFrom } from '#platform/secret.ts'
import { isPublicKey } from '#platform/signing.ts'
import { Misuse, textOf, type Command, type Terminal } from './command.ts'

export const card: Command = {
  name: 'card',
  options: { key: { type: 'string' } },
  run: async (terminal) => {
    const [act, text = ''] = terminal.words
    if (act === 'key') return showKey(terminal)
    if (act !== 'verify') throw new Misuse(terminal.say.help.card)
    if (!text) throw new Misuse(terminal.say.missing('KD1...'))
    return check(terminal, text)
  },
}

/** The key that was given, or that of the data folder. */
function publicKeyOf(terminal: Terminal): string {
  const given = textOf(terminal, 'key')
  if (given !== undefined) {
    if (!isPublicKey(given)) throw new Misuse(terminal.say.card.notAKey)
    return given
  }
  const master = findMasterKey(textOf(terminal, 'data'))
  if (!master) throw new Misuse(terminal.say.card.noKey)
  return secretFrom(master).publicKey
}

function showKey(terminal: Terminal): number {
  const publicKey = publicKeyOf(terminal)
  if (terminal.isJson) terminal.printJson({ publicKey })
  else terminal.print(publicKey)
  return 0
}

function check(terminal: Terminal, text: string): number {
  const { verdict, card } = verifyCard(text, publicKeyOf(terminal))
  const { say } = terminal
  if (terminal.isJson) terminal.printJson({ verdict, card })
  else if (card) {
    const { fullName, birthYear, unionName, cardNumber, issuedOn } = card
    terminal.print(
      say.card.genuine(fullName, birthYear ? String(birthYear) : '', unionName, cardNumber, formatDay(issuedOn)),
    )
  } else terminal.print(verdict === 'forged' ? say.card.forged : say.card.unreadable)
  return card ? 0 : 1
}
