import { expect, test } from 'vitest'
import { z } from 'zod'
import { readNodeConfig, withReadScalars } from './node-config.ts'

const config = z.object({
  flag: z.boolean().default(false),
  text: z.string().nullable().default('none'),
  key: z.string(),
  inner: z.object({ count: z.number().default(1) }).default({ count: 2 }),
  list: z.array(z.string()).default([]),
})

test('a member that is null counts as missing', () => {
  const read = readNodeConfig({ config }, { flag: null, key: 'a', inner: { count: null }, list: null })
  expect(read).toMatchObject({ success: true, data: { flag: false, key: 'a', inner: { count: 1 }, list: [] } })
})

test('a schema that takes null gets it', () => {
  expect(readNodeConfig({ config }, { key: 'a', text: null }).data?.text).toBeNull()
})

test('what has to be there is missed, and an element of a list is not dropped', () => {
  expect(readNodeConfig({ config }, { key: null }).error?.issues[0]?.path).toEqual(['key'])
  expect(readNodeConfig({ config }, { key: 'a', list: ['a', null] }).error?.issues[0]?.path).toEqual(['list', 1])
})

const typed = z.object({
  count: z.number().int().min(1).optional(),
  share: z.number().nullish(),
  isOn: z.boolean().default(false),
  keys: z.array(z.string()).default([]),
  inner: z.discriminatedUnion('type', [z.object({ type: z.literal('A'), port: z.number() })]).optional(),
})

test.each([
  ['numbers that are texts', { count: '12', share: ' 0.5 ' }, { count: 12, share: 0.5 }],
  ['no number where one may be left out', { count: '', share: ' ' }, { count: undefined, share: undefined }],
  ['flags that are words', { isOn: 'True' }, { isOn: true }],
  ['texts that are numbers and flags', { keys: ['a', 0.75, false] }, { keys: ['a', '0.75', 'false'] }],
  ['members inside of others', { inner: { type: 'A', port: '1883' } }, { inner: { type: 'A', port: 1883 } }],
])('reads %s', (_, configuration, expected) => {
  expect(readNodeConfig({ config: typed }, configuration)).toMatchObject({ success: true, data: expected })
})

test.each([
  ['a word for a number', { count: 'many' }, ['count']],
  ['a number that is not one', { share: 'NaN' }, ['share']],
  ['a number out of its bounds', { count: '0' }, ['count']],
  ['a word for a flag', { isOn: 'yes' }, ['isOn']],
  ['an object for a text', { keys: [{}] }, ['keys', 0]],
  ['a text for everything', 'true', []],
])('refuses %s, at the place in what was written', (_, configuration, path) => {
  expect(readNodeConfig({ config: typed }, configuration).error?.issues[0]?.path).toEqual(path)
})

test('does not mend what is wrong in thousands of places', () => {
  const keys = (count: number) => readNodeConfig({ config: typed }, { keys: Array.from({ length: count }, () => 1) })
  expect(keys(1_000).success).toBe(true)
  expect(keys(1_001).success).toBe(false)
})

test('does not change what it was given', () => {
  const given = Object.freeze({ count: '12', keys: Object.freeze([1]) })
  readNodeConfig({ config: typed }, given)
  expect(given).toEqual({ count: '12', keys: [1] })
})

test('shows a configuration as it is read: scalars are what they are read as, all else is as written', () => {
  const shown = (configuration: unknown) => withReadScalars({ config: typed }, configuration)
  expect(shown({ count: '12', isOn: 'true', share: null, keys: [1, 'a'], other: { x: null } })).toEqual({
    count: 12,
    isOn: true,
    share: null,
    keys: ['1', 'a'],
    other: { x: null },
  })
  const plain = { count: 1, isOn: null, other: '5' }
  expect(shown(plain)).toBe(plain)
  const wrong = { count: '12', isOn: 'yes' }
  expect(shown(wrong)).toBe(wrong)
})

test('says only what could not be mended, as it is written', () => {
  const read = readNodeConfig({ config: typed }, { count: '12', share: null, isOn: 'yes', keys: [1, {}], inner: 7 })
  expect(read.error?.issues.map(({ path }) => path.join('.'))).toEqual(['isOn', 'keys.1', 'inner'])
  expect(readNodeConfig({ config }, { flag: null, key: null }).error?.issues).toMatchObject([
    { path: ['key'], message: 'Invalid input: expected string, received null' },
  ])
})
