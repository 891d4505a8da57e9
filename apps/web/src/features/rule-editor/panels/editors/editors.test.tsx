// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import { act, type ReactNode } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import chainPanels from '../../../../../messages/en/chainPanels.json' with { type: 'json' }
import type { FieldEditor } from '../../../../components/schema-form/form-context.ts'
import { type FormUnderTest, renderForm } from '../../../../components/schema-form/form-under-test.tsx'
import { isValues } from '../../../../components/schema-form/values.ts'
import { EntityField, EntityTypeField, RuleChainField } from './entity-fields.tsx'
import type { MapCalls } from './geofence/area-map.ts'
import { CircleField } from './geofence/circle-field.tsx'
import { PolygonField } from './geofence/polygon-field.tsx'
import { RelationsField } from './relations-field.tsx'
import { SeverityField } from './severity-field.tsx'

const boiler = { id: '0b9f1c55-9c2e-4c7d-8f4e-0e7f6d1b2a3c', name: 'Boiler' }

vi.mock('../../../../api/choices.ts', () => ({
  findEntity: async (_: string, id: string) => (id === boiler.id ? boiler : null),
  findEntities: async (_: string, text: string) => (boiler.name.includes(text) ? [boiler] : []),
}))
// Maps need graphics that there are none of here; what they tell is told by hand.
let map: MapCalls | undefined
vi.mock('./geofence/area-map-view.tsx', () => ({
  AreaMapView: (calls: MapCalls) => {
    map = calls
    return null
  },
}))

const editors: Readonly<Record<string, FieldEditor>> = {
  entity: EntityField,
  'entity-type': EntityTypeField,
  relations: RelationsField,
  'rule-chain': RuleChainField,
  severity: SeverityField,
  polygon: PolygonField,
  circle: CircleField,
}

let form: FormUnderTest | undefined
afterEach(async () => {
  await form?.unmount()
  form = undefined
  map = undefined
})

const open = async (type: string, change: Record<string, unknown> = {}) => {
  const manifest = nodeManifests.find((one) => one.type === type)
  if (!manifest) throw new Error(`There is no node ${type}`)
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const stored = { ...(isValues(manifest.defaults) ? manifest.defaults : {}), ...change }
  form = await renderForm(manifest.config, stored, {
    editors,
    words: { chainPanels },
    around: (child: ReactNode) => <QueryClientProvider client={client}>{child}</QueryClientProvider>,
  })
  return { on: form, stored }
}

describe.each(nodeManifests.map(({ type }) => type))('the form of %s with its own editors', (type) => {
  it('leaves alone what nobody changes', async () => {
    const { on, stored } = await open(type, { madeElsewhere: { kept: true } })
    await on.leaveAll()
    expect(on.seen).toEqual({ value: stored, changes: 0 })
  })
})

describe('relations', () => {
  it('are set one by one, and keep what they do not know', async () => {
    const relationsQuery = {
      direction: 'FROM',
      maxLevel: 1,
      fetchLastLevelOnly: false,
      filters: [{ relationType: 'Contains', entityTypes: ['DEVICE'], negate: true }],
      more: 1,
    }
    const { on, stored } = await open('related-entity-data', { relationsQuery })
    await on.click('Last level only')
    await on.enter('Levels', '3')
    await on.enter('Relation type', 'Manages')
    await on.enter('Entity types', 'ASSET')
    await on.press('Entity types', 'Enter')
    const [filter] = relationsQuery.filters
    expect(on.seen.value).toEqual({
      ...stored,
      relationsQuery: {
        ...relationsQuery,
        maxLevel: 3,
        fetchLastLevelOnly: true,
        filters: [{ ...filter, relationType: 'Manages', entityTypes: ['DEVICE', 'ASSET'] }],
      },
    })
    await on.click('Remove filter 1')
    expect(on.seen.value).toMatchObject({ relationsQuery: { filters: [] } })
  })
})

describe('an entity', () => {
  const single = { checkForSingleEntity: true, entityType: 'DEVICE', entityId: boiler.id }

  it('is shown by its name, and found by a part of it', async () => {
    const { on } = await open('check-relation-presence', { ...single, entityId: null })
    await on.enter('Entity', 'Boi')
    await vi.waitFor(() => expect(on.place.querySelector('[role=option]')?.textContent).toBe('Boiler'))
    await on.press('Entity', 'Enter')
    expect(on.seen.value).toMatchObject({ entityId: boiler.id })
    await vi.waitFor(() => expect(on.control('Entity').value).toBe('Boiler'))
  })

  it('is chosen anew when it is to be of another kind', async () => {
    const { on } = await open('check-relation-presence', single)
    await on.enter('Entity type', 'ASSET')
    expect(on.seen.value).toMatchObject({ entityType: 'ASSET', entityId: null })
  })
})

describe('a severity', () => {
  it('is one of a few, or any template when it is dynamic', async () => {
    const { on } = await open('create-alarm')
    await on.enter('Severity', 'MINOR')
    expect(on.seen.value).toMatchObject({ severity: 'MINOR' })
    await on.click('Dynamic severity')
    await on.enter('Severity', '$[severity]')
    expect(on.seen.value).toMatchObject({ severity: '$[severity]', dynamicSeverity: true })
  })
})

describe('a fence', () => {
  const drawn = { fetchPerimeterInfoFromMessageMetadata: false }
  const square = '[[1, 1], [1, 2], [2, 2]]'

  it('of straight sides grows by a click, follows a corner, and is typed', async () => {
    const { on } = await open('gps-geofencing-filter', { ...drawn, polygonsDefinition: square })
    await act(async () => map?.onClick([2, 1]))
    expect(on.seen.value).toMatchObject({ polygonsDefinition: '[[1, 1], [1, 2], [2, 2], [2, 1]]' })
    await act(async () => map?.onMove('0/3', [3, 1]))
    await on.enter('Longitude of corner 4', '0.5')
    expect(on.seen.value).toMatchObject({ polygonsDefinition: '[[1, 1], [1, 2], [2, 2], [3, 0.5]]' })
    await on.enter('Longitude of corner 4', '200')
    expect(on.seen.value).toMatchObject({ polygonsDefinition: '[[1, 1], [1, 2], [2, 2], [3, 0.5]]' })
    await on.click('Remove corner 1')
    expect(on.seen.value).toMatchObject({ polygonsDefinition: '[[1, 2], [2, 2], [3, 0.5]]' })
  })

  it('that is written in another way keeps its text', async () => {
    const { on } = await open('gps-geofencing-filter', { ...drawn, polygonsDefinition: '[[["1", "2"], [3, 4]]]' })
    expect(on.names()).not.toContain('Latitude of corner 1')
    expect(on.control('Corners as text').value).toBe('[[["1", "2"], [3, 4]]]')
  })

  it('that is round has its centre and radius in one edit', async () => {
    const { on } = await open('gps-geofencing-filter', { ...drawn, perimeterType: 'CIRCLE' })
    await act(async () => map?.onClick([52.5, 13.4]))
    expect(on.seen.value).toMatchObject({ centerLatitude: 52.5, centerLongitude: 13.4, rangeUnit: 'METER' })
    await act(async () => map?.onMove('edge', [52.5, 13.5]))
    expect(on.seen.value).toMatchObject({ centerLatitude: 52.5, range: 6770 })
    await on.enter('Unit', 'KILOMETER')
    await on.enter('Radius', '2')
    expect(on.seen.value).toMatchObject({ range: 2, rangeUnit: 'KILOMETER' })
  })
})
