import { describe, expect, it } from 'vitest'
import { isTile, parseTileSources, tileUrl } from './tile-sources.ts'

const osm = { id: 'osm', name: 'Streets', url: 'https://tiles.example.org/{z}/{x}/{y}.png' }
const read = (...sources: unknown[]) => parseTileSources(JSON.stringify(sources))

describe('sources of map tiles', () => {
  it('are none unless somebody names them', () => {
    expect(parseTileSources('')).toEqual({ sources: [] })
    expect(read(osm)).toEqual({ sources: [{ ...osm, attribution: '', overlay: false, maxZoom: 19 }] })
  })
  it.each([
    ['no JSON', '{'],
    ['no list', '{"id":"osm"}'],
    ['an id that would be a path', JSON.stringify([{ ...osm, id: '../x' }])],
    ['another protocol', JSON.stringify([{ ...osm, url: 'file:///{z}/{x}/{y}' }])],
    ['no placeholders', JSON.stringify([{ ...osm, url: 'https://tiles.example.org/0/0/0.png' }])],
    ['an unknown member', JSON.stringify([{ ...osm, key: 'secret' }])],
    ['two of one id', JSON.stringify([osm, osm])],
  ])('are refused with a reason: %s', (_, text) => {
    const parsed = parseTileSources(text)
    expect('problem' in parsed && parsed.problem).toMatch(/\w{4}/)
  })
  it('have tiles by zoom, and their own addresses', () => {
    const parsed = read({ ...osm, maxZoom: 3 })
    const [source] = 'sources' in parsed ? parsed.sources : []
    if (!source) throw new Error('no source')
    expect(tileUrl(source, { z: 3, x: 7, y: 0 })).toBe('https://tiles.example.org/3/7/0.png')
    expect(isTile(source, { z: 3, x: 7, y: 7 })).toBe(true)
    for (const tile of [
      { z: 4, x: 0, y: 0 },
      { z: 3, x: 8, y: 0 },
      { z: 0, x: 0, y: 1 },
    ])
      expect(isTile(source, tile)).toBe(false)
  })
})
