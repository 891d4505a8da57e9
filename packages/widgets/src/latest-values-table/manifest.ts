import { z } from 'zod'
import { defineWidget } from '../widget.ts'

const flag = (fallback: boolean) => z.boolean().catch(fallback).default(fallback)

export const latestValuesSettingsSchema = z.object({
  displayEntityName: flag(true),
  entityNameColumnTitle: z.string().catch('').default(''),
  enableSearch: flag(true),
  /** A key's label or `entityName`, `-` before it for descending. */
  defaultSortOrder: z.string().catch('entityName').default('entityName'),
})

export const latestValuesTable = defineWidget({
  type: 'latest-values-table',
  fqns: ['latest_values_table'],
  name: 'Latest values table',
  description: 'One row an entity, one column a key, newest values, sorted by any column.',
  data: 'latest',
  actionSources: ['rowClick'],
  settings: latestValuesSettingsSchema,
  size: { columns: 12, rows: 6, minColumns: 4, minRows: 3 },
})
