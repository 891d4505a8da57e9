import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** Argon2id with the library's parameters: 19 MiB, two passes. */
export const hashPassword = (password: string): Promise<string> => hash(password)

let decoy: Promise<string> | null = null

/**
 * Whether the password fits. Without a hash (no such account, or no password chosen yet) it works just as long and says
 * no, so that the time of an answer does not tell which accounts exist.
 */
export const passwordFits = async (passwordHash: string | null, password: string): Promise<boolean> => {
  if (passwordHash) return verify(passwordHash, password)
  decoy ??= hash(randomBytes(32))
  await verify(await decoy, password)
  return false
}
