import { describe, expect, it } from 'vitest'
import { nodeHandlers } from './handlers.ts'
import { nodeManifests } from './manifests.ts'
import { nodeConformance } from './node-conformance.ts'

const handlerOf = new Map(nodeHandlers.map((factory) => [factory.manifest.type, factory]))

it('the registry is not empty and every name in it is unique', () => {
  expect(nodeManifests.length).toBeGreaterThan(0)
  for (const pick of ['type', 'className', 'name'] as const) {
    expect(new Set(nodeManifests.map((manifest) => manifest[pick])).size).toBe(nodeManifests.length)
  }
})

it('every handler belongs to a manifest of the list', () => {
  expect(nodeHandlers.length).toBeGreaterThan(0)
  for (const { manifest } of nodeHandlers) expect(nodeManifests).toContain(manifest)
  expect(handlerOf.size).toBe(nodeHandlers.length)
})

describe.each(nodeManifests.map((manifest) => [manifest.type, manifest] as const))('%s', (type, manifest) =>
  nodeConformance(manifest, { factory: handlerOf.get(type), folder: new URL(`./${type}/`, import.meta.url) }),
)
