import { attributeScopes } from '@thingwire/contracts'
import { z } from 'zod'
import { flag, list, number, oneOf } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

const settings = z.object({
  /** What is shown until the viewer chooses. */
  scope: oneOf(attributeScopes, 'SERVER_SCOPE'),
  /** None: all of them. */
  scopes: list(z.enum(attributeScopes)),
  enableSearch: flag(true),
  allowAdd: flag(true),
  allowEdit: flag(true),
  allowDelete: flag(true),
  displayPagination: flag(true),
  defaultPageSize: number(10),
})
export type AttributesTableSettings = z.output<typeof settings>

export const attributesTable = defineWidget({
  type: 'attributes-table',
  fqns: ['attributes_table'],
  name: 'Attributes table',
  description: 'All attributes of an entity as they change: search, sort, add, edit and delete.',
  data: 'page',
  settings,
  limits: { datasources: 1 },
  size: { columns: 10, rows: 7, minColumns: 4, minRows: 3 },
})
