import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { z } from 'zod'
import { nodeManifests } from './manifests.ts'

/**
 * The nodes of ThingsBoard's palette: class, version of the configuration, connections (null: see the node), and what a newly
 * placed node has. `*` stands for a script or another long text.
 */
const rows = z
  .array(
    z.object({
      className: z.string(),
      version: z.number(),
      connections: z.union([z.array(z.string()), z.literal('custom'), z.null()]),
      defaults: z.record(z.string(), z.unknown()),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL('./fixtures/palette.json', import.meta.url), 'utf8')))

const byClass = new Map(nodeManifests.map((manifest) => [manifest.className, manifest]))

it('lists 77 nodes, each once', () => {
  expect(new Set(rows.map(({ className }) => className)).size).toBe(77)
  expect(rows).toHaveLength(77)
})

test('every node of the palette is here, so that no imported chain meets an unknown one', () => {
  expect(rows.map(({ className }) => className).filter((name) => !byClass.has(name))).toEqual([])
})

describe.each(rows.map((row) => [row.className.replace(/^.*\./, ''), row] as const))('%s', (_name, row) => {
  const manifest = byClass.get(row.className)

  it('has the version of the palette', () => expect(manifest?.configVersion).toBe(row.version))

  it('is placed with the settings of the palette', () => {
    const defaults = z.record(z.string(), z.unknown()).parse(manifest?.defaults)
    const known = Object.entries(row.defaults).map(([key, value]) => [key, value === '*' ? expect.any(String) : value])
    expect(defaults).toEqual(Object.fromEntries(known))
  })

  it('has the connections of the palette', () => {
    const labels = manifest?.connections ?? []
    if (row.connections === null) expect(labels.length).toBeGreaterThan(0)
    // Filters and alarm nodes may be given Success beside their own connections.
    else if (labels === 'custom' || row.connections === 'custom') expect(labels).toBe(row.connections)
    else
      expect(labels.filter((label) => label !== 'Success' || row.connections?.includes(label)).sort()).toEqual(
        row.connections,
      )
  })
})
