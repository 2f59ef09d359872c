/** Member cards on the side that holds the key: signing one, and checking one where there is no browser. */
import { isSigned, type Signer } from '#platform/signing.ts'
import { joinSignature, readCard, writeFacts, type CardFacts, type CardVerdict } from './cardtext.ts'

/** The whole text for the QR code. */
export function signCard(signer: Signer, facts: CardFacts): string {
  const text = writeFacts(facts)
  return joinSignature(text, signer.sign(text))
}

export function verifyCard(text: string, publicKey: string): { verdict: CardVerdict; card: CardFacts | null } {
  const read = readCard(text)
  if (!read) return { verdict: 'unreadable', card: null }
  const { signedText, signature, ...card } = read
  return isSigned(publicKey, signedText, signature) ? { verdict: 'genuine', card } : { verdict: 'forged', card: null }
}
