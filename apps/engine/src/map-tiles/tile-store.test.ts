import { expect, it } from 'vitest'
import { createTileStore } from './tile-store.ts'

const source = {
  id: 'osm',
  name: 'Streets',
  url: 'http://tiles.internal/{z}/{x}/{y}.png',
  attribution: '',
  overlay: false,
  maxZoom: 19,
}
const place = { z: 1, x: 0, y: 1 }
const png = () => new Response(Buffer.from('tile'), { headers: { 'content-type': 'image/png' } })

const storeOver = (answer: (url: string, init?: RequestInit) => Response | Promise<Response>) => {
  const asked: string[] = []
  const store = createTileStore([source], {
    fetch: async (url, init) => {
      asked.push(String(url))
      return answer(String(url), init)
    },
  })
  return { store, asked }
}

it('asks a server once for a tile, however many want it', async () => {
  const { store, asked } = storeOver(png)
  const tiles = await Promise.all([store.tile('osm', place), store.tile('osm', place)])
  expect((await store.tile('osm', place)).body.toString()).toBe('tile')
  expect(tiles.map(({ contentType }) => contentType)).toEqual(['image/png', 'image/png'])
  expect(asked).toEqual(['http://tiles.internal/1/0/1.png'])
})

it('asks nobody for sources and tiles that there are not', async () => {
  const { store, asked } = storeOver(png)
  for (const [id, one] of [
    ['other', place],
    ['osm', { z: 1, x: 2, y: 0 }],
    ['osm', { z: 20, x: 0, y: 0 }],
  ] as const)
    await expect(store.tile(id, one)).rejects.toMatchObject({ code: 'ENTITY_NOT_FOUND' })
  expect(asked).toEqual([])
})

it('follows nowhere, and asks again after a failure', async () => {
  const answers = [
    () => new Response(null, { status: 302, headers: { location: 'http://169.254.169.254/' } }),
    () => new Response('<script>', { headers: { 'content-type': 'text/html' } }),
    () => new Response(new Uint8Array(2 * 1_024 * 1_024), { headers: { 'content-type': 'image/png' } }),
    () => Promise.reject(new Error('away')),
    png,
  ]
  const redirects: unknown[] = []
  const { store } = storeOver((_, init) => {
    redirects.push(init?.redirect)
    return answers.shift()?.() ?? png()
  })
  for (let n = 0; n < 4; n += 1)
    await expect(store.tile('osm', place)).rejects.toMatchObject({ code: 'MAP_TILES_UNAVAILABLE' })
  expect((await store.tile('osm', place)).contentType).toBe('image/png')
  expect(new Set(redirects)).toEqual(new Set(['manual']))
})

it('tells a missing tile from a server that is away', async () => {
  const { store } = storeOver(() => new Response(null, { status: 404 }))
  await expect(store.tile('osm', place)).rejects.toMatchObject({ code: 'ENTITY_NOT_FOUND' })
})
