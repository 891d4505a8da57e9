import { z } from 'zod'
import { idOf, typedId } from './ids.ts'
import { requiredText } from './plain-text.ts'
import { resourceExportSchema, resourceImportSchema } from './resource.ts'

const shared = {
  id: typedId('WIDGET_TYPE'),
  createdTime: z.number(),
  tenantId: typedId('TENANT'),
  /** Without the word before it that tells whose it is. */
  fqn: z.string(),
  name: z.string(),
  deprecated: z.boolean(),
  scada: z.boolean(),
  version: z.number(),
}
const described = {
  image: z.string().nullable(),
  description: z.string().nullable(),
  tags: z.array(z.string()),
}

/** A kind of widget (as ThingsBoard). The descriptor goes in and out as it came. */
export const widgetTypeSchema = z.object({ ...shared, descriptor: z.unknown() })
export type WidgetType = z.infer<typeof widgetTypeSchema>

export const widgetTypeDetailsSchema = widgetTypeSchema.extend({
  ...described,
  externalId: z.null(),
  resources: z.array(resourceExportSchema).nullable(),
})
export type WidgetTypeDetails = z.infer<typeof widgetTypeDetailsSchema>

/** For palettes: without the descriptor, with the bundles that it is in. */
export const widgetTypeInfoSchema = z.object({
  ...shared,
  ...described,
  widgetType: z.string(),
  bundles: z.array(z.object({ id: typedId('WIDGETS_BUNDLE'), name: z.string() })),
})
export type WidgetTypeInfo = z.infer<typeof widgetTypeInfoSchema>

const nameMissing = 'Widget type name should be specified!'

export const saveWidgetTypeSchema = z.object({
  id: idOf('WIDGET_TYPE').nullish(),
  fqn: z.string().trim().max(512).nullish(),
  name: requiredText('name', nameMissing),
  deprecated: z.boolean().nullish(),
  scada: z.boolean().nullish(),
  descriptor: z.record(z.string(), z.unknown(), { error: "Widget type descriptor can't be empty!" }),
  image: z.string().max(1_000_000).nullish(),
  description: z.string().max(1_024).nullish(),
  tags: z.array(z.string().max(255)).max(100).nullish(),
  version: z.number().int().nullish(),
  /** Images that the descriptor uses; those that are missing here are made. */
  resources: z.array(resourceImportSchema).max(1_000).nullish(),
})
export type SaveWidgetType = z.infer<typeof saveWidgetTypeSchema>

export const deprecatedFilters = ['ALL', 'ACTUAL', 'DEPRECATED'] as const
export type DeprecatedFilter = (typeof deprecatedFilters)[number]
