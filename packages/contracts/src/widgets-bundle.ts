import { z } from 'zod'
import { idOf, typedId } from './ids.ts'
import { requiredText } from './plain-text.ts'

/** A shelf of widget types (as ThingsBoard). */
export const widgetsBundleSchema = z.object({
  id: typedId('WIDGETS_BUNDLE'),
  createdTime: z.number(),
  tenantId: typedId('TENANT'),
  alias: z.string(),
  title: z.string(),
  name: z.string(),
  image: z.string().nullable(),
  scada: z.boolean(),
  description: z.string().nullable(),
  order: z.number().nullable(),
  externalId: z.null(),
  version: z.number(),
})
export type WidgetsBundle = z.infer<typeof widgetsBundleSchema>

const titleMissing = 'Widgets bundle title should be specified!'

export const saveWidgetsBundleSchema = z.object({
  id: idOf('WIDGETS_BUNDLE').nullish(),
  alias: z.string().trim().max(255).nullish(),
  title: requiredText('title', titleMissing),
  image: z.string().max(1_000_000).nullish(),
  scada: z.boolean().nullish(),
  description: z.string().max(1_024).nullish(),
  order: z.number().int().min(-2_147_483_648).max(2_147_483_647).nullish(),
  version: z.number().int().nullish(),
})
export type SaveWidgetsBundle = z.infer<typeof saveWidgetsBundleSchema>
