import { z } from 'zod'
import { oldFlag } from '../old-flag.ts'

/** Which part of the message a node works on. */
export const placeSchema = (title: string, description: string) =>
  z.enum(['DATA', 'METADATA']).meta({ title, description })

/** The first version had a flag `fromMetadata`. */
export const flagToPlace = (config: Record<string, unknown>, to: string): Record<string, unknown> => {
  const { fromMetadata: _, ...rest } = config
  if (to in config) return config
  return { ...rest, [to]: oldFlag(config, 'fromMetadata') ? 'METADATA' : 'DATA' }
}

/** The second version had the place under another name. */
export const placeToPlace = (
  config: Record<string, unknown>,
  { from, to }: { from: string; to: string },
): Record<string, unknown> => {
  const { [from]: place, ...rest } = config
  if (to in config) return config
  if (place !== 'DATA' && place !== 'METADATA') throw new Error(`${from} is neither DATA nor METADATA`)
  return { ...rest, [to]: place }
}
