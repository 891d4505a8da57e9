import { z } from 'zod'
import { codeElse } from '../settings/code.ts'
import { flag } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

const code = (title: string, hint?: string, args = ['widgetCtx', 'nodeCtx']) =>
  codeElse('', { title, args, ...(hint && { hint }) })

export const entitiesHierarchySettingsSchema = z.object({
  enableSearch: flag(true),
  nodeRelationQueryFunction: code('What is below an entity', "Answers a relations query, or 'default'"),
  nodeHasChildrenFunction: code('Whether anything is below'),
  nodeOpenedFunction: code('Whether it is open at first'),
  nodeDisabledFunction: code('Whether it cannot be chosen'),
  nodeIconFunction: code('Icon', "Answers an object with materialIcon, or 'default'"),
  nodeTextFunction: code('Text'),
  nodesSortFunction: code('Order', 'Less than 0: the first one comes first', ['widgetCtx', 'nodeCtx1', 'nodeCtx2']),
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
