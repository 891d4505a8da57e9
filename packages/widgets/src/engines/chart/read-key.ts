import { flotKey } from './flot.ts'
import type { ChartKeySettings } from './key-settings.ts'

type Schema = { parse: (settings: unknown) => ChartKeySettings }

/**
 * Reads the settings of a key. A document's settings do not change, while its values do many times a second: what is read
 * once is kept for as long as the document is.
 */
export const keyReader = (schema: Schema): ((settings: unknown) => ChartKeySettings) => {
  const kept = new WeakMap<object, ChartKeySettings>()
  return (settings) => {
    if (typeof settings !== 'object' || settings === null) return schema.parse({})
    const known = kept.get(settings)
    if (known) return known
    const made = schema.parse(flotKey({ ...settings }))
    kept.set(settings, made)
    return made
  }
}
