import type { ReadConvert } from './model.ts'

/** Devices often send "true" and 1 for what settings call true. */
const isSame = (data: unknown, wanted: unknown): boolean => {
  if (typeof data === 'object' || typeof wanted === 'object') return JSON.stringify(data) === JSON.stringify(wanted)
  return data === wanted || String(data) === String(wanted) || (wanted === true && data === 1)
}

const isTruthy = (data: unknown): boolean => Boolean(data) && data !== 'false' && data !== '0'

/** What a control shows for the data read; of a function's result (`called`) where the conversion has one. */
export const convertData = (convert: ReadConvert, data: unknown): unknown => {
  switch (convert.kind) {
    case 'asIs':
      return data
    case 'truthy':
      return isTruthy(data)
    case 'equals':
      return isSame(data, convert.value)
    case 'function':
      return 'equals' in convert ? isSame(data, convert.equals) : data
  }
}
