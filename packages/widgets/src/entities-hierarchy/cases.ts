import type { EntityData } from '@thingwire/contracts'
import { idleHost } from '../host/idle-host.ts'
import type { WidgetCase } from '../widget.ts'

const ready = { status: 'ready', staleSince: null, series: [] } as const
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

const found = (entityType: 'ASSET' | 'DEVICE', name: string, n: number): EntityData => ({
  entityId: { entityType, id: id(n) },
  latest: { ENTITY_FIELD: { name: { ts: 0, value: name } } },
  timeseries: {},
  aggLatest: {},
})

const children: Readonly<Record<string, EntityData[]>> = {
  [id(1)]: [found('ASSET', 'Floor 1', 10), found('ASSET', 'Floor 2', 11), found('DEVICE', 'Weather station', 12)],
  [id(10)]: [found('DEVICE', 'Thermostat 1', 20), found('DEVICE', 'Thermostat 2', 21)],
}

const host: NonNullable<WidgetCase['host']> = {
  entities: {
    ...idleHost({}).entities,
    usePage: () => ({
      status: 'ready',
      rows: [
        {
          entity: { id: { entityType: 'ASSET', id: id(1) }, name: 'Office North', label: '', type: 'building' },
          fields: {},
          values: new Map(),
        },
      ],
      total: 1,
      isLoadingNext: false,
      staleSince: null,
    }),
    find: async ({ entityFilter }) => {
      const root = entityFilter.type === 'relationsQuery' ? entityFilter.rootEntity?.id : null
      const data = children[root ?? ''] ?? []
      return { data, totalPages: 1, totalElements: data.length, hasNext: false }
    },
  },
}
const failing: NonNullable<WidgetCase['host']> = {
  entities: {
    ...idleHost({}).entities,
    ...host.entities,
    usePage: host.entities?.usePage ?? idleHost({}).entities.usePage,
    find: async () => {
      throw new Error('Permission denied')
    },
    all: async () => [],
  },
}

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'a building', settings: {}, state: ready, host },
  {
    name: 'with functions of the file',
    settings: {
      nodeTextFunction: "return nodeCtx.entity.name.toUpperCase() + ' · ' + nodeCtx.level",
      nodeIconFunction: "return nodeCtx.level > 1 ? { materialIcon: 'thermostat' } : 'default'",
      nodeOpenedFunction: 'return nodeCtx.level <= 2',
      nodeHasChildrenFunction: "return nodeCtx.entity.id.entityType === 'ASSET'",
    },
    state: ready,
    host,
  },
  { name: 'with a function that fails', settings: { nodeTextFunction: 'return nothing.at.all' }, state: ready, host },
  { name: 'children that the server keeps', settings: {}, state: ready, host: failing },
]
