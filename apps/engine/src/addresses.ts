import { BlockList, isIP } from 'node:net'

/** IPv4 inside IPv6 is IPv4. */
const plain = (address: string): string => (/^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(address) ? address.slice(7) : address)

/**
 * What limits by address count by: the address, and for IPv6 its network of 64 bits, of which any one subscriber has all.
 */
export const addressKey = (address: string): string => {
  const ip = plain(address)
  if (isIP(ip) !== 6) return ip
  const [head = '', tail] = (ip.split('%', 1)[0] ?? '').toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  // An IPv4 address at the end stands for two groups.
  const rightGroups = right.length + (right.at(-1)?.includes('.') ? 1 : 0)
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - rightGroups)
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4)
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}

/** Whether an address is one of these addresses and networks (`10.0.0.0/8`, as settings were checked to be). */
export const addressSet = (list: readonly string[]): ((address: string) => boolean) => {
  const known = new BlockList()
  for (const entry of list) {
    const [ip = '', bits] = entry.split('/')
    const family = isIP(ip) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) known.addAddress(ip, family)
    else known.addSubnet(ip, Number(bits), family)
  }
  return (address) => {
    const ip = plain(address)
    const family = isIP(ip)
    return family !== 0 && known.check(ip, family === 6 ? 'ipv6' : 'ipv4')
  }
}
