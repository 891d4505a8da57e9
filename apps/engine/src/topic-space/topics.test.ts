import { describe, expect, test } from 'vitest'
import {
  coversFilter,
  FilterTree,
  fixedPart,
  hasTooManyLevels,
  isReservedTopic,
  matchesFilter,
  sharedFilterOf,
} from './topics.ts'

const matches: [filter: string, topic: string, isMatch: boolean][] = [
  ['a/b', 'a/b', true],
  ['a/b', 'a/B', false],
  ['a/b', 'a/b/', false],
  ['a/+', 'a/b', true],
  ['a/+', 'a/', true],
  ['a/+', 'a', false],
  ['a/+', 'a/b/c', false],
  ['+/+', '/b', true],
  ['/+', '/b', true],
  ['+', '/b', false],
  ['+/b', 'a/b', true],
  ['a/#', 'a', true],
  ['a/#', 'a/b/c', true],
  ['a/#', 'ab', false],
  ['#', 'a/b', true],
  ['#', '/', true],
  ['#', '$SYS/x', false],
  ['+/x', '$SYS/x', false],
  ['$SYS/#', '$SYS/x', true],
  ['a/+/c/#', 'a/b/c', true],
]

describe('a filter', () => {
  test.each(matches)('%s and the topic %s: %s', (filter, topic, isMatch) => {
    expect(matchesFilter(filter, topic)).toBe(isMatch)
    const tree = new FilterTree<string>()
    tree.add(filter, 'value')
    const found: string[] = []
    tree.match(topic, (value) => found.push(value))
    expect(found).toEqual(isMatch ? ['value'] : [])
  })

  test.each([
    ['a/b', 'a/b', true],
    ['a/+', 'a/b', true],
    ['a/+', 'a/+', true],
    ['a/b', 'a/+', false],
    ['a/+', 'a/#', false],
    ['a/#', 'a/+/c', true],
    ['a/#', 'a', true],
    ['#', '#', true],
    ['+/#', 'a/#', true],
    ['a/#', '#', false],
    ['a/#', '+/b', false],
    ['a/+/c', 'a/b/c', true],
    ['a/b/c', 'a/b', false],
  ] as const)('%s allows %s: %s', (allowed, filter, isAllowed) => {
    expect(coversFilter(allowed, filter)).toBe(isAllowed)
  })

  test.each(['#', '+/x', '+/#', '+/+'])(
    '[MQTT-4.7.2-1 v3] [MQTT-4.7.2-1 v5] %s, which begins with a wildcard, is for no topic that begins with $',
    (filter) => {
      const tree = new FilterTree<string>()
      tree.add(filter, 'value')
      const found: string[] = []
      for (const topic of ['$SYS/x', '$mine/x', '$/x']) {
        expect(matchesFilter(filter, topic)).toBe(false)
        tree.match(topic, (value) => found.push(value))
      }
      expect(found).toEqual([])
      expect(matchesFilter(filter, 'a$/x')).toBe(true)
    },
  )

  test('leaves nothing in the tree when its values are gone', () => {
    const tree = new FilterTree<string>()
    tree.add('a/+/c', 'one')
    tree.add('a/+/c', 'two')
    tree.remove('a/+/c', 'one')
    const found: string[] = []
    tree.match('a/b/c', (value) => found.push(value))
    expect(found).toEqual(['two'])
    tree.remove('a/+/c', 'two')
    tree.remove('never/there', 'two')
    tree.match('a/b/c', (value) => found.push(value))
    expect(found).toEqual(['two'])
  })

  test.each([
    ['a/b', 'a/b'],
    ['a/b/#', 'a/b'],
    ['a/+/c', 'a/'],
    ['#', ''],
    ['+', ''],
  ])('%s begins with %s', (filter, fixed) => expect(fixedPart(filter)).toBe(fixed))
})

describe('a shared filter', () => {
  test.each([
    ['a', null],
    ['$shared/g/a', null],
    ['$share/g/a/+', { group: 'g', filter: 'a/+' }],
    ['$share/g//', { group: 'g', filter: '/' }],
    ['$share', 'malformed'],
    ['$share/g', 'malformed'],
    ['$share/g/', 'malformed'],
    ['$share//a', 'malformed'],
  ] as const)('%s is %o', (filter, shared) => expect(sharedFilterOf(filter)).toEqual(shared))
})

describe('a topic', () => {
  test.each(['v1/devices/me/telemetry', 'v2/t', '/provision/request', '$SYS/uptime', '$share/g/a'])(
    '%s is reserved',
    (topic) => expect(isReservedTopic(topic)).toBe(true),
  )
  test.each(['v1', 'v3/t', 'provision/request', 'a/$b'])('%s is for anybody', (topic) => {
    expect(isReservedTopic(topic)).toBe(false)
  })
  test('has an end', () => {
    expect(hasTooManyLevels(Array(64).fill('a').join('/'))).toBe(false)
    expect(hasTooManyLevels(Array(65).fill('a').join('/'))).toBe(true)
  })
})
