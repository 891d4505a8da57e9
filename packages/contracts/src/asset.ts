import { z } from 'zod'
import { idOf, typedId } from './ids.ts'
import { plainText, requiredText } from './plain-text.ts'

const info = z.record(z.string(), z.unknown())

/** An asset as REST sends it (as ThingsBoard); times are epoch ms. */
export const assetSchema = z.object({
  id: typedId('ASSET'),
  createdTime: z.number(),
  additionalInfo: info.nullable(),
  tenantId: typedId('TENANT'),
  /** The null id: assigned to nobody. */
  customerId: typedId('CUSTOMER'),
  name: z.string(),
  /** The name of its profile. */
  type: z.string(),
  label: z.string().nullable(),
  assetProfileId: typedId('ASSET_PROFILE'),
  externalId: typedId('ASSET').nullable(),
  version: z.number(),
})
export type Asset = z.infer<typeof assetSchema>

export const assetInfoSchema = assetSchema.extend({
  customerTitle: z.string().nullable(),
  customerIsPublic: z.boolean(),
  assetProfileName: z.string(),
})
export type AssetInfo = z.infer<typeof assetInfoSchema>

/** What may be chosen of an asset; saving replaces all of it, so what is absent is cleared. */
export const saveAssetSchema = z.object({
  id: idOf('ASSET').nullish(),
  name: requiredText('name', 'Asset name should be specified!'),
  type: plainText('type').nullish(),
  label: plainText('label').nullish(),
  assetProfileId: idOf('ASSET_PROFILE').nullish(),
  customerId: idOf('CUSTOMER').nullish(),
  externalId: idOf('ASSET').nullish(),
  additionalInfo: info.nullish(),
  version: z.number().int().nullish(),
})
export type SaveAsset = z.infer<typeof saveAssetSchema>

export const assetSubtypeSchema = z.object({
  tenantId: typedId('TENANT'),
  entityType: z.literal('ASSET'),
  type: z.string(),
})
