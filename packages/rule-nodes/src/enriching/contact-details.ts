import { AppError } from '@thingwire/contracts'
import { z } from 'zod'
import { entityFieldText } from './entity-fields.ts'
import { type Found, fetchToOf, fetchToSchema } from './fetch-to.ts'
import { oldFlag } from '../old-flag.ts'

/** Each detail with its path in the entity and the end of its key. */
const details = {
  ID: { field: 'id', key: 'id' },
  TITLE: { field: 'title', key: 'title' },
  COUNTRY: { field: 'country', key: 'country' },
  CITY: { field: 'city', key: 'city' },
  STATE: { field: 'state', key: 'state' },
  ZIP: { field: 'zip', key: 'zip' },
  ADDRESS: { field: 'address', key: 'address' },
  ADDRESS2: { field: 'address2', key: 'address2' },
  PHONE: { field: 'phone', key: 'phone' },
  EMAIL: { field: 'email', key: 'email' },
  ADDITIONAL_INFO: { field: 'additionalInfo.description', key: 'additionalInfo' },
} as const

type Detail = keyof typeof details

const names = Object.keys(details) as [Detail, ...Detail[]]

export const detailSettings = {
  fetchTo: fetchToSchema,
  detailsList: z
    .array(z.enum(names))
    .nullish()
    .transform((list) => list ?? [])
    .meta({
      title: 'Details',
      description: 'What to add.',
      words: { ADDITIONAL_INFO: 'Description', ADDRESS2: 'Address, second line', ZIP: 'Postal code' },
    }),
}

/** The first version had a flag `addToMetadata`. */
export const flagToDetailsPlace = (old: Record<string, unknown>): Record<string, unknown> => {
  const { addToMetadata: _, ...config } = old
  return 'fetchTo' in config ? config : { ...config, fetchTo: fetchToOf(!oldFlag(old, 'addToMetadata')) }
}

export const requireDetails = (list: readonly Detail[]): void => {
  if (list.length === 0) throw new AppError('RULE_CHAIN_INVALID', 'At least one entity detail should be selected!')
}

/**
 * Details of a customer or a tenant under their keys behind a prefix; null ones are left out. A missing description is
 * not left out behind another detail: it repeats the one before it (as ThingsBoard).
 */
export const detailsOf = (
  entity: Readonly<Record<string, unknown>>,
  list: readonly Detail[],
  prefix: string,
): Found[] => {
  let last: string | null = null
  return list.flatMap((detail): Found[] => {
    const { field, key } = details[detail]
    const text = entityFieldText(entity, field) ?? null
    if (detail !== 'ADDITIONAL_INFO' || text !== null) last = text
    return last === null ? [] : [{ key: prefix + key, value: { type: 'STRING', value: last } }]
  })
}
