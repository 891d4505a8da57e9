import { AppError, type BulkImportColumnType, type BulkImportRequest } from '@thingwire/contracts'
import { parse } from 'csv-parse/sync'

/** One line of the file: what its cells say, by their columns. Empty cells say nothing. */
export type ImportRow = {
  /** From 1, counting the header. */
  line: number
  fields: Partial<Record<BulkImportColumnType, string>>
  /** By column type: key → text of the cell. */
  values: { SHARED_ATTRIBUTE: ImportValues; SERVER_ATTRIBUTE: ImportValues; TIMESERIES: ImportValues }
}
type ImportValues = Record<string, boolean | number | string>

const keyed = ['SHARED_ATTRIBUTE', 'SERVER_ATTRIBUTE', 'TIMESERIES'] as const
type KeyedType = (typeof keyed)[number]
const isKeyed = (type: BulkImportColumnType): type is KeyedType => keyed.some((one) => one === type)

const mostRows = 100_000

/** Throws ARGUMENT_INVALID for a file that is no CSV. Lines with too few cells leave the last columns empty. */
export const parseRows = ({ file, mapping }: BulkImportRequest): ImportRow[] => {
  for (const { type, key } of mapping.columns)
    if (isKeyed(type) && !key?.trim()) throw new AppError('ARGUMENT_INVALID', `A column of type ${type} needs a key!`)
  if (!mapping.columns.some(({ type }) => type === 'NAME'))
    throw new AppError('ARGUMENT_INVALID', 'A column with the name should be specified!')
  const records = readCsv(file, mapping.delimiter ?? ',')
  const data = mapping.header ? records.slice(1) : records
  if (data.length > mostRows) throw new AppError('ARGUMENT_INVALID', `A file has at most ${mostRows} lines!`)
  return data.map(({ record, info }) => toRow(info.lines, record, mapping.columns))
}

type CsvRecord = { record: string[]; info: { lines: number } }

const readCsv = (file: string, delimiter: string): CsvRecord[] => {
  try {
    return parse(file, {
      delimiter,
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as CsvRecord[]
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('ARGUMENT_INVALID', `The file is not CSV: ${reason}`, { cause })
  }
}

const toRow = (line: number, cells: readonly string[], columns: BulkImportRequest['mapping']['columns']): ImportRow => {
  // Without a prototype: a key may be any text.
  const none = (): ImportValues => Object.create(null)
  const row: ImportRow = {
    line,
    fields: {},
    values: { SHARED_ATTRIBUTE: none(), SERVER_ATTRIBUTE: none(), TIMESERIES: none() },
  }
  for (const [index, { type, key }] of columns.entries()) {
    const cell = cells[index]
    if (!cell) continue
    if (isKeyed(type)) row.values[type][key?.trim() ?? ''] = typed(cell)
    else row.fields[type] = cell
  }
  return row
}

/** A value as its text looks: a truth, a number that its text says exactly, or the text. */
const typed = (text: string): boolean | number | string => {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true'
  if (/^-?(0|[1-9]\d{0,14})(\.\d{1,15})?([eE][+-]?\d{1,3})?$/.test(text)) {
    const number = Number(text)
    if (Number.isFinite(number)) return number
  }
  return text
}
