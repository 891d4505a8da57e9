import { createContext, runInContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { sandboxLimits } from './protocol.ts'
import { workerSource } from './worker-source.ts'

type Reply = { type: string; id?: number; results?: ({ ok: true; value: unknown } | { ok: false; message: string })[] }

/** The worker's program in a context that has what a worker's global has, as far as the program looks at it. */
const startWorker = async () => {
  const replies: Reply[] = []
  let onMessage: ((event: { data: unknown }) => void) | null = null
  let wake = () => {}
  const globals: Record<string, unknown> = {
    postMessage: (reply: Reply) => {
      replies.push(structuredClone(reply))
      wake()
    },
    addEventListener: (_type: string, listener: (event: { data: unknown }) => void) => {
      onMessage = listener
    },
    fetch: async () => 'out',
    XMLHttpRequest: class {},
    WebSocket: class {},
    importScripts: () => 'out',
    indexedDB: {},
    navigator: { sendBeacon: () => true },
    URL: { createObjectURL: () => 'blob:x' },
    Blob: class {},
  }
  globals.self = globals
  const context = createContext(globals)
  runInContext('globalThis.self = globalThis', context)
  runInContext(workerSource, context)
  const run = async (code: string, calls: unknown[][] = [[]], names: string[] = []) => {
    const count = replies.length
    const answered = new Promise<void>((resolve) => {
      wake = resolve
    })
    onMessage?.({ data: { id: count, code, modules: {}, names, calls } })
    await answered
    return replies[count]?.results ?? []
  }
  return { run, replies }
}

const one = async (code: string, call: unknown[] = [], names: string[] = []) =>
  (await (await startWorker()).run(code, [call], names))[0]

describe("the sandbox's worker", () => {
  it('says that it is ready, and answers each call', async () => {
    const { run, replies } = await startWorker()
    expect(replies).toEqual([{ type: 'ready' }])
    expect(
      await run(
        'return a + b',
        [
          [1, 2],
          ['x', 'y'],
        ],
        ['a', 'b'],
      ),
    ).toEqual([
      { ok: true, value: 3 },
      { ok: true, value: 'xy' },
    ])
  })

  it('answers the other calls when one fails', async () => {
    const { run } = await startWorker()
    const results = await run('if (n > 1) throw new Error("too much"); return n', [[1], [2], [0]], ['n'])
    expect(results.map((result) => result.ok)).toEqual([true, false, true])
    expect(results[1]).toEqual({ ok: false, message: 'Error: too much' })
  })

  it.each([
    'fetch("https://example.org")',
    'new XMLHttpRequest()',
    'new WebSocket("wss://example.org")',
    'importScripts("https://example.org/x.js")',
    'self.fetch("/api/user")',
    'globalThis["fe" + "tch"]("/api/user")',
    'navigator.sendBeacon("/x")',
    'postMessage({ type: "done", id: 0, results: [] })',
    'self.postMessage(1)',
    'indexedDB.open("x")',
    'window.top.location = "https://example.org"',
    'document.cookie',
    'localStorage.getItem("jwt_token")',
    'delete self.fetch; self.fetch = 1; return self.fetch()',
  ])('has no way out: %s', async (code) => {
    const result = await one(code.includes('return') ? code : `return ${code}`)
    expect(result).toMatchObject({ ok: false })
  })

  it('says what is not there', async () => {
    expect(await one('return document.title')).toEqual({
      ok: false,
      message: 'ReferenceError: document is not defined (functions run in a sandbox without the page)',
    })
    expect(await one('return fetch("/api")')).toEqual({
      ok: false,
      message: 'TypeError: fetch is not a function (functions run in a sandbox without network)',
    })
    expect(await one('return lodash("red")')).toEqual({
      ok: false,
      message: 'ReferenceError: lodash is not defined (the sandbox has no such name)',
    })
    expect(await one('return (')).toMatchObject({ ok: false, message: expect.stringMatching(/^SyntaxError: /) })
  })

  it.each([
    ['a long text', `return "x".repeat(${sandboxLimits.characters + 1})`],
    ['a long list', `return new Array(${sandboxLimits.nodes + 1}).fill(0)`],
    ['a huge sparse list', 'return new Array(4e9)'],
    ['many members', `return Object.fromEntries(Array.from({length: ${sandboxLimits.nodes + 1}}, (_, n) => [n, n]))`],
    ['a ring', 'const a = {}; a.a = a; return a'],
    [
      'a list that grows as it is read',
      'const a = {}; return Object.defineProperty(a, "b", { enumerable: true, get: () => a })',
    ],
  ])('refuses %s', async (_name, code) => {
    expect(await one(code)).toEqual({ ok: false, message: 'RangeError: The result is too large' })
  })

  it('hands over plain values only', async () => {
    expect(await one('return () => 1')).toMatchObject({
      ok: false,
      message: 'TypeError: A function cannot be a result',
    })
    expect(await one('return { a: Symbol("x") }')).toMatchObject({ ok: false })
    expect(await one('class A { constructor() { this.x = 1 } }; return new A()')).toEqual({ ok: true, value: { x: 1 } })
    expect(await one('return JSON.parse(\'{"__proto__": {"polluted": 1}}\')')).toEqual({ ok: true, value: {} })
    expect(await one('return Number.NaN')).toEqual({ ok: true, value: Number.NaN })
    expect(await one('return')).toEqual({ ok: true, value: undefined })
  })

  it('waits for what is promised, and for code that awaits', async () => {
    expect(await one('return Promise.resolve(4)')).toEqual({ ok: true, value: 4 })
    expect(await one('return (await Promise.resolve(4)) + 1')).toEqual({ ok: true, value: 5 })
    expect(await one('return Promise.reject(new Error("no"))')).toEqual({ ok: false, message: 'Error: no' })
  })

  it('gives a widget context the calls that need nothing but their arguments', async () => {
    const at = new Date(2026, 1, 3, 14, 5, 6).getTime()
    expect(await one('return ctx.date.transform(at, "yyyy-MM-dd HH:mm:ss")', [{}, at], ['ctx', 'at'])).toEqual({
      ok: true,
      value: '2026-02-03 14:05:06',
    })
    expect(await one('return ctx.date.transform(at, "d MMM \'at\' h:mm a")', [{}, at], ['ctx', 'at'])).toEqual({
      ok: true,
      value: '3 Feb at 2:05 PM',
    })
    expect(await one('return ctx.utils.formatValue(21.456, 1, "°C")', [{}], ['ctx'])).toEqual({
      ok: true,
      value: '21.5 °C',
    })
    const span = 93_784_000
    const spanText = (more: string) =>
      one(`return ctx.milliSecondsToTimeString.transform(at${more})`, [{}, span], ['ctx', 'at'])
    expect(await spanText('')).toEqual({ ok: true, value: '1 day 2 hours 3 minutes 4 seconds' })
    expect(await spanText(', true')).toEqual({ ok: true, value: '1d 2h 3m 4s' })
    expect(await spanText(', true, true')).toEqual({ ok: true, value: '1d' })
    const actions = "return ctx.actionsApi.getActionDescriptors('elementClick').length + ctx.datasources.length"
    expect(await one(actions, [{}], ['ctx'])).toEqual({ ok: true, value: 0 })
  })

  it('tells code of the states, the viewer, the actions and the entities of its widget', async () => {
    const entityId = { entityType: 'DEVICE', id: '1' }
    const context = {
      states: [
        { id: 'default', params: {} },
        { id: 'details', params: { entityId, alarm: { type: 'High' }, pump: { entityId } } },
      ],
      isMobile: true,
      user: { authority: 'TENANT_ADMIN' },
      actions: { elementClick: [{ id: 'a', name: 'Logs', displayName: 'Logs', source: 'elementClick' }] },
      datasources: [{ entity: { id: entityId }, entityName: 'Pump' }],
    }
    const told = async (code: string) => {
      const result = await one(`return ${code}`, [context], ['ctx'])
      return result?.ok ? result.value : result?.message
    }
    expect(await told('ctx.stateController.getStateId()')).toBe('details')
    expect(await told('ctx.stateController.getStateIndex()')).toBe(1)
    expect(await told('ctx.stateController.getStateIdAtIndex(0)')).toBe('default')
    expect(await told('ctx.dashboard.stateController.getStateParams().alarm.type')).toBe('High')
    expect(await told('ctx.stateController.getStateParamsByStateId("gone")')).toBeNull()
    expect(await told('ctx.stateController.getEntityId("pump").id + ctx.stateController.getEntityId("gone")')).toBe(
      '1null',
    )
    expect(await told('[ctx.isMobile, ctx.dashboard.isMobile, ctx.isEdit]')).toEqual([true, true, false])
    expect(await told('ctx.currentUser.authority')).toBe('TENANT_ADMIN')
    expect(await told("ctx.actionsApi.getActionDescriptors('elementClick').map((one) => one.displayName)")).toEqual([
      'Logs',
    ])
    expect(await told('ctx.datasources[0].entity.id.id')).toBe('1')
    expect(await told('ctx.sanitizer.sanitize(1, "<b>x</b>") + ctx.sanitizer.sanitize(1, null)')).toBe('<b>x</b>null')
    expect(
      await told('(ctx.dashboardWidget.widgetLayout.mobileHide = true, ctx.dashboardWidget.widgetLayout)'),
    ).toEqual({ mobileHide: true })
    expect(await told("[ctx.translate.instant('alarm.clear-all'), ctx.translate.instant('Two words')]")).toEqual([
      'Clear all',
      'Two words',
    ])
    expect(await told("ctx.utils.getEntityDetailsPageURL('1', 'DEVICE')")).toBe('/devices/1')
    expect(await told("ctx.stateController.openState('x', {})")).toBe(
      'Error: Only code of an action may open or change something',
    )
  })

  it('gives each call a context of its own', async () => {
    const { run } = await startWorker()
    const code = 'ctx.dashboardWidget.seen = (ctx.dashboardWidget.seen || 0) + 1; return ctx.dashboardWidget.seen'
    expect(await run(code, [[{}], [{}]], ['ctx'])).toEqual([
      { ok: true, value: 1 },
      { ok: true, value: 1 },
    ])
  })

  it('bears a context of nothing', async () => {
    const code = 'return [ctx.stateController.getStateId(), ctx.stateController.getStateParams(), ctx.currentUser.id]'
    expect(await one(code, [{}], ['ctx'])).toEqual({ ok: true, value: ['', {}, undefined] })
  })

  it('turns units into those of the system of measures of the reader, as the context of widgets does', async () => {
    const unit = { from: '°C', METRIC: '°F', IMPERIAL: '°F', HYBRID: '°F' }
    const call = (code: string) => one(`return ctx.unitService.${code}`, [{}, unit], ['ctx', 'unit'])
    expect(await call('getTargetUnitSymbol(unit)')).toEqual({ ok: true, value: '°F' })
    expect(await call('getTargetUnitSymbol("kW")')).toEqual({ ok: true, value: 'kW' })
    expect(await call('convertUnitValue("20", unit)')).toEqual({ ok: true, value: 68 })
    expect(await call('convertUnitValue(3, "km", "m")')).toEqual({ ok: true, value: 3_000 })
    expect(await call('convertUnitValue(3, "km", "kg")')).toEqual({ ok: true, value: 3 })
    expect(await call('geUnitConverter(unit)(100)')).toEqual({ ok: true, value: 212 })
  })

  it('mixes colours as functions of files do', async () => {
    const made = async (code: string) => {
      const result = await one(`return tinycolor${code}`)
      return result?.ok ? result.value : result?.message
    }
    expect(await made(".mix('blue', 'red', 25).toHexString()")).toBe('#4000bf')
    expect(await made(".mix('yellow', 'red', 50).setAlpha(0.65).toRgbString()")).toBe('rgba(255, 128, 0, 0.65)')
    expect(await made(".mix('green', '#fff', 400).toHexString()")).toBe('#ffffff')
    expect(await made("('hsl(120, 100%, 25%)').toHexString()")).toBe('#008000')
    expect(await made("('#336699').lighten(20).toHexString()")).toBe('#6699cc')
    expect(await made("('rgba(0, 0, 0, 0.5)').toString() + tinycolor('#000').isDark()")).toBe('rgba(0, 0, 0, 0.5)true')
    expect(await made("('no colour').isValid() + tinycolor('whitesmoke').toHex()")).toBe('falsef5f5f5')
  })

  it('reads and writes times as functions of files do', async () => {
    const at = new Date(2026, 1, 3, 14, 5, 6).getTime()
    const made = async (code: string) => {
      const result = await one(`return moment${code}`, [at], ['at'])
      return result?.ok ? result.value : result?.message
    }
    expect(await made("(at).format('D MMM YYYY HH:mm')")).toBe('3 Feb 2026 14:05')
    expect(await made("(at).format('DD.MM.YYYY hh:mm:ss A [h] Do')")).toBe('03.02.2026 02:05:06 PM h 3rd')
    expect(await made("(at).format('LL') + '|' + moment(at).format('LT')")).toBe('February 3, 2026|2:05 PM')
    expect(await made('(at).subtract(40, "days").format("YYYY-MM-DD")')).toBe('2025-12-25')
    expect(await made('(at).endOf("month").format("DD HH:mm:ss.SSS")')).toBe('28 23:59:59.999')
    expect(await made('(at).isSame(new Date(at + 3600000), "day") && moment(at).isBefore(at + 1)')).toBe(true)
    expect(await made('(at).diff(at - 90 * 60000, "hours") + moment(at).day()')).toBe(3)
    expect(await made('(Date.now() - 7200000).fromNow()')).toBe('2 hours ago')
    expect(await made('("no time").format()')).toBe('Invalid date')
    expect(await made('.unix(0).toISOString() + moment.duration(90, "minutes").humanize()')).toBe(
      '1970-01-01T00:00:00.000Z2 hours',
    )
  })
})
