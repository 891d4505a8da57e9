import { createContext, runInContext } from 'node:vm'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { markupProgram } from './markup-program.ts'

const ports: MessagePort[] = []
afterEach(() => {
  for (const port of ports.splice(0)) port.close()
})

type Said = { type: string; id?: number; method?: string; args?: unknown[]; message?: string }

/** The program of a document in a context that has what a document's global has, as far as the program looks at it. */
const startDocument = (
  code: string,
  context: Record<string, unknown> = {},
  answer: (method: string, args: readonly unknown[]) => unknown = () => null,
) => {
  const said: Said[] = []
  const listeners: ((event: unknown) => void)[] = []
  const page = {}
  const root = { dataset: {} as Record<string, string> }
  const globals: Record<string, unknown> = {
    ...{ performance, MessageChannel, Promise, URLSearchParams, structuredClone, setTimeout, console },
    document: { documentElement: root, body: {}, readyState: 'complete', querySelectorAll: () => [] },
    parent: page,
    addEventListener: (type: string, listener: (event: unknown) => void) => {
      if (type === 'message') listeners.push(listener)
    },
    removeEventListener: () => {},
  }
  globals.window = globals
  runInContext(markupProgram('clock', 'too long'), createContext(globals))
  const { port1, port2 } = new MessageChannel()
  ports.push(port1, port2)
  port1.onmessage = ({ data }: { data: Said }) => {
    said.push(data)
    if (data.type !== 'call') return
    try {
      port1.postMessage({ type: 'answer', id: data.id, ok: true, value: answer(String(data.method), data.args ?? []) })
    } catch (error) {
      port1.postMessage({ type: 'answer', id: data.id, ok: false, message: String(error) })
    }
  }
  const start = { code, argumentNames: ['widgetContext'], modules: {}, context }
  for (const listener of listeners) listener({ data: start, ports: [port2], source: page })
  const calls = () => said.filter(({ type }) => type === 'call').map(({ method, args }) => [method, ...(args ?? [])])
  const end = () =>
    vi.waitFor(() => {
      const last = said.find(({ type }) => type === 'finished' || type === 'failed')
      expect(last).toBeDefined()
      return last?.message ?? null
    })
  return { calls, end, said }
}

const device = { entityType: 'DEVICE', id: '1' }

describe("the program of a file's document", () => {
  it('asks the page to go from state to state', async () => {
    const code = `const states = widgetContext.stateController
      const params = states.getStateParams()
      params.pump = { entityId: ${JSON.stringify(device)} }
      states.updateState(null, params)
      states.openState('details', params, true)
      states.navigatePrevState(states.getStateIndex() - 1)`
    const states = [
      { id: 'default', params: {} },
      { id: 'list', params: { since: 5 } },
    ]
    const { end, calls } = startDocument(code, { states })
    expect(await end()).toBeNull()
    const params = { since: 5, pump: { entityId: device } }
    expect(calls()).toEqual([
      ['updateState', null, params, false],
      ['openState', 'details', params, true],
      ['backToState', 0],
    ])
  })

  it('chains answers as files do', async () => {
    const code = `const { of, forkJoin, switchMap, map, tap, catchError } = widgetContext.rxjs
      const $injector = widgetContext.$scope.$injector
      const devices = $injector.get(widgetContext.servicesMap.get('deviceService'))
      const attributes = $injector.get(widgetContext.servicesMap.get('attributeService'))
      const seen = []
      const all = forkJoin([devices.getDevice('7'), of('x')]).pipe(
        map(([one, x]) => one.name + x),
        tap((text) => seen.push(text)),
        switchMap((text) => attributes.saveEntityAttributes(${JSON.stringify(device)}, 'SERVER_SCOPE', [{ key: 'text', value: text }])),
        catchError((error) => of('caught ' + error.message)),
      )
      all.subscribe((value) => widgetContext.showSuccessToast(seen.join() + '|' + value))
      const { a } = await forkJoin({ a: of(3) })
      if (a !== 3) throw new Error('no record')`
    const { end, calls } = startDocument(code, {}, (method) => {
      if (method === 'saveAttributes') throw new Error('refused')
      return { name: 'Pump' }
    })
    expect(await end()).toBeNull()
    await vi.waitFor(() => expect(calls()).toHaveLength(3))
    expect(calls()).toEqual([
      ['http', 'GET', '/api/device/7'],
      ['saveAttributes', device, 'SERVER_SCOPE', { text: 'Pumpx' }],
      ['toast', 'success', 'Pumpx|caught Error: refused'],
    ])
  })

  it('starts actions of the widget, and states over the page', async () => {
    const code = `const [logs] = widgetContext.actionsApi.getActionDescriptors('headerButton')
      widgetContext.actionsApi.handleWidgetAction({}, logs, ${JSON.stringify(device)})
      widgetContext.actionsApi.openDashboardStateInSeparateDialog('details', { entityId: ${JSON.stringify(device)} }, 'Pump')`
    const actions = { headerButton: [{ id: 'l', name: 'Logs', displayName: 'Logs', source: 'headerButton' }] }
    const { end, calls } = startDocument(code, { actions })
    expect(await end()).toBeNull()
    expect(calls()).toEqual([
      ['action', 'Logs', 'headerButton', device],
      ['openStateOver', 'details', { entityId: device }, 'Pump'],
    ])
  })

  it('names the service that there is none of', async () => {
    const { end } = startDocument("widgetContext.$scope.$injector.get(widgetContext.servicesMap.get('customDialog'))")
    expect(await end()).toBe('Error: The service customDialog is not available in the sandbox')
  })
})
