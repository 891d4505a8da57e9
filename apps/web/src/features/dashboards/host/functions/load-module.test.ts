import { expect, it } from 'vitest'
import { modulePath } from './load-module.ts'

it.each([
  ['tb-resource;/api/resource/js_module/tenant/one.js', '/api/resource/js_module/tenant/one.js'],
  ['/api/resource/js_module/system/lib-2.js', '/api/resource/js_module/system/lib-2.js'],
  ['https://example.org/x.js', null],
  ['//example.org/api/resource/js_module/tenant/one.js', null],
  ['tb-resource;/api/resource/js_module/tenant/../../../user', null],
  ['tb-resource;/api/auth/user', null],
  ['/api/resource/js_module/tenant/one.js?x=1', null],
  ['/api/resource/js_module/tenant/..', null],
  ['', null],
])('reads %s as a module at %s', (link, path) => {
  expect(modulePath(link)).toBe(path)
})
