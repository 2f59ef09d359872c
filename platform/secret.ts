/** Identity numbers at rest: sealed with AES-256-GCM, matched by HMAC-SHA-256. Passwords: argon2id. Tokens: SHA-256. */
import { hash, verify } from '@node-rs/argon2'
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

export type Secret = {
  seal: (text: string) => Buffer
  open: (sealed: Buffer) => string
  match: (text: string) => Buffer
}

/** Two keys from one master of 32 bytes, so that a leaked match key opens nothing. */
export function secretFrom(master: Buffer): Secret {
  if (master.length < 32) throw new Error('The key must have at least 32 bytes')
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), purpose, 32))
  const [sealing, matching] = [derive('identity-sealing'), derive('identity-matching')]
  return {
    seal(text) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce)
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    open(sealed) {
      const cipher = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(0, 12))
      cipher.setAuthTag(sealed.subarray(-16))
      return Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()]).toString('utf8')
    },
    match: (text) => createHmac('sha256', matching).update(text).digest(),
  }
}

export const hashPassword = (password: string) => hash(password)
export const isPassword = (hashed: string, password: string) => verify(hashed, password)
export const newToken = () => randomBytes(32).toString('base64url')
export const hashToken = (token: string) => createHash('sha256').update(token).digest()
