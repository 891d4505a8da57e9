import { expect, type Page } from '@playwright/test'
import { z } from 'zod'
import { readRuntime } from './stack.ts'

type Json = Record<string, unknown>

const savedSchema = z.object({ id: z.object({ id: z.guid() }) })
const headers = () => ({ origin: new URL(readRuntime().httpUrl).origin })

/** A value card as dashboard files write it. */
const card = (id: string, title: string, alias: string, actions: Json = {}) => ({
  id,
  typeFullFqn: 'system.cards.value_card',
  type: 'latest',
  config: {
    title,
    showTitle: true,
    datasources: [
      {
        type: 'entity',
        entityAliasId: alias,
        dataKeys: [{ name: 'level', type: 'timeseries', label: 'Level', decimals: 0, settings: {} }],
      },
    ],
    settings: { showIcon: false },
    actions,
    showLegend: false,
  },
})

const place = (row: number, col: number, more: Json = {}) => ({ sizeX: 8, sizeY: 4, row, col, ...more })
const layout = (widgets: Json) => ({ main: { widgets, gridSettings: { columns: 24, margin: 10, outerMargin: true } } })

const opening = (id: string, name: string, more: Json = {}) => ({
  id,
  name,
  icon: 'visibility',
  type: 'openDashboardState',
  targetDashboardStateId: 'details',
  setEntityId: true,
  ...more,
})

/**
 * Two states: the first with a card of one of several devices, from which actions lead to the second, which shows the
 * entity that it was opened for.
 */
export const boardOf = (title: string, namePrefix: string) => ({
  title,
  configuration: {
    widgets: {
      one: card('one', 'One of them', 'single', {
        headerButton: [
          opening('a', 'Show details'),
          opening('b', 'Details in a dialog', {
            openInSeparateDialog: true,
            // biome-ignore lint/suspicious/noTemplateCurlyInString: files write it so
            dialogTitle: 'Details of ${entityName}',
            dialogWidth: 60,
            dialogHeight: 50,
          }),
          { id: 'c', name: 'Look elsewhere', icon: 'link', type: 'openURL', url: 'javascript:alert(1)' },
        ],
      }),
      details: card('details', 'The opened one', 'opened'),
      unknown: {
        id: 'unknown',
        typeFullFqn: 'tenant.of_somebody_else',
        type: 'latest',
        config: { title: 'Foreign', settings: { kept: ['as', 'it', 'is'] } },
      },
    },
    states: {
      default: {
        name: title,
        root: true,
        layouts: layout({ one: place(0, 0), unknown: place(0, 8, { mobileHide: true }) }),
      },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: files write it so
      details: { name: '${entityName}', root: false, layouts: layout({ details: place(0, 0) }) },
    },
    entityAliases: {
      single: {
        id: 'single',
        alias: 'One',
        filter: { type: 'entityName', entityType: 'DEVICE', entityNameFilter: namePrefix, resolveMultiple: false },
      },
      opened: { id: 'opened', alias: 'Opened', filter: { type: 'stateEntity', resolveMultiple: false } },
    },
    filters: {},
    settings: {},
    timewindow: { realtime: { timewindowMs: 3_600_000 } },
  },
})

/** Stores a dashboard as the person who is signed in on that page. */
export const saveBoard = async (page: Page, board: Json): Promise<string> => {
  const response = await page.request.post('/api/dashboard', { data: board, headers: headers() })
  expect(response.ok(), await response.text()).toBe(true)
  return savedSchema.parse(await response.json()).id.id
}

export const deleteBoard = async (page: Page, id: string): Promise<void> => {
  const response = await page.request.delete(`/api/dashboard/${id}`, { headers: headers() })
  expect(response.ok(), await response.text()).toBe(true)
}

const customersSchema = z.object({ data: z.array(savedSchema.extend({ title: z.string() })) })

/** Lets users of that customer see the dashboard. */
export const shareBoard = async (page: Page, id: string, customer: string): Promise<void> => {
  const found = await page.request.get('/api/customers?pageSize=100&page=0')
  const { data } = customersSchema.parse(await found.json())
  const customerId = data.find(({ title }) => title === customer)?.id.id
  const response = await page.request.post(`/api/customer/${customerId}/dashboard/${id}`, { headers: headers() })
  expect(response.ok(), await response.text()).toBe(true)
}

type Place = { row: number; col: number; sizeX: number; sizeY: number }
type BoardWidget = { fqn: string; type: string; title: string; at: Place; state?: string; config: Json }

/** A dashboard of one device, whose alias is `device`; states besides the first show the entity that they are opened for. */
export const deviceBoard = (
  title: string,
  deviceId: string,
  widgets: readonly BoardWidget[],
  more: Json = {},
): { title: string; configuration: Json } => {
  const ids = widgets.map((_, index) => `w${index}`)
  const states = [...new Set(['default', ...widgets.map(({ state }) => state ?? 'default')])]
  const placesIn = (state: string) =>
    Object.fromEntries(
      widgets.flatMap((one, index) => ((one.state ?? 'default') === state ? [[ids[index], one.at]] : [])),
    )
  return {
    title,
    configuration: {
      widgets: Object.fromEntries(
        widgets.map(({ fqn, type, title: name, config }, index) => [
          ids[index],
          { id: ids[index], typeFullFqn: fqn, type, config: { title: name, showTitle: true, settings: {}, ...config } },
        ]),
      ),
      states: Object.fromEntries(
        states.map((state) => [
          state,
          { name: state === 'default' ? title : state, root: state === 'default', layouts: layout(placesIn(state)) },
        ]),
      ),
      entityAliases: {
        device: {
          id: 'device',
          alias: 'Device',
          filter: {
            type: 'singleEntity',
            resolveMultiple: false,
            singleEntity: { entityType: 'DEVICE', id: deviceId },
          },
        },
        opened: { id: 'opened', alias: 'Opened', filter: { type: 'stateEntity', resolveMultiple: false } },
      },
      filters: {},
      settings: {},
      timewindow: { realtime: { timewindowMs: 3_600_000 } },
      ...more,
    },
  }
}

/** Keys of one source of a widget. */
export const keysOf = (alias: string, names: readonly string[], more: Json = {}): Json => ({
  type: 'entity',
  entityAliasId: alias,
  dataKeys: names.map((name) => ({ name, label: name, type: 'timeseries', settings: {} })),
  ...more,
})
