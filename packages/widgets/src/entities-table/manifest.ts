import { z } from 'zod'
import { code } from '../settings/code.ts'
import { flag, number, oneOf, optionalNumber, text } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

export const entitiesTableKeySettings = z.object({
  customTitle: text(''),
  columnWidth: text('0px'),
  useCellStyleFunction: flag(false, { title: 'Style by a function' }),
  cellStyleFunction: code({
    title: 'Style of cells',
    hint: 'Answers CSS properties',
    args: ['value', 'entity'],
    when: { useCellStyleFunction: [true] },
  }),
  useCellContentFunction: flag(false, { title: 'Content by a function' }),
  cellContentFunction: code({
    title: 'Content of cells',
    hint: 'Answers a text',
    args: ['value', 'entity'],
    when: { useCellContentFunction: [true] },
  }),
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
  useRowStyleFunction: flag(false, { title: 'Rows have a style by a function' }),
  rowStyleFunction: code({
    title: 'Style of rows',
    hint: 'Answers CSS properties',
    args: ['entity'],
    when: { useRowStyleFunction: [true] },
  }),
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
  values: ['units', 'decimals', 'looks'],
  settings,
  keySettings: entitiesTableKeySettings,
  actionSources: ['actionCellButton', 'rowClick', 'rowDoubleClick', 'cellClick'],
  limits: { datasources: 1 },
  size: { columns: 12, rows: 8, minColumns: 4, minRows: 3 },
})
