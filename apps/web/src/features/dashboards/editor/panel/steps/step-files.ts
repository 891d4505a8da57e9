import type { TransformationType } from '@thingwire/dashboards'
import type { Json } from '../../side/json.ts'

export const stepTypes = [
  'join',
  'rename',
  'calculate',
  'group',
  'filter',
  'sort',
  'limit',
  'pivot',
  'select',
] as const satisfies readonly TransformationType[]

/** The JSON of a new step, of columns that there are, so that it does something at once. */
export const newStep = (type: TransformationType, columns: readonly string[]): Json => {
  const has = (name: string) => columns.includes(name)
  const value = has('Value') ? 'Value' : (columns.at(-1) ?? '')
  const entity = has('Entity') ? 'Entity' : (columns[0] ?? '')
  switch (type) {
    case 'join':
      return { type, by: 'time', toleranceMs: 0 }
    case 'rename':
      return { type, names: [{ from: value, to: value }] }
    case 'calculate':
      return {
        type,
        name: 'Result',
        how: { kind: 'binary', left: { column: value }, operation: '*', right: { value: 1 } },
      }
    case 'group':
      return { type, by: [entity], folds: [{ of: value, how: 'mean', as: '' }] }
    case 'filter':
      return { type, match: 'all', conditions: [{ column: value, operation: 'isNotEmpty', value: null }], keep: true }
    case 'sort':
      return { type, by: [{ column: value, descending: true }] }
    case 'limit':
      return { type, count: 10, from: 'start' }
    case 'pivot':
      return { type, rows: entity, columns: has('Key') ? 'Key' : (columns[1] ?? ''), values: value, how: 'last' }
    case 'select':
      return { type, columns: [...columns] }
  }
}
