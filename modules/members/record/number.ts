/** Identity numbers at rest: which kinds there are, and what is matched. A passport is one within its country. */
import type { Secret } from '#platform/secret.ts'

export type KeptIdentity = {
  identityKind: 'citizen' | 'passport'
  identityHash: Buffer
  identitySealed: Buffer
  identityTail: string
}

/** What is matched: a citizen number alone; a passport within its country. */
export const matchOf = (secret: Secret, kind: 'citizen' | 'passport', number: string, citizenship: string): Buffer =>
  secret.match(kind === 'citizen' ? number : `passport/${citizenship}/${number}`)

export const keepIdentity = (
  secret: Secret,
  kind: 'citizen' | 'passport',
  number: string,
  citizenship: string,
): KeptIdentity => ({
  identityKind: kind,
  identityHash: matchOf(secret, kind, number, citizenship),
  identitySealed: secret.seal(number),
  identityTail: number.slice(-3),
})
