import { colorHelpers } from '../functions/color-helpers.ts'
import { contextHelpers } from '../functions/context-helpers.ts'
import { formatHelpers } from '../functions/format-helpers.ts'
import { momentHelpers } from '../functions/moment-helpers.ts'
import { unitHelpers } from '../functions/unit-helpers.ts'
import { queryHelpers } from './query-helpers.ts'
import { serviceHelpers } from './service-helpers.ts'

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

  ${contextHelpers}
  ${serviceHelpers}

  const toast = (kind) => (message) => void ask('toast', kind, String(message))
  const widgetContext = Object.assign(contextMembers(() => context, call), services, {
    rxjs,
    http,
    onDataUpdated: (listener) => listeners.push(listener),
    updateAliases: () => {},
    detectChanges: () => {},
    showSuccessToast: toast('success'),
    showInfoToast: toast('info'),
    showWarnToast: toast('warn'),
    showErrorToast: toast('error'),
    showToast: (kind, message) => toast(String(kind))(message),
    router: { navigateByUrl: (path) => call('navigate', String(path)) },
    controlApi: {
      sendOneWayCommand: (method, params, timeout) => call('command', method, params, { timeoutMs: timeout, isOneWay: true }),
      sendTwoWayCommand: (method, params, timeout) => call('command', method, params, { timeoutMs: timeout }),
    },
    /** Values follow by themselves. */
    aliasController: { updateAliases: () => {} },
    /** Closes the dialog that this document is in. */
    close: () => void ask('close'),
    /** What the widget itself answers. */
    callWidget: (method, ...args) => ask('widget', method, ...args),
  })
  Object.defineProperties(widgetContext, {
    data: { get: () => context.data || [] },
    entity: { get: () => context.entity || null },
    additionalParams: { get: () => context.params || {} },
    isDark: { get: () => context.theme === 'dark' },
  })
  const named = { ...services, utils: widgetContext.utils, translate: widgetContext.translate, date: widgetContext.date }
  const get = (name) => {
    if (Object.hasOwn(named, name)) return named[name]
    throw new Error('The service ' + name + ' is not available in the sandbox')
  }
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
