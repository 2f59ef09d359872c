/** The text in a card's QR code, `KD1.facts.signature`: read and checked here without asking anybody but the public key. Facts
 *  are as few as a checker needs, and never an identity number. */
import { isDay } from '#kernel/day.ts'

/** What a card says and what is signed. */
export type CardFacts = {
  personId: string
  cardNumber: string
  fullName: string
  birthYear: number | null
  unionName: string
  issuedOn: string
}
type SignedCard = CardFacts & { signedText: string; signature: Uint8Array<ArrayBuffer> }
/** `unreadable`: no card's text at all. */
export type CardVerdict = 'genuine' | 'forged' | 'unreadable'

const mark = 'KD1'
/** A QR code of 300 letters is still read from a square of 22 mm. A longer name of a union is cut on the card, by whole words. */
const textMax = 300
const signatureLength = 86

/** The part that is signed. The mark is signed with it, so a signature made for another paper is none for a card. */
export function writeFacts(facts: CardFacts): string {
  const { personId, cardNumber, fullName, birthYear, unionName, issuedOn } = facts
  const write = (union: string) =>
    `${mark}.${encode(new TextEncoder().encode(JSON.stringify([personId, cardNumber, fullName, birthYear, union, issuedOn])))}`
  const words = unionName.split(' ')
  let text = write(unionName)
  while (text.length + 1 + signatureLength > textMax && words.length > 1) {
    words.pop()
    text = write(`${words.join(' ')}…`)
  }
  return text
}

export const joinSignature = (signedText: string, signature: Uint8Array): string => `${signedText}.${encode(signature)}`

/** The parts of a card's text, or null when it is none: cut, mistyped, or something else. Says nothing of its truth. */
export function readCard(text: string): SignedCard | null {
  const parts = text.trim().replace(/^#/, '').split('.')
  const [start, payload, signature] = parts.map((part, index) => (index === 0 ? null : decode(part)))
  if (parts.length !== 3 || parts[0] !== mark || start !== null || !payload || signature?.length !== 64) return null
  const facts = readFacts(payload)
  return facts && { ...facts, signedText: `${mark}.${parts[1]}`, signature }
}

function readFacts(payload: Uint8Array): CardFacts | null {
  try {
    const list: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
    if (!Array.isArray(list) || list.length !== 6) return null
    const [personId, cardNumber, fullName, birthYear, unionName, issuedOn] = list as unknown[]
    const texts = [personId, cardNumber, fullName, unionName, issuedOn]
    if (!texts.every((one) => typeof one === 'string' && one.length > 0 && one.length <= 200)) return null
    if (birthYear !== null && !(Number.isInteger(birthYear) && Number(birthYear) > 1900)) return null
    if (!isDay(String(issuedOn))) return null
    return { personId, cardNumber, fullName, birthYear, unionName, issuedOn } as CardFacts
  } catch {
    return null
  }
}

/** Checks in the browser itself: the text goes nowhere. `uncheckable`: the browser has no Ed25519, or hides it from pages that
 *  came without https. */
export async function checkCard(text: string, publicKey: string): Promise<CardVerdict | 'uncheckable'> {
  const card = readCard(text)
  if (!card) return 'unreadable'
  const raw = decode(publicKey)
  if (!raw) return 'uncheckable'
  try {
    const key = await crypto.subtle.importKey('raw', raw, { name: 'Ed25519' }, false, ['verify'])
    const isTrue = await crypto.subtle.verify('Ed25519', key, card.signature, new TextEncoder().encode(card.signedText))
    return isTrue ? 'genuine' : 'forged'
  } catch {
    return 'uncheckable'
  }
}

const encode = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

/** Null for text that is not the one base64url writing of its bytes: another letter is another card. */
function decode(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]+$/.test(text) || text.length % 4 === 1) return null
  const bytes = Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0))
  return encode(bytes) === text ? bytes : null
}
