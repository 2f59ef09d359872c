/** Identity numbers at rest: sealed with AES-256-GCM, matched by HMAC-SHA-256. Passwords: argon2id. Tokens: SHA-256.
 *  The key that signs member cards comes from the same master, so that nothing more has to be backed up. */
import { hash, verify } from '@node-rs/argon2'
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  randomFillSync,
} from 'node:crypto'
import { signerFrom, type Signer } from './signing.ts'

export type Secret = Signer & {
  seal: (text: string) => Buffer
  open: (sealed: Buffer) => string
  match: (text: string) => Buffer
  sealBytes: (bytes: Buffer) => Buffer
  openBytes: (sealed: Buffer) => Buffer
  /** For a thread of this program that seals and matches, too. */
  master: Buffer
}

/** Three keys from one master of 32 bytes, so that a leaked match key opens nothing. */
export function secretFrom(master: Buffer): Secret {
  if (master.length < 32) throw new Error('The key must have at least 32 bytes')
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), purpose, 32))
  // As key objects, made once: a key handed over as bytes at each turn costs three times the sealing.
  const sealing = createSecretKey(derive('identity-sealing'))
  const matching = createSecretKey(derive('identity-matching'))
  const sealBytes = (bytes: Buffer) => {
    const nonce = freshNonce()
    const cipher = createCipheriv('aes-256-gcm', sealing, nonce)
    return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  }
  const openBytes = (sealed: Buffer) => {
    const cipher = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(0, 12))
    cipher.setAuthTag(sealed.subarray(-16))
    return Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()])
  }
  return {
    ...signerFrom(derive('card-signing')),
    seal: (text) => sealBytes(Buffer.from(text, 'utf8')),
    open: (sealed) => openBytes(sealed).toString('utf8'),
    sealBytes,
    openBytes,
    master,
    match: (text) => createHmac('sha256', matching).update(text).digest(),
  }
}

/** Twelve random bytes; the system is asked for a thousand at a time. */
function freshNonce(): Buffer {
  if (drawn >= nonces.length) {
    randomFillSync(nonces)
    drawn = 0
  }
  return nonces.subarray(drawn, (drawn += 12))
}
const nonces = Buffer.alloc(12 * 1024)
let drawn = nonces.length

export const hashPassword = (password: string) => hash(password)
export const isPassword = (hashed: string, password: string) => verify(hashed, password)
export const newToken = () => randomBytes(32).toString('base64url')
export const hashToken = (token: string) => createHash('sha256').update(token).digest()
