import { z } from 'zod'
import { idOf, typedId, uuidSchema } from './ids.ts'
import { requiredText } from './plain-text.ts'
import { maxKeyLength } from './values.ts'

const info = z.record(z.string(), z.unknown())
const keys = z.array(z.string().max(maxKeyLength)).max(10_000)

/** Which keys of the target show through: time series, and attributes by scope (client, server, shared). */
const viewKeysSchema = z.object({
  timeseries: keys,
  attributes: z.object({ cs: keys, ss: keys, sh: keys }),
})
export type EntityViewKeys = z.infer<typeof viewKeysSchema>

/** A part of a device or an asset, by keys and time, that can be given to a customer without the rest (as ThingsBoard). */
export const entityViewSchema = z.object({
  id: typedId('ENTITY_VIEW'),
  createdTime: z.number(),
  additionalInfo: info.nullable(),
  entityId: z.object({ entityType: z.enum(['DEVICE', 'ASSET']), id: uuidSchema }),
  tenantId: typedId('TENANT'),
  customerId: typedId('CUSTOMER'),
  name: z.string(),
  type: z.string(),
  keys: viewKeysSchema,
  /** Epoch ms; 0: open. The start belongs to the window, the end does not. */
  startTimeMs: z.number(),
  endTimeMs: z.number(),
  externalId: typedId('ENTITY_VIEW').nullable(),
  version: z.number(),
})
export type EntityView = z.infer<typeof entityViewSchema>

export const entityViewInfoSchema = entityViewSchema.extend({
  customerTitle: z.string().nullable(),
  customerIsPublic: z.boolean(),
})
export type EntityViewInfo = z.infer<typeof entityViewInfoSchema>

const time = z
  .number()
  .int()
  .min(0)
  .nullish()
  .transform((ms) => ms ?? 0)
const someKeys = keys.nullish().transform((list) => list ?? [])

export const saveEntityViewSchema = z.object({
  id: idOf('ENTITY_VIEW').nullish(),
  entityId: z.object(
    {
      entityType: z.enum(['DEVICE', 'ASSET'], { error: 'Entity view can look at a device or an asset only!' }),
      id: uuidSchema,
    },
    { error: (issue) => (issue.input == null ? 'Entity view target should be specified!' : undefined) },
  ),
  name: requiredText('name', 'Entity view name should be specified!'),
  type: requiredText('type', 'Entity View type should be specified!'),
  keys: z
    .object({
      timeseries: someKeys,
      attributes: z
        .object({ cs: someKeys, ss: someKeys, sh: someKeys })
        .nullish()
        .transform((attributes) => attributes ?? { cs: [], ss: [], sh: [] }),
    })
    .nullish()
    .transform((given) => given ?? { timeseries: [], attributes: { cs: [], ss: [], sh: [] } }),
  startTimeMs: time,
  endTimeMs: time,
  customerId: idOf('CUSTOMER').nullish(),
  externalId: idOf('ENTITY_VIEW').nullish(),
  additionalInfo: info.nullish(),
  version: z.number().int().nullish(),
})
export type SaveEntityView = z.output<typeof saveEntityViewSchema>

export const entityViewSubtypeSchema = z.object({
  tenantId: typedId('TENANT'),
  entityType: z.literal('ENTITY_VIEW'),
  type: z.string(),
})
