import { expect, test } from 'vitest'
import { topicMatcher } from './topic-filter.ts'

test.each([
  ['a/b', 'a/b', true],
  ['a/b', 'a/c', false],
  ['a/+/t', 'a/x/t', true],
  ['a/+/t', 'a//t', true],
  ['a/+/t', 'a/x/y/t', false],
  ['a/+/t', 'a/x/t/', false],
  ['+', 'a', true],
  ['+', 'a/b', false],
  ['a/#', 'a', true],
  ['a/#', 'a/b/c', true],
  ['a/#', 'ab', false],
  ['+/#', 'a/b', true],
  ['#', 'a/b', true],
  ['#', 'line\nbreak', true],
  // [MQTT-4.7.2-1]
  ['#', '$SYS/x', false],
  ['+/x', '$SYS/x', false],
  ['$own/+', '$own/x', true],
  ['a.c/(+)/t', 'abc/(x)/t', false],
  ['a.c/+/(t)', 'a.c/x/(t)', true],
  // The text of the filter itself is no topic, but what a SUBSCRIBE may say.
  ['a/+/t', 'a/+/t', true],
])('%s and %j: %s', (filter, topic, isMatch) => {
  expect(topicMatcher(filter)(topic)).toBe(isMatch)
})

test('a topic made to make matching slow is matched in time', () => {
  const matches = topicMatcher(`${'+/'.repeat(100)}end`)
  const started = performance.now()
  expect(matches(`${'a/'.repeat(30_000)}x`)).toBe(false)
  expect(performance.now() - started).toBeLessThan(100)
})
