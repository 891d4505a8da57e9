import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import { describe, expect, it } from 'vitest'
import { findManifest, hasIcon } from './catalogue.ts'

describe.each(nodeManifests)('rule node $type', (manifest) => {
  it('has an icon in the console and is found by its class name', () => {
    expect(hasIcon(manifest.icon)).toBe(true)
    expect(findManifest(manifest.className)).toBe(manifest)
  })
})
