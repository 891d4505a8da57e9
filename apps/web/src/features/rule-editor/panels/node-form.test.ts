import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import { describe, expect, it } from 'vitest'
import type { ChainMetadata } from '@/api/entities.ts'
import { findManifest } from '../catalogue.ts'
import { configProblems, type MetadataNode, problemsOf, stateOf, toForm, toMetadata } from './node-form.ts'

const nowMs = 1_700_000_000_000
const id = (last: number) => ({ entityType: 'RULE_NODE' as const, id: `00000000-0000-4000-8000-00000000000${last}` })
const className = 'org.thingsboard.rule.engine.filter.TbCheckMessageNode'
const words = { required: 'Required', noJson: (reason: string) => `No JSON: ${reason}` }

const node = (last: number, more: Partial<MetadataNode> = {}): MetadataNode => ({
  id: id(last),
  ruleChainId: null,
  type: className,
  name: `Node ${last}`,
  singletonMode: false,
  configurationVersion: 0,
  configuration: { messageNames: ['a'], metadataNames: [], checkAllKeys: false, elsewhere: 1 },
  externalId: null,
  ...more,
})
const chain = (...nodes: MetadataNode[]): ChainMetadata => ({ version: 7, firstNodeIndex: 0, nodes, connections: [] })
const opened = (metadata: ChainMetadata) => {
  const state = stateOf(metadata, id(1).id)
  if (!state) throw new Error('The node is not there')
  const manifest = findManifest(state.node.type)
  return { state, manifest, form: toForm(state, manifest, nowMs) }
}

describe('the form of a node', () => {
  it('stands for every node that nobody changed as it is stored', () => {
    for (const { className: type, defaults, configVersion } of nodeManifests) {
      const metadata = chain(node(1, { type, configuration: defaults, configurationVersion: configVersion }), node(2))
      const { state, manifest, form } = opened(metadata)
      expect(manifest?.className).toBe(type)
      expect(JSON.parse(form.configuration)).toEqual(JSON.parse(JSON.stringify(defaults)))
      expect(problemsOf(form, form, manifest, words)).toEqual({})
      const written = toMetadata(form, state, manifest, nowMs)
      expect(written.nodes[0]).toEqual({
        ...metadata.nodes[0],
        debugSettings: { failuresEnabled: false, allEnabled: false, allEnabledUntil: 0 },
      })
    }
  })

  it('writes the node alone, with its id, its place and the version that it was read with', () => {
    const metadata = chain(node(2), node(1), node(3))
    const { state, manifest, form } = opened(metadata)
    const configuration = JSON.stringify({ ...JSON.parse(form.configuration), checkAllKeys: true })
    const written = toMetadata({ ...form, name: 'New', configuration }, state, manifest, nowMs)
    expect(written.version).toBe(7)
    expect([written.nodes[0], written.nodes[2]]).toEqual([metadata.nodes[0], metadata.nodes[2]])
    expect(written.nodes[1]).toMatchObject({
      id: id(1),
      name: 'New',
      configuration: { messageNames: ['a'], checkAllKeys: true, elsewhere: 1 },
    })
  })

  it('brings an old configuration to the version of its node only when it was changed', () => {
    const manifest = nodeManifests.find(({ configVersion }) => configVersion > 0)
    if (!manifest) throw new Error('No node has a second version')
    const old = node(1, { type: manifest.className, configuration: manifest.defaults, configurationVersion: 0 })
    const { state, form } = opened(chain(old))
    expect(toMetadata({ ...form, name: 'New' }, state, manifest, nowMs).nodes[0]).toMatchObject({
      configuration: old.configuration,
      configurationVersion: 0,
    })
    const changed = { ...form, configuration: JSON.stringify({ ...JSON.parse(form.configuration), more: 1 }) }
    expect(toMetadata(changed, state, manifest, nowMs).nodes[0]).toMatchObject({
      configuration: { more: 1 },
      configurationVersion: manifest.configVersion,
    })
  })

  it('debugs for a time from now, keeps a time that is under way, and takes it back', () => {
    const debugSettings = { failuresEnabled: true, allEnabled: false, allEnabledUntil: nowMs + 60_000 }
    const { state, manifest, form } = opened(chain(node(1, { debugSettings })))
    const written = (debugsAll: typeof form.debugsAll) =>
      toMetadata({ ...form, debugsAll }, state, manifest, nowMs).nodes[0]?.debugSettings
    expect(form).toMatchObject({ debugsFailures: true, debugsAll: 'kept' })
    expect(written('kept')).toEqual(debugSettings)
    expect(written('15')).toEqual({ ...debugSettings, allEnabledUntil: nowMs + 15 * 60_000 })
    expect(written('off')).toEqual({ ...debugSettings, allEnabledUntil: 0 })
    expect(toForm(state, manifest, nowMs + 60_000).debugsAll).toBe('off')
  })

  it('is refused with what the node has against it, and where', () => {
    const { manifest, form } = opened(chain(node(1)))
    const problems = (configuration: string) => problemsOf({ ...form, configuration }, form, manifest, words)
    expect(problems('{')).toMatchObject({ configuration: expect.stringMatching(/^No JSON/) })
    expect(problems('{"messageNames":[1]}').configuration).toMatch(/^messageNames\/0: /)
    expect(problems('{"messageNames":null,"checkAllKeys":null}')).toEqual({})
    expect(problemsOf({ ...form, name: '' }, form, manifest, words)).toEqual({
      name: 'Rule node name should be specified!',
    })
  })

  it('does not hold a stored configuration against somebody who changes the name', () => {
    const { manifest, form } = opened(chain(node(1, { configuration: { messageNames: 'none' } })))
    expect(configProblems(manifest, JSON.parse(form.configuration), 'Required')).not.toEqual([])
    expect(problemsOf({ ...form, name: 'New' }, form, manifest, words)).toEqual({})
  })

  it('is gone with its node', () => {
    expect(stateOf(chain(node(2)), id(1).id)).toBeNull()
  })
})
