import type { LookupAddress } from 'node:dns'
import { describe, expect, test } from 'vitest'
import { createOutboundGuard, ForbiddenAddress, type OutboundGuard } from './outbound-guard.ts'
import { isPublic } from './public-addresses.ts'

const reachable = [
  '8.8.8.8',
  '1.1.1.1',
  '172.15.255.255',
  '172.32.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '192.167.255.255',
  '223.255.255.255',
  '2606:4700:4700::1111',
  '2a00:1450:4001::200e',
  '::ffff:8.8.8.8',
  '64:ff9b::808:808',
  '2002:808:808::1',
]

const hidden = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.0.2.1',
  '192.168.0.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.7',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.0.0.1',
  '::ffff:a9fe:a9fe',
  '0:0:0:0:0:ffff:192.168.1.1',
  '::ffff:0:10.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::10.1.2.3',
  '64:ff9b:1::1',
  '2002:7f00:1::',
  '2002:a9fe:a9fe::',
  '2001::1',
  '2001:db8::1',
  '3fff::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '100::1',
]

test.each(reachable)('%s is an address of the internet', (address) => expect(isPublic(address)).toBe(true))
test.each(hidden)('%s is none', (address) => expect(isPublic(address)).toBe(false))
test.each(['', 'localhost', '1.2.3', '2130706433', '0x7f000001', '[::1]'])('%j is no address at all', (text) =>
  expect(isPublic(text)).toBe(false),
)

const finds =
  (...addresses: string[]) =>
  (_name: string, _options: object, callback: (error: null, all: LookupAddress[]) => void) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

const found = (guard: OutboundGuard, name: string): Promise<string[]> =>
  new Promise((resolve, reject) =>
    guard.lookup(name, { all: true }, (error, all) => {
      if (error) reject(error)
      else resolve(Array.isArray(all) ? all.map(({ address }) => address) : [all])
    }),
  )

describe('a guard', () => {
  test('lets addresses in a URL pass or not, with and without brackets', () => {
    const guard = createOutboundGuard([])
    expect(() => guard.check('8.8.8.8')).not.toThrow()
    expect(() => guard.check('127.0.0.1')).toThrow(ForbiddenAddress)
    expect(() => guard.check('[::1]')).toThrow('[::1] is an address that rule chains may not connect to')
  })

  test('sees through the ways to write an address that URLs know', () => {
    const guard = createOutboundGuard([])
    for (const host of ['2130706433', '0x7f000001', '0177.0.0.1', '127.1', '0x7f.1', '①②⑦.0.0.1'])
      expect(() => guard.check(new URL(`http://${host}/`).hostname), host).toThrow(ForbiddenAddress)
  })

  test('looks at what a name leads to, each time it is asked', async () => {
    let address = '8.8.8.8'
    const guard = createOutboundGuard([], ((...args: Parameters<ReturnType<typeof finds>>) =>
      finds(address)(...args)) as never)
    expect(await found(guard, 'rebinding.example.org')).toEqual(['8.8.8.8'])
    address = '127.0.0.1'
    await expect(found(guard, 'rebinding.example.org')).rejects.toThrow(ForbiddenAddress)
  })

  test('leaves out of several addresses those that are not public', async () => {
    const guard = createOutboundGuard([], finds('10.0.0.1', '8.8.8.8', '::1') as never)
    expect(await found(guard, 'mixed.example.org')).toEqual(['8.8.8.8'])
  })

  test('answers one address to whom asks for one', async () => {
    const guard = createOutboundGuard([], finds('8.8.8.8', '8.8.4.4') as never)
    const answer = await new Promise((resolve) => guard.lookup('a.example.org', {}, (...args) => resolve(args)))
    expect(answer).toEqual([null, '8.8.8.8', 4])
  })

  test('lets networks, addresses and names pass that the administrator permits, and no others', async () => {
    const guard = createOutboundGuard(['10.1.0.0/16', '127.0.0.1', 'Broker.internal'], finds('192.168.0.9') as never)
    expect(() => guard.check('10.1.2.3')).not.toThrow()
    expect(() => guard.check('::ffff:10.1.2.3')).not.toThrow()
    expect(() => guard.check('10.2.0.1')).toThrow(ForbiddenAddress)
    expect(() => guard.check('127.0.0.1')).not.toThrow()
    expect(() => guard.check('127.0.0.2')).toThrow(ForbiddenAddress)
    expect(await found(guard, 'broker.internal')).toEqual(['192.168.0.9'])
    await expect(found(guard, 'evil.broker.internal')).rejects.toThrow(ForbiddenAddress)
  })

  test('lets everything pass when that is what the administrator wants', () => {
    expect(() => createOutboundGuard(['*']).check('169.254.169.254')).not.toThrow()
  })
})
