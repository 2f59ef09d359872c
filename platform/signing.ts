/** Signatures that anybody can check without asking us: Ed25519. Whoever holds the public key needs neither database nor network. */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'

/** What stands before the 32 secret bytes (RFC 8410, PKCS #8), and before the 32 public ones (SubjectPublicKeyInfo). */
const secretPrefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex')

export type Signer = {
  /** 64 bytes. */
  sign: (text: string) => Buffer
  /** The raw 32 bytes as base64url. */
  publicKey: string
}

export function signerFrom(seed: Buffer): Signer {
  const key = createPrivateKey({ key: Buffer.concat([secretPrefix, seed]), format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return {
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), key),
    publicKey: spki.subarray(publicPrefix.length).toString('base64url'),
  }
}

export const isPublicKey = (text: string): boolean =>
  /^[\w-]{43}$/.test(text) && Buffer.from(text, 'base64url').toString('base64url') === text

/** True when the holder of `publicKey` signed exactly this text. */
export function isSigned(publicKey: string, text: string, signature: Uint8Array): boolean {
  if (!isPublicKey(publicKey)) return false
  const spki = Buffer.concat([publicPrefix, Buffer.from(publicKey, 'base64url')])
  return verify(null, Buffer.from(text, 'utf8'), createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature)
}
