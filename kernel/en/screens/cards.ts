/** The English twin of the words of checking a member card. */
import type { Twin } from '../../twin.ts'
import type { cards as vi } from '../../vi/screens/cards.ts'

export const cards: Twin<typeof vi> = {
  title: 'Check a member card',
  lead: 'The card is checked in this browser itself; what it says is sent nowhere.',
  code: 'Text of the QR code on the card',
  codeHint: 'Scan the QR code with a phone, copy the line that starts with KD1, and paste it here.',
  checking: 'Checking…',
  genuine: 'Genuine card',
  genuineText:
    'What stands below is what the union signed when it issued the card. Compare it with the person who holds it.',
  stillMember: 'A card tells what was true on the day it was issued; its holder may have moved or left since.',
  forged: 'Not a genuine card',
  forgedText: 'The union did not sign this, or somebody changed it. Do not accept this card.',
  unreadable: 'This cannot be read as a card yet',
  unreadableText:
    'Some of the line is missing, added, or not from a member card. Scan it again and copy the whole line.',
  uncheckable: 'This browser cannot check by itself',
  uncheckableText:
    'The browser is too old, or the page was opened without https. The server can check instead: then the card’s text is sent to it, and not kept.',
  askServer: 'Ask the server to check',
  fullName: 'Full name',
  birthYear: 'Year of birth',
  union: 'Union',
  cardNumber: 'Card number',
  issuedOn: 'Issued on',
}
