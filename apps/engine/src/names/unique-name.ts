import { randomInt } from 'node:crypto'
import { AppError, type NameConflict } from '@thingwire/contracts'
import type { Database, WantedName } from '@thingwire/db'

const longestName = 255
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const randomSuffix = () => Array.from({ length: 6 }, () => alphabet[randomInt(alphabet.length)]).join('')
const mostAttempts = 5

/**
 * Saves an entity under the name that was asked for or, when it is taken and the caller allows it, under that name with
 * a suffix. Somebody else may take a free name before it is saved; then the next one is tried.
 * @param save Throws when the name is taken, as repositories do
 */
export const saveUnderUniqueName = async <T>(
  names: Database['names'],
  wanted: WantedName,
  conflict: NameConflict | undefined,
  save: (name: string) => Promise<T>,
): Promise<T> => {
  if (conflict?.nameConflictPolicy !== 'UNIQUIFY') return save(wanted.name)
  for (let attempt = 1; ; attempt++) {
    const name = await freeName(names, wanted, conflict)
    try {
      return await save(name)
    } catch (error) {
      if (attempt === mostAttempts || !(error instanceof AppError) || error.code !== 'ARGUMENT_INVALID') throw error
      if (!(await names.taken(wanted, [name])).has(name)) throw error
    }
  }
}

/** The wanted name or, when another entity has it, that name with the first suffix that makes it free. */
const freeName = async (names: Database['names'], wanted: WantedName, conflict: NameConflict): Promise<string> => {
  const free = async (candidates: readonly string[]) => {
    const taken = await names.taken(wanted, candidates)
    return candidates.find((candidate) => !taken.has(candidate))
  }
  const found = await free([wanted.name])
  if (found !== undefined) return found
  for (let first = 1, count = 16; ; first += count, count = Math.min(count * 2, 4_096)) {
    const candidates = Array.from({ length: count }, (_, n) =>
      suffixed(wanted.name, conflict, conflict.uniquifyStrategy === 'RANDOM' ? randomSuffix() : String(first + n)),
    )
    const suffix = await free(candidates)
    if (suffix !== undefined) return suffix
  }
}

/** A long name gives way to its suffix. */
const suffixed = (name: string, { uniquifySeparator }: NameConflict, suffix: string): string =>
  `${name.slice(0, longestName - uniquifySeparator.length - suffix.length)}${uniquifySeparator}${suffix}`
