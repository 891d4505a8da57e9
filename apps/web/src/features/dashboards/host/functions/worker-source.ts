import { colorHelpers } from './color-helpers.ts'
import { contextHelpers } from './context-helpers.ts'
import { formatHelpers } from './format-helpers.ts'
import { momentHelpers } from './moment-helpers.ts'
import { unitHelpers } from './unit-helpers.ts'
import { sandboxLimits } from './protocol.ts'

const { nodes, characters, depth } = sandboxLimits

/**
 * The program of the sandbox's worker, as text, because it runs in a document of another origin that may load nothing.
 * It takes away what leads out before foreign code runs. That is the second wall: the first is the policy of the document
 * that started it, which allows no connection at all.
 */
export const workerSource = String.raw`'use strict';
(() => {
  const post = self.postMessage.bind(self)
  const listen = self.addEventListener.bind(self)
  const AsyncFunction = (async () => {}).constructor
  const GivenFunction = Function
  const makeUrl = URL.createObjectURL.bind(URL)
  const GivenBlob = Blob
  const load = (url) => import(url)

  const gone = ['postMessage', 'onmessage', 'onmessageerror', 'addEventListener', 'removeEventListener', 'dispatchEvent',
    'close', 'fetch', 'XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'WebTransport', 'EventSource', 'importScripts',
    'Worker', 'SharedWorker', 'BroadcastChannel', 'MessageChannel', 'MessagePort', 'indexedDB', 'caches', 'cookieStore',
    'navigator', 'RTCPeerConnection', 'Notification', 'FileReaderSync', 'webkitRequestFileSystem',
    'webkitRequestFileSystemSync', 'webkitResolveLocalFileSystemURL', 'webkitResolveLocalFileSystemSyncURL']
  for (const name of gone) {
    for (let at = self; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      try { delete at[name] } catch {}
    }
    try { Object.defineProperty(self, name, { value: undefined, writable: false, configurable: false }) } catch {}
  }

  const tooLarge = () => new RangeError('The result is too large')
  /** A plain copy that can be handed over; what cannot be is refused by name. */
  const plain = (value) => {
    let seenNodes = 0
    let seenCharacters = 0
    const walk = (one, level) => {
      seenNodes += 1
      if (seenNodes > ${nodes} || level > ${depth}) throw tooLarge()
      if (typeof one === 'string') {
        seenCharacters += one.length
        if (seenCharacters > ${characters}) throw tooLarge()
        return one
      }
      if (typeof one === 'function' || typeof one === 'symbol') throw new TypeError('A ' + typeof one + ' cannot be a result')
      if (typeof one !== 'object' || one === null) return one
      if (one instanceof Date) return new Date(one.getTime())
      if (Array.isArray(one)) {
        if (one.length > ${nodes}) throw tooLarge()
        return Array.from(one, (member) => walk(member, level + 1))
      }
      const copy = {}
      for (const key of Object.keys(one)) {
        seenCharacters += key.length
        if (key !== '__proto__') copy[key] = walk(one[key], level + 1)
      }
      return copy
    }
    return walk(value, 0)
  }

  const hints = {
    ctx: 'the widget context is not handed to this function',
    widgetContext: 'the widget context is not handed to this function',
    window: 'functions run in a sandbox without the page',
    document: 'functions run in a sandbox without the page',
    fetch: 'functions run in a sandbox without network',
    XMLHttpRequest: 'functions run in a sandbox without network',
    importScripts: 'functions run in a sandbox without network',
    WebSocket: 'functions run in a sandbox without network',
    localStorage: 'functions run in a sandbox without storage',
    sessionStorage: 'functions run in a sandbox without storage',
    indexedDB: 'functions run in a sandbox without storage',
  }
  const explain = (error) => {
    const told = error instanceof Error ? error.name + ': ' + error.message : String(error)
    const missing = /^(?:ReferenceError: (\S+) is not defined|TypeError: (?:self\.|globalThis\.)?(\S+) is not a (?:function|constructor))/.exec(told)
    const name = missing ? missing[1] || missing[2] : ''
    const hint = Object.hasOwn(hints, name) ? ' (' + hints[name] + ')' : missing && missing[1] ? ' (the sandbox has no such name)' : ''
    return told.slice(0, 500) + hint
  }

  ${formatHelpers}
  ${unitHelpers}
  ${colorHelpers}
  ${momentHelpers}
  ${contextHelpers}
  const onlyActions = () => { throw new Error('Only code of an action may open or change something') }
  /** Foreign code may write into its context: each call has one of its own. */
  const withHelpers = (name, value) =>
    (name === 'ctx' || name === 'widgetContext' || name === 'widgetCtx') && typeof value === 'object' && value !== null
      ? contextMembers(() => value, onlyActions)
      : value

  const modules = new Map()
  const moduleOf = (text) => {
    if (!modules.has(text)) modules.set(text, load(makeUrl(new GivenBlob([text], { type: 'text/javascript' }))))
    return modules.get(text)
  }

  const compile = (names, code) => {
    try {
      return new GivenFunction(...names, code)
    } catch (error) {
      // Only what says await needs to be async, which makes every call wait a turn.
      if (error instanceof SyntaxError && /\bawait\b/.test(code)) return new AsyncFunction(...names, code)
      throw error
    }
  }

  const run = async ({ id, code, modules: texts, names, calls }) => {
    let results = []
    try {
      const moduleNames = Object.keys(texts)
      const loaded = await Promise.all(moduleNames.map((name) => moduleOf(texts[name])))
      const fn = compile([...moduleNames, ...names], code)
      for (const call of calls) {
        try {
          let value = fn.apply(undefined, [...loaded, ...call.map((one, at) => withHelpers(names[at], one))])
          if (value && typeof value.then === 'function') value = await value
          results.push({ ok: true, value: plain(value) })
        } catch (error) {
          results.push({ ok: false, message: explain(error) })
        }
      }
    } catch (error) {
      results = calls.map(() => ({ ok: false, message: explain(error) }))
    }
    try {
      post({ type: 'done', id, results })
    } catch (error) {
      post({ type: 'done', id, results: calls.map(() => ({ ok: false, message: explain(error) })) })
    }
  }

  listen('message', (event) => void run(event.data))
  post({ type: 'ready' })
})()
`
