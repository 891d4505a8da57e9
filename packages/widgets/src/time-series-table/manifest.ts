import { z } from 'zod'
import { code } from '../settings/code.ts'
import { flag, number, oneOf, optionalNumber, part, text } from '../settings/schema.ts'
import { dateFormat } from '../style/date-format.ts'
import { defineWidget } from '../widget.ts'

export const timeSeriesTableKeySettings = z.object({
  useCellStyleFunction: flag(false, { title: 'Style by a function' }),
  cellStyleFunction: code({
    title: 'Style of cells',
    hint: 'Answers CSS properties',
    args: ['value', 'rowData'],
    when: { useCellStyleFunction: [true] },
  }),
  useCellContentFunction: flag(false, { title: 'Content by a function' }),
  cellContentFunction: code({
    title: 'Content of cells',
    hint: 'Answers a text',
    args: ['value', 'rowData'],
    when: { useCellContentFunction: [true] },
  }),
  defaultColumnVisibility: oneOf(['visible', 'hidden', 'hidden-mobile'], 'visible'),
  columnSelectionToDisplay: oneOf(['enabled', 'disabled'], 'enabled'),
  disableSorting: flag(false),
})

const settings = z.object({
  enableSearch: flag(true),
  enableSelectColumnDisplay: flag(true),
  showTimestamp: flag(true),
  dateFormat: dateFormat({ format: 'yyyy-MM-dd HH:mm:ss' }),
  displayPagination: flag(true),
  /** Tabs are called by the entities' labels. */
  useEntityLabel: flag(false),
  defaultPageSize: number(10),
  pageStepIncrement: optionalNumber(),
  pageStepCount: number(3),
  hideEmptyLines: flag(false),
  /** `createdTime` is the time of a row, else the name or label of a key. */
  sortOrder: part({ property: text('createdTime'), direction: oneOf(['ASC', 'DESC'], 'DESC') }),
  useRowStyleFunction: flag(false, { title: 'Rows have a style by a function' }),
  rowStyleFunction: code({
    title: 'Style of rows',
    hint: 'Answers CSS properties',
    args: ['rowData'],
    when: { useRowStyleFunction: [true] },
  }),
})
export type TimeSeriesTableSettings = z.output<typeof settings>

export const timeSeriesTable = defineWidget({
  type: 'time-series-table',
  fqns: ['cards.timeseries_table'],
  name: 'Time series table',
  description: 'What entities sent over a time, a row a moment and a tab an entity: search, sort, columns, download.',
  data: 'series',
  settings,
  keySettings: timeSeriesTableKeySettings,
  // Older files have a switch in the place of the format.
  upgrade: (given) => ({
    ...given,
    ...(given.showMilliseconds === true ? { dateFormat: { format: 'yyyy-MM-dd HH:mm:ss.SSS' } } : {}),
  }),
  actionSources: ['actionCellButton', 'rowClick'],
  size: { columns: 12, rows: 8, minColumns: 4, minRows: 3 },
})
