import { describe, expect, it } from 'vitest'
import { bindingSchema, type Binding } from '../../engines/scada/bindings.ts'
import type { XmlNode } from '../../engines/scada/xml.ts'
import { findWidget } from '../../manifests.ts'
import { findAtOnce, findChosen } from '../find-chosen.ts'
import { symbolFqns, symbolOfFqn, symbolOfLink } from '../names.ts'
import { findSymbol, ownSymbols } from './registry.ts'

const tagsIn = (node: XmlNode): string[] => [
  ...(node.attributes['tb:tag'] ? [node.attributes['tb:tag']] : []),
  ...node.children.flatMap((child) => (typeof child === 'string' ? [] : tagsIn(child))),
]

/** Names of values, properties and actions that a binding stands on. */
const namesIn = (binding: Binding): string[] => {
  const found: string[] = []
  const ofWhen = (when: string | undefined) =>
    found.push(
      ...(when ?? '')
        .split('&')
        .map((one) => one.trim().replace(/^!/, ''))
        .filter(Boolean),
    )
  const ofAmount = (amount: unknown) => {
    if (typeof amount === 'string') found.push(amount.replace(/^\$/, ''))
  }
  for (const choice of [binding.fill, binding.stroke]) {
    const all = typeof choice === 'string' ? [{ when: '', use: choice }] : (choice ?? [])
    for (const { when, use } of all) {
      ofWhen(when)
      if (use.startsWith('$')) ofAmount(use)
    }
  }
  ofWhen(binding.show)
  ofWhen(binding.blink)
  ofWhen(binding.spin?.when)
  ofWhen(binding.flow?.when)
  ofWhen(binding.flow?.back)
  for (const scale of [binding.turn, binding.level]) {
    if (scale) for (const one of [scale.of, scale.from, scale.to]) ofAmount(one)
  }
  for (const one of [binding.spin?.speed, binding.flow?.speed, binding.text?.of, binding.text?.decimals]) ofAmount(one)
  if (binding.text?.unit?.startsWith('$')) ofAmount(binding.text.unit)
  if (binding.click) found.push(...Object.values(binding.click))
  return found
}

describe.each(ownSymbols)('symbol $id', (own) => {
  const { metadata, drawing, box, hasCode } = own.read()
  it('is a drawing on the grid, without code', () => {
    expect(hasCode).toBe(false)
    expect(box).toEqual({ x: 0, y: 0, width: own.size.columns * 100, height: own.size.rows * 100 })
  })
  it('has a part for each binding, and a binding for each part', () => {
    expect(new Set(tagsIn(drawing))).toEqual(new Set(metadata.tags.map(({ tag }) => tag)))
  })
  it('binds parts to what it has', () => {
    const known = new Set([...metadata.behavior, ...metadata.properties].map(({ id }) => id))
    const unknown = metadata.tags
      .flatMap(({ bind }) => namesIn(bindingSchema.parse(bind)))
      .filter((one) => !known.has(one))
    expect(unknown).toEqual([])
  })
  it('has every behaviour and property once', () => {
    const ids = [...metadata.behavior, ...metadata.properties].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('names of symbols', () => {
  it('are one symbol each', () => {
    const names = ownSymbols.flatMap(({ id, standsFor }) => [id, ...standsFor])
    expect(new Set(names).size).toBe(names.length)
  })
  it('stand for symbols that there are', () => {
    const known = new Set(symbolFqns.map(symbolOfFqn))
    expect(symbolFqns).toHaveLength(160)
    expect(ownSymbols.flatMap(({ standsFor }) => standsFor).filter((name) => !known.has(name))).toEqual([])
  })
  it.each([
    ['system.hp_centrifugal_pump', 'pump-hp'],
    ['system.vertical_tank', 'vertical-tank'],
    ['system.hp_circuit_breaker', 'curcuit-breaker-hp'],
    ['system.water_stop', 'waterstop'],
  ])('%s is the widget of symbols, and its symbol %s', (fqn, name) => {
    const manifest = findWidget(fqn)
    expect(manifest?.type).toBe('scada-symbol')
    expect(manifest?.upgrade?.({}, fqn.slice(7))).toMatchObject({ symbol: name })
    expect(findSymbol(name)).toBeDefined()
  })
})

const none = { symbol: '', scadaSymbolUrl: null, scadaSymbolContent: null }
const nothing = () => Promise.reject(new Error('404'))

describe('the symbol of a widget', () => {
  it('is ours where ThingsBoard has one of the same purpose, and found at once', async () => {
    const scadaSymbolUrl = 'tb-image;/api/images/system/pump-hp.svg'
    const read = () => Promise.reject(new Error('must not be read'))
    expect(await findChosen({ ...none, scadaSymbolUrl }, read)).toMatchObject({
      kind: 'symbol',
      symbol: { metadata: { title: 'Centrifugal pump' } },
    })
  })
  it('is the text that the file carries, before all', () => {
    const scadaSymbolContent = '<svg viewBox="0 0 10 10"><path d="M0 0"/></svg>'
    expect(findAtOnce({ ...none, symbol: 'fan', scadaSymbolContent })).toMatchObject({
      kind: 'symbol',
      symbol: { box: { width: 10 } },
    })
  })
  it('is a stored file', async () => {
    const read = async (link: string) => `<svg viewBox="0 0 20 20"><title>${link}</title></svg>`
    const found = await findChosen({ ...none, scadaSymbolUrl: 'tb-image;/api/images/tenant/own.svg' }, read)
    expect(found).toMatchObject({ kind: 'symbol', symbol: { box: { width: 20 } } })
  })
  it('is missing by its name where nothing here draws it', async () => {
    const link = 'tb-image;/api/images/system/level-and-fan.svg'
    expect(await findChosen({ ...none, scadaSymbolUrl: link }, nothing)).toEqual({
      kind: 'missing',
      name: 'level-and-fan',
      problem: null,
    })
    expect(await findChosen({ ...none, scadaSymbolUrl: '/api/images/tenant/gone.svg' }, nothing)).toEqual({
      kind: 'missing',
      name: 'gone',
      problem: '404',
    })
    expect(findAtOnce({ ...none, symbol: 'constructor' })).toMatchObject({ kind: 'missing', name: 'constructor' })
    expect(findAtOnce(none)).toEqual({ kind: 'none' })
  })
  it.each([
    '/api/images/tenant/a.svg',
    'https://evil.example/api/images/system/a.svg',
    '/api/images/system/../a.svg',
    '',
  ])('%j is none of the system', (link) => expect(symbolOfLink(link)).toBeNull())
})
