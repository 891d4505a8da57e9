import { expect, test } from 'vitest'
import { addressKey, addressSet } from './addresses.ts'

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['', ''],
])('%s is counted as %s', (address, key) => {
  expect(addressKey(address)).toBe(key)
})

test('addresses and networks of both families are told from others', () => {
  const has = addressSet(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32'])
  expect(['10.1.2.3', '::ffff:10.1.2.3', '192.0.2.7', '2001:db8:9::1'].map(has)).toEqual([true, true, true, true])
  expect(['11.0.0.1', '192.0.2.8', '2001:db9::1', '', 'nonsense'].map(has)).toEqual([false, false, false, false, false])
  expect(addressSet([])('127.0.0.1')).toBe(false)
})
