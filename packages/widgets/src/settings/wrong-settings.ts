import type { WidgetManifest } from '../widget.ts'

type Json = Readonly<Record<string, unknown>>
export type WrongSetting = { path: readonly (string | number)[]; value: unknown }

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Files write numbers as text, and the other way round; nothing is what no file says anything by. */
const isSame = (stored: unknown, taken: unknown): boolean =>
  stored === null || stored === '' || String(stored) === String(taken) || Number(stored) === Number(taken)

const isPlain = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** Plain values that were not taken: another stands in their place. What has another shape after reading is left alone. */
const differences = (stored: unknown, taken: unknown, path: readonly (string | number)[]): WrongSetting[] => {
  if (isJson(stored) && isJson(taken)) {
    return Object.entries(stored).flatMap(([name, value]) =>
      Object.hasOwn(taken, name) ? differences(value, taken[name], [...path, name]) : [],
    )
  }
  // Lists leave out members that do not fit, so that places only tell where all were taken.
  if (Array.isArray(stored) && Array.isArray(taken) && stored.length === taken.length)
    return stored.flatMap((value: unknown, index) => differences(value, taken[index], [...path, index]))
  const isOther = isPlain(stored) && (isPlain(taken) || taken === null) && !isSame(stored, taken)
  return isOther ? [{ path, value: stored }] : []
}

const within = (from: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (at, name) => (isJson(at) ? at[name] : Array.isArray(at) ? (at as readonly unknown[])[Number(name)] : undefined),
    from,
  )

/** Settings that the schema does not take as they are stored, so that the widget is drawn with others. */
export const wrongSettings = (
  stored: Json,
  schema: WidgetManifest['settings'],
  upgrade?: (settings: Json) => Json,
): WrongSetting[] => {
  const upgraded = upgrade?.({ ...stored }) ?? stored
  const read = schema.safeParse(upgraded)
  if (!read.success) return []
  // What bringing up to date has changed is not what the person wrote.
  return differences(upgraded, read.data, []).filter(({ path, value }) => within(stored, path) === value)
}
