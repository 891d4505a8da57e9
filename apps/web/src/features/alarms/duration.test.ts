import { expect, it } from 'vitest'
import { durationParts } from './duration.ts'

it.each([
  [-5, '0 second'],
  [999, '0 second'],
  [61_000, '1 minute 1 second'],
  [3_600_000, '1 hour'],
  [3_600_000 + 59_000, '1 hour'],
  [2 * 86_400_000 + 3 * 3_600_000 + 1, '2 day 3 hour'],
])('%i ms reads as %s', (durationMs, text) => {
  expect(
    durationParts(durationMs)
      .map(({ count, unit }) => `${count} ${unit}`)
      .join(' '),
  ).toBe(text)
})
