import type { OtaPackageType } from '@thingwire/contracts'
import type { DeviceGateway, DeviceSession } from '../transport.ts'

/** A device asks for part `chunk` of its package; `id` is its own number for the download. */
export type PackageRequest = { kind: OtaPackageType; id: string; chunk: number }

export type PackageAnswer =
  | { ok: true; topic: string; body: Uint8Array }
  /** Published on `packageErrorTopic`, whatever was asked for (as ThingsBoard); then the connection ends. */
  | { ok: false; text: 'NOT_FOUND' | 'PAYLOAD_TOO_LARGE' | 'FAILURE' }

export const packageErrorTopic = 'v2/fw/error'
/** Largest part of a file, bytes (as ThingsBoard). */
const maxPartBytes = 65_536
/** Downloads of one connection whose part size is remembered. */
const maxDownloads = 100

/** Null: the topic is none of those for packages. */
export const packageRequestOf = (topic: string): PackageRequest | null => {
  const match = /^v2\/(fw|sw)\/request\/(\d{1,10})\/chunk\/(\d{1,10})$/.exec(topic)
  if (!match) return null
  const [, kind, id = '', chunk] = match
  return { kind: kind === 'fw' ? 'FIRMWARE' : 'SOFTWARE', id, chunk: Number(chunk) }
}

/** The filter whose quality of service the parts take. */
export const packageFilter = ({ kind }: PackageRequest): string =>
  kind === 'FIRMWARE' ? 'v2/fw/response/+/chunk/+' : 'v2/sw/response/+/chunk/+'

/** Parts of packages for one connection. Rejects for a payload that is no size. */
export const createPackageRequests = (
  gateway: Pick<DeviceGateway, 'package'>,
  session: DeviceSession,
): ((request: PackageRequest, payload: Uint8Array) => Promise<PackageAnswer>) => {
  /** Download → part size, in bytes; 0: the whole file. */
  const sizes = new Map<string, number>()

  const sizeOf = ({ kind, id }: PackageRequest, payload: Uint8Array): number => {
    const download = `${kind}/${id}`
    const text = Buffer.from(payload).toString('utf8').trim()
    if (text === '') return sizes.get(download) ?? 0
    if (!/^\d{1,10}$/.test(text)) throw new Error('The size of a part must be a number of bytes')
    if (sizes.size >= maxDownloads) sizes.clear()
    sizes.set(download, Number(text))
    return Number(text)
  }

  return async (request, payload) => {
    const size = sizeOf(request, payload)
    if (size > maxPartBytes) return { ok: false, text: 'PAYLOAD_TOO_LARGE' }
    try {
      const found = await gateway.package(session, request.kind)
      if (!found) return { ok: false, text: 'NOT_FOUND' }
      const { kind, id, chunk } = request
      const body = size > 0 ? await found.read(chunk * size, size) : await found.read(0, found.sizeBytes)
      return { ok: true, topic: `v2/${kind === 'FIRMWARE' ? 'fw' : 'sw'}/response/${id}/chunk/${chunk}`, body }
    } catch {
      return { ok: false, text: 'FAILURE' }
    }
  }
}
