import { expect, test } from 'vitest'
import { requireDone } from './device-answer.ts'

test.each([null, 7, 'ON', { ok: true }, { ok: true, error: null }, { error: '' }])('%j is an answer', (answer) => {
  expect(requireDone(answer)).toBe(answer)
})

test.each([
  [{ error: 'busy' }, 'busy'],
  [{ error: { code: 7 } }, '{"code":7}'],
])('%j is a refusal', (answer, reason) => {
  expect(() => requireDone(answer)).toThrow(reason)
})
