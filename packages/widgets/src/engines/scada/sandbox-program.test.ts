// @vitest-environment jsdom
import * as library from '@svgdotjs/svg.js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readSymbol } from './read-symbol.ts'
import { sandboxProgram } from './sandbox-program.ts'
import { writeXml } from './xml.ts'

/** What a document of the sandbox offers to its code. */
const documentContext = (settings: object) => {
  const listeners: (() => void)[] = []
  return {
    settings,
    onDataUpdated: (listener: () => void) => listeners.push(listener),
    callWidget: vi.fn(async () => null as unknown),
    showErrorToast: vi.fn(),
    update: (values: object) => {
      context().settings = { ...context().settings, values }
      for (const listener of listeners) listener()
    },
  }
}
type Context = ReturnType<typeof documentContext>
let current: Context | null = null
const context = (): Context => {
  if (!current) throw new Error('nothing runs')
  return current
}

const animate = vi.fn()
const rejections: string[] = []
const onRejection = (reason: unknown) => rejections.push(String(reason))

beforeEach(() => {
  rejections.length = 0
  animate.mockReset().mockImplementation(() => ({
    playState: 'running',
    playbackRate: 1,
    cancel: vi.fn(),
    pause: vi.fn(),
    play: vi.fn(),
  }))
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  Object.assign(Element.prototype, { animate })
  Object.assign(SVGElement.prototype, { getBBox: () => ({ x: 0, y: 0, width: 40, height: 20 }) })
  process.on('unhandledRejection', onRejection)
})
afterEach(() => {
  process.off('unhandledRejection', onRejection)
  vi.unstubAllGlobals()
  document.body.replaceChildren()
  current = null
})

const start = (
  metadata: object,
  inside: string,
  given: { values?: object; properties?: object; icons?: object; units?: object } = {},
) => {
  const read = readSymbol(
    `<svg viewBox="0 0 100 100"><tb:metadata>${JSON.stringify(metadata).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</tb:metadata>${inside}</svg>`,
  )
  if (!read.ok) throw new Error(read.problem)
  const symbol = { svg: writeXml(read.symbol.drawing), metadata: read.symbol.metadata }
  current = documentContext({ values: {}, properties: {}, ...given })
  const run = new Function('ctx', 'container', 'symbol', 'SVG', sandboxProgram)
  run(current, document.body, symbol, Object.assign(library.SVG, { Matrix: library.Matrix }))
  return (selector: string) => {
    const found = document.body.querySelector(selector)
    if (!found) throw new Error(`${selector} is not there`)
    return found
  }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('a symbol in the sandbox', () => {
  it('draws by its functions, and anew when a value changes', async () => {
    const find = start(
      {
        stateRenderFunction: 'svg.attr("data-all", ctx.values.level)',
        tags: [
          { tag: 'body', stateRenderFunction: 'element.fill(ctx.values.running ? ctx.properties.on : "grey")' },
          {
            tag: 'label',
            stateRenderFunction: 'ctx.api.text(element, ctx.api.formatValue(ctx.values.level, 1, "m", true))',
          },
        ],
        properties: [{ id: 'on', type: 'color', default: '#0a0' }],
      },
      '<rect tb:tag="body"/><rect tb:tag="body"/><text tb:tag="label"><tspan>?</tspan></text>',
      { values: { running: false, level: 2 }, properties: { on: '#00aa00' } },
    )
    expect(find('rect').getAttribute('fill')).toBe('grey')
    expect(find('tspan').textContent).toBe('2.0 m')
    context().update({ running: true, level: 3.25 })
    expect([...document.body.querySelectorAll('rect')].map((one) => one.getAttribute('fill'))).toEqual([
      '#00aa00',
      '#00aa00',
    ])
    expect(find('svg').getAttribute('data-all')).toBe('3.25')
    await settled()
    expect(rejections).toEqual([])
  })

  it('asks the page for actions and tells its code how they ended', async () => {
    const find = start(
      {
        tags: [
          {
            tag: 'valve',
            actions: {
              click: {
                actionFunction:
                  'ctx.api.callAction(event, "open", true, { next: () => ctx.api.setValue("opened", true), error: () => ctx.api.setValue("failed", true) })',
              },
            },
            stateRenderFunction:
              'element.attr("data-state", ctx.values.opened ? "open" : ctx.values.failed ? "failed" : "closed")',
          },
        ],
      },
      '<circle tb:tag="valve"/>',
      { values: { opened: false } },
    )
    expect(find('circle').getAttribute('cursor')).toBe('pointer')
    find('circle').dispatchEvent(new Event('click'))
    await settled()
    expect(context().callWidget.mock.calls).toEqual([['symbolAction', 'open', true]])
    expect(find('circle').getAttribute('data-state')).toBe('open')
    context().callWidget.mockRejectedValueOnce(new Error('refused'))
    context().update({ opened: false })
    find('circle').dispatchEvent(new Event('click'))
    await settled()
    expect(find('circle').getAttribute('data-state')).toBe('failed')
    expect(context().showErrorToast).toHaveBeenCalledWith('refused')
  })

  it('goes on where one function fails, and says so once', async () => {
    const find = start(
      {
        tags: [
          { tag: 'a', stateRenderFunction: 'nothing.there()' },
          { tag: 'b', stateRenderFunction: 'this is no code' },
          { tag: 'c', stateRenderFunction: 'element.attr("data-c", ctx.values.n)' },
        ],
      },
      '<g tb:tag="a"/><g tb:tag="b"/><g tb:tag="c"/>',
      { values: { n: 1 } },
    )
    context().update({ n: 2 })
    await settled()
    expect(find('[data-c]').getAttribute('data-c')).toBe('2')
    expect(rejections).toEqual([expect.stringContaining('b: '), expect.stringContaining('a: nothing is not defined')])
  })

  it('moves elements, and puts them back', async () => {
    const find = start(
      {
        tags: [
          {
            tag: 'x',
            stateRenderFunction:
              'if (ctx.values.on) ctx.api.cssAnimate(element, 500).attr({ opacity: 0.2 }).loop(0, true); else ctx.api.resetCssAnimation(element)',
          },
          { tag: 'y', stateRenderFunction: 'ctx.api.cssAnimate(element, 500).attr({ height: ctx.values.h })' },
          {
            tag: 'z',
            stateRenderFunction:
              'if (!ctx.api.cssAnimation(element)) ctx.api.cssAnimate(element, 2000).rotate(360).loop().speed(2)',
          },
        ],
      },
      '<g tb:tag="x" opacity="1"/><rect tb:tag="y" height="4"/><g tb:tag="z"/>',
      { values: { on: true, h: 30 } },
    )
    await settled()
    expect(find('rect').getAttribute('height')).toBe('30')
    const [blink, height, turn] = animate.mock.calls
    expect(blink).toEqual([
      [{ opacity: '1' }, { opacity: '0.2' }, { opacity: '1' }],
      expect.objectContaining({ iterations: Infinity }),
    ])
    expect(height).toEqual([
      [{ height: '4px' }, { height: '30px' }],
      expect.objectContaining({ duration: 500, iterations: 1 }),
    ])
    expect(turn?.[0][1].transform).toContain('rotate(360deg)')
    context().update({ on: false, h: 30 })
    await settled()
    expect(animate.mock.results[0]?.value.cancel).toHaveBeenCalled()
    expect(find('g').getAttribute('opacity')).toBe('1')
    expect(rejections).toEqual([])
  })

  it('offers connectors, colours by ranges, fonts and switching off', async () => {
    const find = start(
      {
        tags: [
          {
            tag: 'flow',
            stateRenderFunction:
              'ctx.api.connectorAnimate(element, "M0 0H9", "M9 0H0").flowAppearance(4, "#123456", "round", 6, 3).duration(2).direction(false).play()',
          },
          {
            tag: 'text',
            stateRenderFunction:
              'ctx.properties.c.update(ctx.values.v); ctx.api.font(element, { family: "Roboto", size: 12, sizeUnit: "px", weight: 500 }, ctx.properties.c.color); ctx.api.disable(element)',
          },
          { tag: 'icon', stateRenderFunction: 'ctx.api.icon(element, "mdi:pump", 20, "#654321")' },
        ],
        properties: [{ id: 'c', type: 'color_settings' }],
      },
      '<g tb:tag="flow"/><text tb:tag="text">x</text><g tb:tag="icon"/>',
      {
        values: { v: 70 },
        properties: { c: { type: 'range', color: '#000000', rangeList: [{ from: 50, to: 90, color: '#ff0000' }] } },
      },
    )
    await settled()
    expect(rejections).toEqual([])
    expect(find('path').getAttribute('d')).toBe('M9 0H0')
    expect(find('path').getAttribute('stroke-dasharray')).toBe('6 3')
    expect(find('text').getAttribute('fill')).toBe('#ff0000')
    expect(find('text').getAttribute('pointer-events')).toBe('none')
    expect(find('circle').getAttribute('fill')).toBe('#654321')
    expect(rejections).toEqual([])
  })

  it('draws icons that it was given, and turns values into the measures of the reader', async () => {
    const unit = { from: '°C', IMPERIAL: '°F' }
    const find = start(
      {
        tags: [
          { tag: 'icon', stateRenderFunction: 'ctx.api.icon(element, ctx.properties.icon, 48, "#123456")' },
          {
            tag: 'whole',
            stateRenderFunction:
              'ctx.api.text(element, ctx.api.formatValue(ctx.values.v, { units: ctx.properties.unit, decimals: 1 }))',
          },
          {
            tag: 'parts',
            stateRenderFunction:
              'ctx.api.text(element, ctx.api.convertUnitValue(ctx.values.v, ctx.properties.unit) + "|" + ctx.api.unitSymbol(ctx.properties.unit))',
          },
        ],
        properties: [
          { id: 'icon', type: 'icon' },
          { id: 'unit', type: 'units' },
        ],
      },
      '<g tb:tag="icon"/><text x="1" tb:tag="whole">x</text><text x="2" tb:tag="parts">x</text>',
      {
        values: { v: 20 },
        properties: { icon: 'pump', unit },
        icons: { pump: '<path d="M1 2"/>' },
        units: { [JSON.stringify(unit)]: { symbol: '°F', factor: 1.8, offset: 32 } },
      },
    )
    await settled()
    expect(rejections).toEqual([])
    expect(find('g g').getAttribute('stroke')).toBe('#123456')
    expect(find('g g').getAttribute('transform')).toBe('translate(-24 -24) scale(2)')
    expect(find('g g path').getAttribute('d')).toBe('M1 2')
    expect(find('text[x="1"]').textContent).toBe('68 °F')
    expect(find('text[x="2"]').textContent).toBe('68|°F')
  })
})
