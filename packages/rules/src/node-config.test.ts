import { expect, test } from 'vitest'
import { z } from 'zod'
import { readNodeConfig } from './node-config.ts'

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
