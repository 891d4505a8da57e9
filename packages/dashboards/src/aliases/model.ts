import type { JsonRecord } from '../read.ts'

export const aliasFilterTypes = [
  'singleEntity',
  'entityList',
  'entityName',
  'entityType',
  'stateEntity',
  'assetType',
  'deviceType',
  'edgeType',
  'entityViewType',
  'apiUsageState',
  'relationsQuery',
  'assetSearchQuery',
  'deviceSearchQuery',
  'edgeSearchQuery',
  'entityViewSearchQuery',
] as const
export type AliasFilterType = (typeof aliasFilterTypes)[number]

/** A named set of entities of a dashboard. */
export type AliasDefinition = {
  id: string
  /** Its name. */
  alias: string
  /** Null: a type that is not known. */
  type: AliasFilterType | null
  /** All that match, or one of them. */
  resolveMultiple: boolean
  filter: JsonRecord
}
