import { rootCertificates } from 'node:tls'
import type { PemFiles } from '@thingwire/rules'

/** For sockets: with authorities of its own a connection trusts those beside the usual ones. */
export const tlsOptions = (files: PemFiles | null): Record<string, string | string[]> => ({
  ...(files?.ca && { ca: [...rootCertificates, files.ca] }),
  ...(files?.cert && { cert: files.cert }),
  ...(files?.key && { key: files.key }),
  ...(files?.passphrase && { passphrase: files.passphrase }),
})
