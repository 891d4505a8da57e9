import { noParams } from '@thingwire/dashboards'
import { useState } from 'react'
import type { WidgetHost } from './host.ts'

const noTiles = [] as const
const nothing = () => {}
const done = async () => {}

/** A host that has nothing behind it: cases, the gallery and previews put in what they want to show. */
export const idleHost = (parts: Partial<WidgetHost>): WidgetHost => ({
  locale: 'en',
  unitSystem: 'METRIC',
  actions: { of: () => [], run: nothing },
  functions: {
    callMany: async (_code, _names, calls) => calls.map(() => ({ ok: false, message: 'There is no sandbox here' })),
  },
  entities: {
    usePage: () => ({ status: 'loading' }),
    find: async () => ({ data: [], totalPages: 0, totalElements: 0, hasNext: false }),
    all: async () => [],
  },
  alarms: {
    usePage: () => ({ status: 'loading' }),
    all: async () => [],
    types: async () => [],
    people: async () => [],
    acknowledge: done,
    clear: done,
    remove: done,
    assign: done,
    assignees: async () => [],
    comments: async () => [],
    comment: done,
  },
  events: { list: async () => ({ data: [], totalPages: 0, totalElements: 0, hasNext: false }) },
  values: {
    mayWrite: () => true,
    saveAttributes: done,
    deleteAttributes: done,
    saveTelemetry: done,
    useAttributes: () => undefined,
    claimDevice: async () => 'refused',
  },
  commands: {
    target: null,
    call: async () => null,
    leave: async () => '',
    stored: async () => ({ data: [], totalPages: 0, totalElements: 0, hasNext: false }),
    forget: done,
  },
  time: {
    model: {
      mode: 'realtime',
      span: { kind: 'last', durationMs: 60_000 },
      aggregation: 'AVG',
      limit: 25_000,
      interval: null,
      timeZone: null,
    },
    zoom: nothing,
    isZoomed: false,
    choose: nothing,
  },
  cursor: { show: nothing, listen: () => nothing },
  moment: { read: () => null, listen: () => nothing },
  board: {
    state: { id: 'default', params: noParams },
    stack: [{ id: 'default', params: noParams }],
    isPhone: false,
    css: '',
    openState: nothing,
    updateState: nothing,
    backTo: nothing,
    openRight: nothing,
    StateView: () => null,
  },
  links: {
    entityPage: () => null,
    open: nothing,
    useImage: (link) => (link?.startsWith('data:image/') ? link : null),
  },
  tiles: { useSources: () => noTiles },
  files: { download: nothing },
  content: { CodeFrame: null, SiteFrame: null, places: [], useDashboards: () => ({ status: 'loading' }) },
  viewer: { user: null, useSetting: () => useState<unknown>(undefined) },
  ...parts,
})
