import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { LRUCache } from 'lru-cache'

/** A device has a leaf and a few authorities; what is longer is not one. */
const longestChain = 8
/** Longer than a TLS session can be resumed (five minutes, in the process that began it). */
const rememberMs = 600_000
const mostRemembered = 5_000

/**
 * What the client showed in the handshake, which proves that it has the key of the first: leaf first, each DER as base64
 * in one line. Empty when it showed nothing.
 */
export type ClientCertificates = (socket: TLSSocket) => readonly string[]

/** A session that is resumed knows the leaf alone; what stood above it in the first handshake is remembered here. */
export const createClientCertificates = (): ClientCertificates => {
  const chains = new LRUCache<string, readonly string[]>({ max: mostRemembered, ttl: rememberMs })
  return (socket) => {
    const shown = chainOf(socket.getPeerX509Certificate())
    const [leaf] = shown
    if (leaf === undefined) return shown
    if (socket.isSessionReused()) return chains.get(leaf) ?? shown
    if (shown.length > 1) chains.set(leaf, shown)
    return shown
  }
}

const chainOf = (leaf: X509Certificate | undefined): readonly string[] => {
  const found: string[] = []
  for (let next = leaf; next && found.length < longestChain; next = next.issuerCertificate) {
    const text = next.raw.toString('base64')
    if (found.includes(text)) break
    found.push(text)
  }
  return found
}
