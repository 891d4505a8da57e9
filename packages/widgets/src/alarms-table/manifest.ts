import { z } from 'zod'
import { code } from '../settings/code.ts'
import { flag, number, oneOf, optionalNumber, text } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

export const alarmsTableKeySettings = z.object({
  customTitle: text(''),
  columnWidth: text('0px'),
  useCellStyleFunction: flag(false, { title: 'Style by a function' }),
  cellStyleFunction: code({
    title: 'Style of cells',
    hint: 'Answers CSS properties',
    args: ['value', 'alarm'],
    when: { useCellStyleFunction: [true] },
  }),
  useCellContentFunction: flag(false, { title: 'Content by a function' }),
  cellContentFunction: code({
    title: 'Content of cells',
    hint: 'Answers a text',
    args: ['value', 'alarm'],
    when: { useCellContentFunction: [true] },
  }),
  defaultColumnVisibility: oneOf(['visible', 'hidden', 'hidden-mobile'], 'visible'),
  columnSelectionToDisplay: oneOf(['enabled', 'disabled'], 'enabled'),
  disableSorting: flag(false),
})

const settings = z.object({
  alarmsTitle: text(''),
  enableSelection: flag(true),
  enableSearch: flag(true),
  enableSelectColumnDisplay: flag(true),
  enableFilter: flag(true),
  displayDetails: flag(true),
  allowAcknowledgment: flag(true),
  allowClear: flag(true),
  allowAssign: flag(true),
  allowDelete: flag(true),
  /** Comments in the details. */
  displayActivity: flag(true),
  displayPagination: flag(true),
  defaultPageSize: number(10),
  pageStepIncrement: optionalNumber(),
  pageStepCount: number(3),
  /** An alarm field or a column's title, `-` before it for descending. */
  defaultSortOrder: text('-createdTime'),
  useRowStyleFunction: flag(false, { title: 'Rows have a style by a function' }),
  rowStyleFunction: code({
    title: 'Style of rows',
    hint: 'Answers CSS properties',
    args: ['alarm'],
    when: { useRowStyleFunction: [true] },
  }),
})
export type AlarmsTableSettings = z.output<typeof settings>

export const alarmsTable = defineWidget({
  type: 'alarms-table',
  fqns: ['alarm_widgets.alarms_table'],
  name: 'Alarms table',
  description: 'Alarms as they come: search, filter, sort, acknowledge and clear, one or many at once.',
  data: 'alarms',
  values: ['units', 'decimals', 'looks'],
  settings,
  keySettings: alarmsTableKeySettings,
  actionSources: ['actionCellButton', 'rowClick', 'cellClick'],
  size: { columns: 12, rows: 8, minColumns: 4, minRows: 3 },
})
