import { expect, test } from 'vitest'
import { deviceJson } from './lenient-json.ts'

test.each([
  ['{"a": 1.0}', '{"a": 1.0}'],
  ["{a:'b',}", '{"a":"b"}'],
  ['{"n":20.0,// why\n}', '{"n":20.0}'],
  ['"text"', '"text"'],
  ['{', null],
  ['', null],
])('%j is %j in strict JSON', (text, strict) => {
  expect(deviceJson(text)).toEqual(strict === null ? null : { text: strict, value: JSON.parse(strict) })
})
