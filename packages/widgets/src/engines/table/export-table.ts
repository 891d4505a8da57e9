import { toCsv } from '@thingwire/ui'

/** One cell of an export: numbers stay numbers in sheets, times are text. */
export type ExportCell = string | number | boolean | null

export type ExportTable = { columns: readonly string[]; rows: readonly (readonly ExportCell[])[] }
export type ExportFormat = 'csv' | 'xlsx'

/** Tells spreadsheets that the text is UTF-8. */
const byteOrderMark = '\uFEFF'
/** Of one cell of a sheet. */
const longestText = 32_767

/** The file of a table; the writer of sheets loads when somebody wants one. */
export const exportFile = async (table: ExportTable, format: ExportFormat): Promise<Blob> => {
  if (format === 'csv') {
    return new Blob([byteOrderMark, toCsv(table.columns, table.rows)], { type: 'text/csv;charset=utf-8' })
  }
  const { default: writeSheet } = await import('write-excel-file/browser')
  const head = table.columns.map((value) => ({ value, fontWeight: 'bold' as const }))
  const rows = table.rows.map((row) =>
    row.map((value) =>
      value === null ? null : { value: typeof value === 'string' ? value.slice(0, longestText) : value },
    ),
  )
  return writeSheet([head, ...rows]).toBlob()
}
