/** Signatures against the published vectors of RFC 8032, and keys that are none. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { secretFrom } from './secret.ts'
import { isPublicKey, isSigned, signerFrom } from './signing.ts'

const bytes = (hex: string) => Buffer.from(hex, 'hex')

/** RFC 8032, 7.1, tests 1 and 2: the messages are empty, and the letter `r`. */
const vectors = [
  {
    seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    key: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    text: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    text: 'r',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
]

test('it signs as the standard says', () => {
  for (const { seed, key, text, signature } of vectors) {
    const signer = signerFrom(bytes(seed))
    expect(signer.publicKey).toBe(bytes(key).toString('base64url'))
    expect(signer.sign(text).toString('hex')).toBe(signature)
    expect(isSigned(signer.publicKey, text, bytes(signature))).toBe(true)
    expect(isSigned(signer.publicKey, `${text} `, bytes(signature))).toBe(false)
  }
})

test('one master always gives the same key, another master another', () => {
  const keyOf = (fill: number) => secretFrom(Buffer.alloc(32, fill)).publicKey
  expect(keyOf(7)).toBe('245TiTiqVt1KsIZKDtqYCcZZ8wGhDMyP7UVW9gta7OM')
  expect(new Set(Array.from({ length: 50 }, (_, fill) => keyOf(fill))).size).toBe(50)
})

test('whatever is given as a key or a signature, the answer is no and never a fault', () => {
  const { publicKey } = signerFrom(Buffer.alloc(32, 1))
  const key = fc.oneof(
    fc.string(),
    fc.uint8Array({ minLength: 32, maxLength: 32 }).map((raw) => Buffer.from(raw).toString('base64url')),
  )
  fc.assert(
    fc.property(key, fc.uint8Array({ maxLength: 70 }), (other, signature) => {
      expect(isSigned(other, 'a text', signature)).toBe(false)
      expect(isSigned(publicKey, 'a text', signature)).toBe(false)
    }),
  )
  expect([isPublicKey(publicKey), isPublicKey(publicKey.slice(1)), isPublicKey(`${publicKey}A`)]).toEqual([
    true,
    false,
    false,
  ])
})
