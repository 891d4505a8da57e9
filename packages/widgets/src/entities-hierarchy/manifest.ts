import { functionSourceSchema } from '@thingwire/dashboards'
import { z } from 'zod'
import { flag } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

const code = () => functionSourceSchema.catch('').default('')

export const entitiesHierarchySettingsSchema = z.object({
  enableSearch: flag(true),
  /** Of `widgetCtx, nodeCtx`: a relations query, or 'default'. */
  nodeRelationQueryFunction: code(),
  nodeHasChildrenFunction: code(),
  nodeOpenedFunction: code(),
  nodeDisabledFunction: code(),
  /** An object with `materialIcon`, or 'default'. */
  nodeIconFunction: code(),
  nodeTextFunction: code(),
  /** Of `widgetCtx, nodeCtx1, nodeCtx2`, as comparators are. */
  nodesSortFunction: code(),
})

export const entitiesHierarchy = defineWidget({
  type: 'entities-hierarchy',
  fqns: ['cards.entities_hierarchy'],
  name: 'Entities hierarchy',
  description: 'Entities and what they contain, as a tree.',
  data: 'page',
  settings: entitiesHierarchySettingsSchema,
  actionSources: ['nodeSelected'],
  limits: { datasources: 1 },
  size: { columns: 8, rows: 6, minColumns: 3, minRows: 2 },
})
