import { AppError } from '@thingwire/contracts'
import { LRUCache } from 'lru-cache'
import { limited } from '../outbound/deadline.ts'
import { createInFlight } from '../outbound/in-flight.ts'
import { isTile, type TileSource, tileUrl } from './tile-sources.ts'

export type Tile = { body: Buffer; contentType: string }
type Place = { z: number; x: number; y: number }

export type TileStore = {
  sources: readonly TileSource[]
  /**
   * A tile, from memory or from its server. Rejects with `ENTITY_NOT_FOUND` where there is none, and with
   * `MAP_TILES_UNAVAILABLE` while the server does not answer.
   */
  tile(sourceId: string, place: Place): Promise<Tile>
}

const limits = {
  memoryBytes: 64 * 1_024 * 1_024,
  tileBytes: 1_024 * 1_024,
  keptMs: 24 * 3_600_000,
  /** Servers that are free for all ask for few connections. */
  mostAtOnce: 16,
  mostPending: 500,
  timeoutMs: 15_000,
}
const pictures = /^image\/(png|jpeg|webp|gif|avif)$/

const typeOf = ({ headers }: Response) => (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

const readBody = async (answer: Response): Promise<Buffer> => {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length
    if (bytes > limits.tileBytes) throw new Error('the tile is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/**
 * Tiles of the servers that the administrator of this one names. Their addresses are no tenant's to choose, so they may stand
 * in the inner network; nothing but pictures comes back from them, and redirects are not followed.
 */
export const createTileStore = (
  sources: readonly TileSource[],
  options: { fetch?: typeof fetch; webUrl?: string | undefined } = {},
): TileStore => {
  const get = options.fetch ?? fetch
  const known = new LRUCache<string, Tile>({
    maxSize: limits.memoryBytes,
    sizeCalculation: ({ body }) => body.length + 256,
    ttl: limits.keptMs,
  })
  const underWay = new Map<string, Promise<Tile>>()
  const inFlight = createInFlight({ most: limits.mostAtOnce, mostPending: limits.mostPending })

  const load = async (source: TileSource, place: Place): Promise<Tile> => {
    const open = new AbortController()
    try {
      return await inFlight.run(
        () =>
          limited(limits.timeoutMs, open.signal, async (signal) => {
            const answer = await get(tileUrl(source, place), {
              ...{ signal, redirect: 'manual' },
              // Public servers want to know who asks.
              headers: { accept: 'image/*', 'user-agent': `Thingwire${options.webUrl ? ` (${options.webUrl})` : ''}` },
            })
            if (answer.status === 404 || answer.status === 410 || answer.status === 204)
              throw new AppError('ENTITY_NOT_FOUND')
            const contentType = typeOf(answer)
            if (!answer.ok || !pictures.test(contentType)) throw new Error(`answered ${answer.status} ${contentType}`)
            return { body: await readBody(answer), contentType }
          }),
        open.signal,
      )
    } catch (cause) {
      if (cause instanceof AppError) throw cause
      throw new AppError('MAP_TILES_UNAVAILABLE', undefined, { cause })
    }
  }

  return {
    sources,
    tile: async (sourceId, place) => {
      const source = sources.find(({ id }) => id === sourceId)
      if (!source || !isTile(source, place)) throw new AppError('ENTITY_NOT_FOUND')
      const key = `${sourceId} ${place.z} ${place.x} ${place.y}`
      const tile = known.get(key)
      if (tile) return tile
      const waiting = underWay.get(key)
      if (waiting) return waiting
      const coming = load(source, place).finally(() => underWay.delete(key))
      underWay.set(key, coming)
      const came = await coming
      known.set(key, came)
      return came
    },
  }
}
