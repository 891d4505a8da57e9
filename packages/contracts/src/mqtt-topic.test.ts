import { expect, test } from 'vitest'
import { isTopicFilter } from './mqtt-topic.ts'

test.each(['a', 'a/b', '/a', 'a/', '+', '#', 'a/+/b', 'a/#', '+/+/#', '/', 'a//b'])('%s is a filter', (filter) => {
  expect(isTopicFilter(filter)).toBe(true)
})

test.each(['', 'a+', 'a/b+/c', '#/a', 'a/#/b', 'a#', 'a/b#', '++', 'a\0b'])('%j is none', (filter) => {
  expect(isTopicFilter(filter)).toBe(false)
})
