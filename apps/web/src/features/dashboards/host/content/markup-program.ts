import { colorHelpers } from '../functions/color-helpers.ts'
import { formatHelpers } from '../functions/format-helpers.ts'
import { momentHelpers } from '../functions/moment-helpers.ts'
import { queryHelpers } from './query-helpers.ts'
import { unitHelpers } from '../functions/unit-helpers.ts'

/** How long scripts may run without a pause, ms; then their loops throw. */
const longestTurnMs = 2_000

/**
 * The program that stands before a file's markup in its sandboxed document: it connects to the page and gives the file's
 * code a widget context whose calls are messages. Names are those that code of dashboard files uses.
 * @param clock what guarded scripts call in their loops and functions
 * @param tooLong what they fail with when they do not end
 */
export const markupProgram = (clock: string, tooLong: string): string => `'use strict';
(() => {
  const turn = { startedAt: 0, calls: 0 }
  const pause = new MessageChannel()
  pause.port1.onmessage = () => { turn.startedAt = 0 }
  const now = performance.now.bind(performance)
  Object.defineProperty(window, ${JSON.stringify(clock)}, { value: () => {
    if (turn.startedAt === 0) {
      turn.startedAt = now()
      pause.port2.postMessage(null)
    } else if ((turn.calls += 1) % 256 === 0 && now() - turn.startedAt > ${longestTurnMs}) throw new Error(${JSON.stringify(tooLong).replaceAll('<', '\\u003c')})
  } })
  ${formatHelpers}
  ${unitHelpers}
  ${colorHelpers}
  ${momentHelpers}
  ${queryHelpers}
  let port = null
  let lastId = 0
  let context = {}
  const open = new Map()
  const early = []
  const listeners = []
  const send = (message) => (port ? port.postMessage(message) : early.push(message))
  const ask = (method, ...args) => new Promise((resolve, reject) => {
    lastId += 1
    open.set(lastId, { resolve, reject })
    const id = lastId
    try {
      send({ type: 'call', id, method, args })
    } catch (error) {
      open.delete(id)
      reject(error)
    }
  })
  const failed = (error) => send({ type: 'failed', message: String(error && error.message ? error.name + ': ' + error.message : error) })

  /** Files subscribe to the answer of a call, or wait for it. It starts once, with the call, as they expect of a command. */
  const answer = (promise) => {
    promise.catch(() => {})
    return {
      subscribe: (next, error) => {
        const on = typeof next === 'object' && next !== null ? next : { next, error }
        promise.then((value) => { if (on.next) on.next(value); if (on.complete) on.complete() },
          (cause) => (on.error ? on.error(cause) : failed(cause)))
        return { unsubscribe: () => {} }
      },
      pipe: () => { throw new Error('pipe() of an answer is not available in the sandbox: await it, or subscribe to it') },
      toPromise: () => promise,
      then: (a, b) => promise.then(a, b),
      catch: (b) => promise.catch(b),
      finally: (b) => promise.finally(b),
    }
  }
  const call = (method, ...args) => answer(ask(method, ...args))
  const idOf = (id) => ({ entityType: id && id.entityType, id: id && id.id })
  const pairs = (list) => Object.fromEntries((list || []).map(({ key, value }) => [key, value]))

  const widgetContext = {
    get data() { return context.data || [] },
    get settings() { return context.settings || {} },
    get entity() { return context.entity || null },
    get additionalParams() { return context.params || {} },
    get isDark() { return context.theme === 'dark' },
    get stateController() { return states },
    date: { transform: formatDate },
    utils: { formatValue },
    unitService,
    milliSecondsToTimeString: { transform: timeText },
    translate: { instant: (key) => String(key) },
    onDataUpdated: (listener) => listeners.push(listener),
    updateAliases: () => {},
    detectChanges: () => {},
    showSuccessToast: (message) => void ask('toast', 'success', String(message)),
    showInfoToast: (message) => void ask('toast', 'info', String(message)),
    showWarnToast: (message) => void ask('toast', 'warn', String(message)),
    showErrorToast: (message) => void ask('toast', 'error', String(message)),
    showToast: (kind, message) => void ask('toast', String(kind), String(message)),
    dialogs: {
      alert: (title, message) => call('alert', String(title), String(message || '')),
      confirm: (title, message) => call('confirm', String(title), String(message || '')),
    },
    router: { navigateByUrl: (path) => call('navigate', String(path)) },
    controlApi: {
      sendOneWayCommand: (method, params, timeout) => call('command', method, params, { timeoutMs: timeout, isOneWay: true }),
      sendTwoWayCommand: (method, params, timeout) => call('command', method, params, { timeoutMs: timeout }),
    },
    actionsApi: { elementClick: (event) => { const id = event && event.target && event.target.id; if (id) void ask('action', id) } },
    attributeService: {
      getEntityAttributes: (entity, scope, keys) => call('getAttributes', idOf(entity), scope || null, keys || []),
      saveEntityAttributes: (entity, scope, values) => call('saveAttributes', idOf(entity), scope, pairs(values)),
      deleteEntityAttributes: (entity, scope, values) =>
        call('deleteAttributes', idOf(entity), scope, (values || []).map((one) => one.key || one)),
      saveEntityTimeseries: (entity, _scope, values) => call('saveTelemetry', idOf(entity), pairs(values)),
    },
    http: {
      get: (path) => call('http', 'GET', String(path)),
      post: (path, body) => call('http', 'POST', String(path), body),
      put: (path, body) => call('http', 'PUT', String(path), body),
      delete: (path) => call('http', 'DELETE', String(path)),
    },
    /** Closes the dialog that this document is in. */
    close: () => void ask('close'),
    /** What the widget itself answers. */
    callWidget: (method, ...args) => ask('widget', method, ...args),
  }
  const states = {
    getStateId: () => (context.state || {}).id,
    getStateParams: () => (context.state || {}).params || {},
    openState: (id, params) => call('openState', id, params || {}),
    updateState: (id, params) => call('updateState', id || null, params || {}),
  }
  const byId = (kind) => (id) => call('http', 'GET', '/api/' + kind + '/' + encodeURIComponent(String(id)))
  const services = {
    ...widgetContext,
    deviceService: { getDevice: byId('device'), saveDevice: (one) => call('http', 'POST', '/api/device', one),
      deleteDevice: (id) => call('http', 'DELETE', '/api/device/' + encodeURIComponent(String(id))) },
    assetService: { getAsset: byId('asset'), saveAsset: (one) => call('http', 'POST', '/api/asset', one),
      deleteAsset: (id) => call('http', 'DELETE', '/api/asset/' + encodeURIComponent(String(id))) },
    entityRelationService: { saveRelation: (one) => call('http', 'POST', '/api/relation', one) },
  }
  services.attributeService = widgetContext.attributeService
  services.dialogs = widgetContext.dialogs
  const get = (name) => {
    if (Object.hasOwn(services, name)) return services[name]
    throw new Error('The service ' + name + ' is not available in the sandbox')
  }
  for (const name of ['deviceService', 'assetService', 'entityRelationService']) widgetContext[name] = services[name]
  widgetContext.servicesMap = { get: (name) => name }
  widgetContext.$injector = { get }
  widgetContext.$scope = { $injector: widgetContext.$injector, ctx: widgetContext }
  widgetContext.ctx = widgetContext

  const values = (name) => ({
    ctx: widgetContext, widgetContext, container: document.body, $event: context.event || {},
    entityId: context.entity ? context.entity.id : null, entityName: context.entity ? context.entity.name : null,
    entityLabel: context.entity ? context.entity.label : null, additionalParams: context.params || {},
    htmlTemplate: context.html || '',
  })[name]

  const begin = async ({ code, argumentNames, modules, context: given }) => {
    context = given || {}
    document.documentElement.dataset.theme = context.theme || 'light'
    if (code) {
      const names = Object.keys(modules || {})
      const loaded = await Promise.all(names.map((name) => import(URL.createObjectURL(new Blob([modules[name]], { type: 'text/javascript' })))))
      const AsyncFunction = (async () => {}).constructor
      await new AsyncFunction(...names, ...argumentNames, code)(...loaded, ...argumentNames.map(values))
    }
    send({ type: 'finished' })
  }

  addEventListener('message', function connect(event) {
    if (port || !event.ports[0] || event.source !== parent) return
    removeEventListener('message', connect)
    port = event.ports[0]
    port.onmessage = ({ data }) => {
      if (data.type === 'ping') return port.postMessage({ type: 'pong' })
      if (data.type === 'context') {
        context = data.context
        document.documentElement.dataset.theme = context.theme || 'light'
        for (const listener of listeners) { try { listener(widgetContext) } catch (error) { failed(error) } }
        return
      }
      const waiting = open.get(data.id)
      open.delete(data.id)
      if (waiting) data.ok ? waiting.resolve(data.value) : waiting.reject(new Error(data.message))
    }
    for (const message of early.splice(0)) port.postMessage(message)
    begin(event.data).catch(failed)
  })
  addEventListener('error', (event) => failed(event.error || event.message))
  addEventListener('unhandledrejection', (event) => failed(event.reason))
  addEventListener('click', (event) => { const id = event.target && event.target.closest && event.target.closest('[id]'); if (id) void ask('action', id.id).catch(() => {}) })
  window.widgetContext = widgetContext
})()
`
