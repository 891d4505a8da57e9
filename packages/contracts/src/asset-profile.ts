import { z } from 'zod'
import { idOf, typedId } from './ids.ts'
import { plainText, requiredText } from './plain-text.ts'

export const assetProfileSchema = z.object({
  id: typedId('ASSET_PROFILE'),
  createdTime: z.number(),
  tenantId: typedId('TENANT'),
  name: z.string(),
  description: z.string().nullable(),
  image: z.string().nullable(),
  default: z.boolean(),
  /** Where messages of its assets begin; null: the root chain. */
  defaultRuleChainId: typedId('RULE_CHAIN').nullable(),
  defaultDashboardId: typedId('DASHBOARD').nullable(),
  /** Null: the queue Main. */
  defaultQueueName: z.string().nullable(),
  defaultEdgeRuleChainId: typedId('RULE_CHAIN').nullable(),
  externalId: typedId('ASSET_PROFILE').nullable(),
  version: z.number(),
})
export type AssetProfile = z.infer<typeof assetProfileSchema>

export const assetProfileInfoSchema = assetProfileSchema.pick({
  id: true,
  tenantId: true,
  name: true,
  image: true,
  defaultDashboardId: true,
})
export type AssetProfileInfo = z.infer<typeof assetProfileInfoSchema>

export const saveAssetProfileSchema = z.object({
  id: idOf('ASSET_PROFILE').nullish(),
  name: requiredText('name', 'Asset profile name should be specified!'),
  description: plainText('description', 10_000).nullish(),
  image: z.string().max(1_000_000).nullish(),
  default: z.boolean().nullish(),
  defaultRuleChainId: idOf('RULE_CHAIN').nullish(),
  defaultDashboardId: idOf('DASHBOARD').nullish(),
  defaultQueueName: plainText('defaultQueueName').nullish(),
  defaultEdgeRuleChainId: idOf('RULE_CHAIN').nullish(),
  externalId: idOf('ASSET_PROFILE').nullish(),
  version: z.number().int().nullish(),
})
export type SaveAssetProfile = z.infer<typeof saveAssetProfileSchema>
