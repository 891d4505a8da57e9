import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'

/** A device has a leaf and a few authorities; what is longer is not one. */
const longestChain = 8

/**
 * What the client showed in the handshake, which proves that it has the key of the first: leaf first, each DER as base64
 * in one line. Empty when it showed nothing.
 */
export const clientCertificates = (socket: TLSSocket): string[] => {
  const found: string[] = []
  let next: X509Certificate | undefined = socket.getPeerX509Certificate()
  while (next && found.length < longestChain) {
    const text = next.raw.toString('base64')
    if (found.includes(text)) break
    found.push(text)
    next = next.issuerCertificate
  }
  return found
}
