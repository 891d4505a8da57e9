import { randomBytes, randomInt } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
const codeLength = 10

/** Codes for a drawer; letters and digits that are easily mistaken for one another are left out. */
export const newBackupCodes = (quantity: number): string[] => {
  const codes = new Set<string>()
  while (codes.size < quantity)
    codes.add(Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join(''))
  return [...codes]
}

const normal = (code: string): string => code.trim().toLowerCase().replaceAll(/[\s-]/g, '')

/**
 * Codes are short, so each is hashed as slowly as a password. All of an account share one salt: checking one costs a
 * single hash, and the salt of another account is another.
 */
export const hashBackupCode = async (code: string, salt: string): Promise<string> =>
  (await hashRaw(normal(code), { salt: Buffer.from(salt, 'base64url') })).toString('base64url')

export const hashBackupCodes = async (codes: readonly string[]): Promise<{ salt: string; hashes: string[] }> => {
  const salt = randomBytes(16).toString('base64url')
  const hashes: string[] = []
  for (const code of codes) hashes.push(await hashBackupCode(code, salt))
  return { salt, hashes }
}
