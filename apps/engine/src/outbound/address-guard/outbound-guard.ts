import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { isIP } from 'node:net'
import { addressSet } from '../../addresses.ts'
import { embedded4, isPublic } from './public-addresses.ts'

/** Whoever connects passes it on (option `lookup` of sockets): what it finds is what is connected to. */
export type Lookup = (
  hostname: string,
  options: LookupOptions,
  callback: (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void,
) => void

/**
 * Keeps rule chains from reaching what is not theirs: addresses of this machine, of its network and of its cloud. It looks
 * at the address that is about to be connected to, so a name that changes its mind is of no use.
 */
export type OutboundGuard = {
  /** Throws for an address that is not allowed, and resolves nothing: sockets do not look up what is an address. */
  check(host: string): void
  lookup: Lookup
}

export class ForbiddenAddress extends Error {
  readonly code = 'EFORBIDDEN'
  constructor(host: string) {
    super(`${host} is an address that rule chains may not connect to (OUTBOUND_ALLOWED)`)
    this.name = 'ForbiddenAddress'
  }
}

const withoutBrackets = (host: string): string => host.replace(/^\[(.*)\]$/, '$1')

/** `allowed`: addresses, networks and names of hosts that may be reached although they are not public; `*` is any. */
export const createOutboundGuard = (allowed: readonly string[], resolve = systemLookup): OutboundGuard => {
  const isNetwork = (entry: string) => isIP(entry.split('/', 1)[0] ?? '') !== 0
  const inAllowed = addressSet(allowed.filter(isNetwork))
  const names = new Set(allowed.filter((entry) => !isNetwork(entry)).map((name) => name.toLowerCase()))
  const isAny = names.has('*')

  const isAllowed = (address: string): boolean => {
    if (isAny || isPublic(address) || inAllowed(address)) return true
    const inner = embedded4(address)
    return inner !== null && inAllowed(inner)
  }

  return {
    check: (host) => {
      const bare = withoutBrackets(host)
      if (isIP(bare) !== 0 && !isAllowed(bare)) throw new ForbiddenAddress(host)
    },
    lookup: (hostname, options, callback) => {
      const found = (error: NodeJS.ErrnoException | null, all: LookupAddress[]) => {
        if (error) return callback(error, [])
        const usable = names.has(hostname.toLowerCase()) ? all : all.filter(({ address }) => isAllowed(address))
        const [first] = usable
        if (!first) return callback(new ForbiddenAddress(hostname), [])
        if (options.all) callback(null, usable)
        else callback(null, first.address, first.family)
      }
      resolve(hostname, { ...options, all: true }, found)
    },
  }
}
