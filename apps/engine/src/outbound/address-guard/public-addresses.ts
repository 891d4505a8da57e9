import { BlockList, isIP } from 'node:net'

/** Networks that are not the public internet (IANA's special-purpose registries). */
const special4 = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  special4.addSubnet(network, bits, 'ipv4')

/** The eight groups of an IPv6 address, as numbers. */
const groupsOf = (address: string): number[] => {
  const bare = address.split('%', 1)[0] ?? ''
  const lastColon = bare.lastIndexOf(':')
  const tail4 = bare.slice(lastColon + 1)
  const [a = 0, b = 0, c = 0, d = 0] = tail4.includes('.') ? tail4.split('.').map(Number) : []
  const text = tail4.includes('.')
    ? `${bare.slice(0, lastColon + 1)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
    : bare
  const [head = '', tail] = text.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length
  return [...left, ...Array<string>(zeros).fill('0'), ...right].map((group) => Number.parseInt(group, 16))
}

const dotted = (high = 0, low = 0): string => `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`

/**
 * The IPv4 address that an IPv6 address stands for, where it does: mapped and compatible ones, 6to4 and NAT64. Whoever
 * connects to it may end up there.
 */
export const embedded4 = (address: string): string | null => {
  if (isIP(address) !== 6) return null
  const [a, b, c, d, e, f, g, h] = groupsOf(address)
  const isZero = (...groups: (number | undefined)[]) => groups.every((group) => group === 0)
  if (isZero(a, b, c, d, e) && (f === 0xffff || (f === 0 && g !== 0))) return dotted(g, h)
  if (isZero(a, b, c, d) && e === 0xffff && f === 0) return dotted(g, h)
  if (a === 0x2002) return dotted(b, c)
  if (a === 0x64 && b === 0xff9b && isZero(c, d, e, f)) return dotted(g, h)
  return null
}

/** Whether an address belongs to the public internet. What is no address does not. */
export const isPublic = (address: string): boolean => {
  const family = isIP(address)
  if (family === 4) return !special4.check(address)
  if (family !== 6) return false
  const inner = embedded4(address)
  if (inner !== null) return isPublic(inner)
  const [a = 0, b = 0] = groupsOf(address)
  // Only 2000::/3 is given out; of it Teredo, benchmarking, ORCHID and documentation are no place to go to.
  if (a >> 13 !== 1) return false
  if (a === 0x2001 && (b < 0x200 || b === 0xdb8)) return false
  return !(a === 0x3fff && b < 0x1000)
}
