import type { DataKey } from '@thingwire/contracts'
import { numberText } from './number-text.ts'

/** What a key is called: its label unless empty, with ThingsBoard's name tokens filled in. */
export const keyLabel = (dataKey: DataKey, entityName: string): string =>
  (dataKey.label || dataKey.name).replaceAll(/\$\{(entityName|entityLabel|deviceName)\}/g, entityName)

const dateSince = 1_000_000_000_000
const dateUntil = 4_000_000_000_000
const timeName = /(?:[Tt]ime|TIME|[Tt]imestamp|[Dd]ate)$|(?:^|[_-])(?:ts|at)$|[a-z](?:Ts|At)$/

/** Whether a value is a moment in epoch milliseconds: by the name of its key, and by its size. */
export const isMoment = (value: number, name: string): boolean =>
  timeName.test(name) && Number.isInteger(value) && value > dateSince && value < dateUntil

/**
 * A value as text, without unit. `decimals` undefined: as many as it has, within what its size makes worth reading. Whole numbers in the range of epoch
 * milliseconds stay numbers unless the key is a time by name.
 */
export const formatValue = (value: unknown, dataKey: Pick<DataKey, 'name' | 'decimals'>, locale: string): string => {
  if (value === null || value === undefined) return '—'
  if (typeof value === 'object') return JSON.stringify(value)
  if (typeof value !== 'number') return String(value)
  if (isMoment(value, dataKey.name)) {
    return new Date(value).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' })
  }
  const { decimals } = dataKey
  return numberText(
    value,
    locale,
    decimals === null || decimals === undefined
      ? { maximumFractionDigits: usefulDecimals(Math.abs(value)) }
      : { minimumFractionDigits: clampDecimals(decimals), maximumFractionDigits: clampDecimals(decimals) },
  )
}

const usefulDecimals = (size: number) => (size >= 1_000 ? 1 : size >= 1 ? 2 : 4)

const clampDecimals = (decimals: number) => Math.min(15, Math.max(0, decimals))

/** The newest point, whatever the widget. */
export const newest = <T>(points: readonly T[]): T | undefined => points.at(-1)
