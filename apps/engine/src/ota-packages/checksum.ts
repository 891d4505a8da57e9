import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { ChecksumAlgorithm } from '@thingwire/contracts'
import { murmur3x128, murmur3x32 } from './murmur3.ts'

/** The checksum as lowercase hex; those of 32 bits with the little end first, as ThingsBoard and its clients write them. */
export const checksumOf = (algorithm: ChecksumAlgorithm, data: Buffer): string => {
  switch (algorithm) {
    case 'MD5':
    case 'SHA256':
    case 'SHA384':
    case 'SHA512':
      return createHash(algorithm.toLowerCase()).update(data).digest('hex')
    case 'CRC32': {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32LE(crc32(data))
      return bytes.toString('hex')
    }
    case 'MURMUR3_32':
      return murmur3x32(data)
    case 'MURMUR3_128':
      return murmur3x128(data)
  }
}
