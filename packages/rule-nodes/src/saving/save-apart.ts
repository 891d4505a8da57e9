import { errorText, isEnvironmentError } from '@thingwire/rules'

/**
 * Saves all items by one call. When that is refused for a reason of the items themselves, halves are tried until the ones
 * at fault stand alone, so that one bad message does not take its neighbours along. Returns the error text of each item
 * that could not be saved. Throws environment errors: then nothing may be taken as saved.
 */
export const saveApart = async <T>(
  items: readonly T[],
  save: (items: readonly T[]) => Promise<void>,
): Promise<Map<T, string>> => {
  const failed = new Map<T, string>()
  const attempt = async (part: readonly T[]): Promise<void> => {
    try {
      await save(part)
    } catch (error) {
      const [only] = part
      if (isEnvironmentError(error)) throw error
      if (part.length === 1 && only !== undefined) failed.set(only, errorText(error))
      else {
        const middle = part.length >> 1
        await attempt(part.slice(0, middle))
        await attempt(part.slice(middle))
      }
    }
  }
  if (items.length > 0) await attempt(items)
  return failed
}
