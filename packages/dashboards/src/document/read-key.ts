import { readFunction } from '../functions/source.ts'
import { withoutTranslations } from '../labels/translations.ts'
import { flagOf, isRecord, type JsonRecord, numberOf, recordOf, textOf, within } from '../read.ts'
import { comparisons } from '../time-window/range.ts'
import { readUnits } from '../units/read.ts'
import type { DashboardDataKey } from './model.ts'
import type { Remarks } from './remarks.ts'

const types = ['timeseries', 'attribute', 'entityField', 'alarm', 'function', 'count'] as const
const foldings = ['MIN', 'MAX', 'AVG', 'SUM', 'COUNT'] as const
const results = ['PREVIOUS_VALUE', 'DELTA_ABSOLUTE', 'DELTA_PERCENT'] as const

export const readDecimals = (value: unknown): number | null => {
  const decimals = numberOf(value)
  return decimals === null ? null : within(Math.floor(decimals), 0, 15)
}

/** What a key without a type is, by where it stands. */
type KeyKind = (typeof types)[number]

const aggregatesOf = (file: JsonRecord) => {
  const aggregation = foldings.find((one) => one === file.aggregationType) ?? null
  const by = comparisons.find((one) => one === file.timeForComparison) ?? 'previousInterval'
  const result = results.find((one) => one === file.comparisonResultType) ?? 'PREVIOUS_VALUE'
  const isCompared = aggregation !== null && flagOf(file.comparisonEnabled) === true
  return {
    aggregation,
    comparison: isCompared ? { by, customMs: numberOf(file.comparisonCustomIntervalValue), result } : null,
  }
}

/** A data key of any age; null (and a remark) for what names nothing. Very old files write the name alone. */
export const readDataKey = (file: unknown, kind: KeyKind, path: string, remarks: Remarks): DashboardDataKey | null => {
  const given = typeof file === 'string' ? { name: file } : file
  if (!isRecord(given)) {
    remarks.note(path, 'left out', 'not a data key')
    return null
  }
  const name = textOf(given.name) ?? (typeof given.name === 'number' ? String(given.name) : null) ?? textOf(given.label)
  if (name === null) {
    remarks.note(path, 'left out', 'a data key without a name')
    return null
  }
  const type = types.find((one) => one === given.type)
  if (type === undefined) remarks.note(`${path}.type`, 'repaired', `read as ${kind}`)
  const unitSetting = readUnits(given.units)
  const color = textOf(given.color)
  // Before this member, a function that was written was used.
  const usesPost = flagOf(given.usePostProcessing) ?? true
  return {
    ...given,
    name,
    type: type ?? kind,
    // An empty label is meant: some cards show none.
    label: typeof given.label === 'string' ? withoutTranslations(given.label) : name,
    color: color ?? undefined,
    units: unitSetting?.from ?? null,
    unitSetting,
    decimals: readDecimals(given.decimals),
    settings: recordOf(given.settings),
    funcBody: readFunction(given.funcBody),
    postFuncBody: usesPost ? readFunction(given.postFuncBody) : null,
    ...aggregatesOf(given),
  }
}
