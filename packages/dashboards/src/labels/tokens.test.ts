// biome-ignore-all lint/suspicious/noTemplateCurlyInString: tokens of dashboard files are written so
import { describe, expect, it } from 'vitest'
import { fillTokens } from './tokens.ts'

const id = '784f394c-42b6-435a-983c-b7beff2784f9'
const entity = { id: { entityType: 'DEVICE', id }, name: 'Pump $1', label: '', type: 'pump' } as const
const context = { entity, alias: 'Pumps' }
const values = new Map<string, unknown>([
  ['temperature', 21.456],
  ['a:b', 'both'],
  ['entityName', 'a key'],
  ['none', null],
  ['json', { a: 1 }],
  ['text', '3.14159'],
])

describe('fillTokens', () => {
  it.each([
    ['${entityName}/${deviceName}/${entityLabel}', 'Pump $1/Pump $1/Pump $1'],
    ['${entityType} ${deviceType} ${aliasName} ${dsName}', 'DEVICE pump Pumps Pumps'],
    ['/devices/${entityId}', `/devices/${id}`],
    ['${temperature} ${unknown}', '${temperature} ${unknown}'],
    ['$100 {x} ${}', '$100 {x} ${}'],
  ])('%s', (pattern, expected) => expect(fillTokens(pattern, context)).toBe(expected))
  it.each([
    ['${temperature:1} ${temperature}', '21.5 21.456'],
    ['${text:2}|${none:2}|${json}|${unknown}', '3.14||{"a":1}|'],
    ['${a:b} ${entityName} ${#0:0}', 'both a key 21'],
    ['${#99}${toString}${__proto__}', ''],
  ])('%s with values', (pattern, expected) => expect(fillTokens(pattern, { ...context, values })).toBe(expected))
  it('leaves the form to the caller', () => {
    const format = (value: unknown, decimals: number | null, key: string) => `<${key} ${decimals} ${value}>`
    expect(fillTokens('${temperature:2}${aliasName}', { ...context, values }, format)).toBe(
      '<temperature 2 21.456><aliasName null Pumps>',
    )
  })
  it('knows nothing of nobody', () => expect(fillTokens('[${entityName}${aliasName}]', {})).toBe('[]'))
})
