import { expect, test } from 'vitest'
import { checksumOf } from './checksum.ts'

/** Of hex digits in the order people write numbers: the big end first. */
const reversed = (hex: string) => Buffer.from(hex, 'hex').reverse().toString('hex')

// Published values: RFC 1321, FIPS 180, the check value of CRC-32/ISO-HDLC, and the vectors of MurmurHash3's users.
test.each([
  ['MD5', 'abc', '900150983cd24fb0d6963f7d28e17f72'],
  ['SHA256', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['SHA384', 'abc', 'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7'],
  [
    'SHA512',
    'abc',
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  ],
  ['CRC32', '123456789', reversed('cbf43926')],
  ['MURMUR3_32', '', reversed('00000000')],
  ['MURMUR3_32', 'test', reversed('ba6bd213')],
  ['MURMUR3_32', 'Hello, world!', reversed('c0363e43')],
  ['MURMUR3_32', 'The quick brown fox jumps over the lazy dog', reversed('2e4ff723')],
  ['MURMUR3_128', '', '00000000000000000000000000000000'],
  ['MURMUR3_128', 'hello', `${reversed('cbd8a7b341bd9b02')}${reversed('5b1e906a48ae1d19')}`],
  [
    'MURMUR3_128',
    'The quick brown fox jumps over the lazy dog',
    `${reversed('e34bbc7bbc071b6c')}${reversed('7a433ca9c49a9347')}`,
  ],
] as const)('%s of "%s"', (algorithm, text, expected) => {
  expect(checksumOf(algorithm, Buffer.from(text))).toBe(expected)
})
