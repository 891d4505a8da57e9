import { functionSourceSchema } from '@thingwire/dashboards'
import { z } from 'zod'
import { flag, number, oneOf, optionalNumber, text } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

const code = () => functionSourceSchema.nullable().catch(null).default(null)

export const entitiesTableKeySettings = z.object({
  customTitle: text(''),
  columnWidth: text('0px'),
  useCellStyleFunction: flag(false),
  /** `(value, entity) => style` */
  cellStyleFunction: code(),
  useCellContentFunction: flag(false),
  /** `(value, entity) => text` */
  cellContentFunction: code(),
  defaultColumnVisibility: oneOf(['visible', 'hidden', 'hidden-mobile'], 'visible'),
  columnSelectionToDisplay: oneOf(['enabled', 'disabled'], 'enabled'),
  disableSorting: flag(false),
})

const settings = z.object({
  entitiesTitle: text(''),
  enableSearch: flag(true),
  enableSelectColumnDisplay: flag(true),
  displayEntityName: flag(true),
  entityNameColumnTitle: text(''),
  displayEntityLabel: flag(false),
  entityLabelColumnTitle: text(''),
  displayEntityType: flag(true),
  displayPagination: flag(true),
  defaultPageSize: number(10),
  pageStepIncrement: optionalNumber(),
  pageStepCount: number(3),
  /** A column's title or `entityName`, `-` before it for descending. */
  defaultSortOrder: text('entityName'),
  useRowStyleFunction: flag(false),
  /** `(entity) => style` */
  rowStyleFunction: code(),
})
export type EntitiesTableSettings = z.output<typeof settings>

export const entitiesTable = defineWidget({
  type: 'entities-table',
  fqns: [
    'cards.entities_table',
    'entity_widgets.entities_table',
    'entity_admin_widgets.device_admin_table',
    'entity_admin_widgets.asset_admin_table',
  ],
  name: 'Entities table',
  description: 'Entities with their newest values, page by page: search, sort, columns, actions, download.',
  data: 'page',
  settings,
  keySettings: entitiesTableKeySettings,
  actionSources: ['actionCellButton', 'rowClick', 'rowDoubleClick', 'cellClick'],
  limits: { datasources: 1 },
  size: { columns: 12, rows: 8, minColumns: 4, minRows: 3 },
})
