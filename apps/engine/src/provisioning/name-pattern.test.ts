import { expect, test } from 'vitest'
import { createFindName, patternProblem } from './name-pattern.ts'

test.each([
  ['(.*)', 'sensor-1', 'sensor-1'],
  ['^(.*)\\.devices\\.example\\.org$', 'sensor-1.devices.example.org', 'sensor-1'],
  ['([^-]+)-(\\d+)', 'pump-17', 'pump'],
  ['^only (\\d+)', 'pump-17', null],
  ['no group', 'no group', null],
  ['(', 'x', null],
  ['()', 'x', null],
  ['( *)', '   ', null],
])('%s finds in %s: %s', (pattern, commonName, name) => {
  expect(createFindName()(pattern, commonName)).toBe(name)
})

test('a pattern that never ends is stopped, and not tried again soon', () => {
  const findName = createFindName()
  const endless = '^(a+)+$'
  const commonName = `${'a'.repeat(60)}b`
  const started = performance.now()
  expect(findName(endless, commonName)).toBeNull()
  expect(performance.now() - started).toBeLessThan(5_000)
  const again = performance.now()
  for (let i = 0; i < 1_000; i++) findName(endless, commonName)
  // Stopped each time, they would take more than a minute.
  expect(performance.now() - again).toBeLessThan(5_000)
  expect(findName('(.*)', 'other')).toBe('other')
})

test('nothing but text goes in and comes out', () => {
  expect(createFindName()('(?<__proto__>x)', 'x')).toBe('x')
  expect(createFindName()('(x)");process.exit(1);("', 'x')).toBeNull()
})

test('what cannot work is found when it is saved', () => {
  expect(patternProblem('(.*)@example')).toBeNull()
  expect(patternProblem('(')).toContain('cannot be read')
  expect(patternProblem('.*')).toContain('group')
  expect(patternProblem(`(${'a'.repeat(300)})`)).toContain('longer')
})
