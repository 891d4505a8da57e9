import { z } from 'zod'
import type { ProvisionedDevice } from '../../scripts/simulate/platform.ts'

export const idSchema = z.object({ id: z.object({ id: z.string() }) })
const deviceSchema = z.object({ id: z.object({ entityType: z.literal('DEVICE'), id: z.string() }) })

export type Api = (method: string, path: string, body?: unknown) => Promise<unknown>

export const apiOf =
  (url: string, token: string): Api =>
  async (method, path, body) => {
    const response = await fetch(new URL(path, url), {
      method,
      headers: { 'content-type': 'application/json', 'x-authorization': `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!response.ok)
      throw new Error(`${method} ${path} was answered with ${response.status}: ${await response.text()}`)
    const text = await response.text()
    return text === '' ? null : JSON.parse(text)
  }

/** Kinds of widgets, taken in turns. */
const kinds = [
  ['cards.value_card', 'latest'],
  ['time_series_chart', 'timeseries'],
  ['analogue_gauges.radial_gauge_canvas_gauges', 'latest'],
  ['cards.value_card', 'latest'],
  ['progress_bar', 'latest'],
] as const

const keyOf = (name: string) => ({ name, type: 'timeseries', label: name, color: '#305bd6', settings: {}, decimals: 1 })

type Shape = { title: string; widgets: number; perRow: number; rows: number }

/** A board of widgets, one device each, all in view at once. */
export const boardOf = (deviceIds: readonly string[], { title, widgets, perRow, rows }: Shape) => {
  const all = Array.from({ length: widgets }, (_, n) => {
    const [fqn, type] = kinds[n % kinds.length] ?? kinds[0]
    const dataKeys = type === 'timeseries' ? [keyOf('load'), keyOf('level')] : [keyOf('load')]
    const config = {
      ...{ title: `Widget ${n + 1}`, showTitle: true, useDashboardTimewindow: true, settings: {} },
      datasources: [{ type: 'device', deviceId: deviceIds[n % deviceIds.length], dataKeys }],
    }
    const place = { col: (n % perRow) * 4, row: Math.floor(n / perRow) * rows, sizeX: 4, sizeY: rows }
    return { id: `w${n}`, widget: { typeFullFqn: `system.${fqn}`, type, config }, place }
  })
  const gridSettings = { columns: perRow * 4, margin: 6, autoFillHeight: true }
  const main = { widgets: Object.fromEntries(all.map(({ id, place }) => [id, place])), gridSettings }
  return {
    title,
    configuration: {
      widgets: Object.fromEntries(all.map(({ id, widget }) => [id, widget])),
      states: { default: { name: title, root: true, layouts: { main } } },
      ...{ entityAliases: {}, filters: {}, settings: {} },
      timewindow: { selectedTab: 0, realtime: { timewindowMs: 300_000 }, aggregation: { type: 'AVG', limit: 25_000 } },
    },
  }
}

/** A chart over all raw points of a long series. */
const longBoardOf = (deviceId: string, title: string, spanMs: number) => {
  const board = boardOf([deviceId], { title, widgets: 1, perRow: 1, rows: 10 })
  const timewindow = {
    ...{ selectedTab: 1, history: { historyType: 0, timewindowMs: spanMs } },
    aggregation: { type: 'NONE', limit: 50_000 },
  }
  const [w0] = Object.values(board.configuration.widgets)
  const config = { ...w0?.config, datasources: [{ type: 'device', deviceId, dataKeys: [keyOf('wave')] }] }
  const widget = { typeFullFqn: 'system.line_chart', type: 'timeseries', config }
  return { title, configuration: { ...board.configuration, widgets: { w0: widget }, timewindow } }
}

export type Boards = { live: string; first: string; long: string; remove(): Promise<void> }

export const makeBoards = async (
  api: Api,
  devices: readonly ProvisionedDevice[],
  options: { widgets: number; firstWidgets: number; spanMs: number },
): Promise<Boards> => {
  const ids = await Promise.all(devices.map(async ({ name }) => (await deviceNamed(api, name)).id.id))
  const save = async (board: object) => idSchema.parse(await api('POST', '/api/dashboard', board)).id.id
  const live = await save(boardOf(ids, { title: 'Bench: live', widgets: options.widgets, perRow: 10, rows: 4 }))
  const first = await save(boardOf(ids, { title: 'Bench: first', widgets: options.firstWidgets, perRow: 6, rows: 4 }))
  const long = await save(longBoardOf(ids[0] ?? '', 'Bench: long', options.spanMs))
  return {
    ...{ live, first, long },
    remove: async () => {
      for (const id of [live, first, long]) await api('DELETE', `/api/dashboard/${id}`)
    },
  }
}

export const deviceNamed = async (api: Api, name: string) =>
  deviceSchema.parse(await api('GET', `/api/tenant/devices?deviceName=${encodeURIComponent(name)}`))

/** Stores a long series, newest point now; resolves to the time it spans. */
export const storeWave = async (api: Api, deviceId: string, count: number): Promise<number> => {
  const stepMs = 500
  const start = Date.now() - count * stepMs
  const atOnce = 5_000
  for (let from = 0; from < count; from += atOnce) {
    const points = Array.from({ length: Math.min(atOnce, count - from) }, (_, at) => {
      const n = from + at
      return {
        ts: start + n * stepMs,
        values: { wave: Math.round((Math.sin(n / 700) * 10 + ((n * 7_919) % 13)) * 100) / 100 },
      }
    })
    await api('POST', `/api/plugins/telemetry/DEVICE/${deviceId}/timeseries/ANY`, points)
  }
  return count * stepMs + 60_000
}

/** Every device sends its values once a second until it is told to stop. */
export const sendValues = (url: string, devices: readonly ProvisionedDevice[]) => {
  let isStopped = false
  let sent = 0
  const one = async ({ token }: ProvisionedDevice, place: number) => {
    // Not all in one moment: devices have no common clock.
    await new Promise((done) => setTimeout(done, (place * 1_000) / devices.length))
    while (!isStopped) {
      const began = performance.now()
      await fetch(new URL(`/api/v1/${token}/telemetry`, url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ load: Math.round(Math.random() * 1_000) / 10, level: sent++ % 100 }),
      }).then((answer) => answer.arrayBuffer())
      await new Promise((done) => setTimeout(done, Math.max(0, 1_000 - (performance.now() - began))))
    }
  }
  const running = Promise.all(devices.map(one))
  return {
    stop: async () => {
      isStopped = true
      await running
    },
  }
}
