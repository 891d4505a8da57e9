import { expect, test } from 'vitest'
import { createPathIndex } from './path-index.ts'

test('methods of a path are found by any of its addresses', () => {
  const paths = createPathIndex()
  paths.add('/api/device/:deviceId', 'GET')
  paths.add('/api/device/:deviceId', ['DELETE', 'HEAD'])
  paths.add('/api/device/types', 'GET')
  expect(paths.methodsOf('/api/device/abc?x=1')).toEqual(['GET', 'DELETE', 'HEAD'])
  expect(paths.methodsOf('/api/device')).toEqual([])
  expect(paths.methodsOf('/api/device/a/b')).toEqual([])
})
