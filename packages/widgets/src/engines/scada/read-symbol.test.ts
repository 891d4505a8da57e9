import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { SymbolDrawing } from './drawing.tsx'
import { readSymbol } from './read-symbol.ts'
import { readXml, stillFile, writeXml, xmlLimits, type XmlNode } from './xml.ts'

const svg = (inside: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:tb="https://thingsboard.io/svg" viewBox="0 0 200 100" ${attributes}>${inside}</svg>`
const metadata = (value: object) => `<tb:metadata><![CDATA[${JSON.stringify(value)}]]></tb:metadata>`

const read = (content: string) => {
  const result = readSymbol(content)
  if (!result.ok) throw new Error(result.problem)
  return result.symbol
}

/** What reaches a browser, by both ways of drawing. */
const drawn = (content: string): string[] => {
  const symbol = read(content)
  const page = renderToStaticMarkup(
    createElement(SymbolDrawing, {
      symbol,
      state: {
        scope: { values: {}, properties: {} },
        defaults: {},
        locale: 'en',
        unitSystem: 'METRIC',
        actionOf: () => null,
      },
      label: 'x',
      isDimmed: false,
    }),
  )
  return [page, writeXml(symbol.drawing)]
}

describe('the file of a symbol', () => {
  it('has its metadata, tags and box', () => {
    const symbol = read(
      `\uFEFF<?xml version="1.0"?><!-- made elsewhere -->${svg(
        `${metadata({
          title: 'Pump',
          widgetSizeX: 2,
          behavior: [{ id: 'running', name: '{i18n:scada.symbol.is-running}', type: 'value', valueType: 'BOOLEAN' }],
          tags: [{ tag: 'body', stateRenderFunction: 'element.show()' }, { odd: 1 }],
          properties: [{ id: 'color', type: 'color', default: '#fff' }],
        })}<g tb:tag="body"><path d="M0 0L1 &amp; 1"/></g>`,
      )}`,
    )
    expect(symbol.box).toEqual({ x: 0, y: 0, width: 200, height: 100 })
    expect(symbol.hasCode).toBe(true)
    expect(symbol.metadata).toMatchObject({
      title: 'Pump',
      widgetSizeX: 2,
      widgetSizeY: 3,
      behavior: [{ id: 'running', name: 'Is running' }],
      tags: [{ tag: 'body' }],
    })
    expect(writeXml(symbol.drawing)).toContain('<g tb:tag="body"><path d="M0 0L1 &amp; 1"></path></g>')
  })

  it('has no code where its functions are empty or only comments', () => {
    const tags = [
      { tag: 'a', stateRenderFunction: '/* nothing */\n // here', actions: { click: { actionFunction: '' } } },
    ]
    expect(read(svg(metadata({ tags }))).hasCode).toBe(false)
  })

  it('is a picture without metadata, or with metadata that nobody can read', () => {
    expect(read(svg('<path d="M0 0"/>')).metadata.behavior).toEqual([])
    expect(read(svg('<tb:metadata>{broken</tb:metadata>')).metadata.tags).toEqual([])
  })

  it.each([
    ['', 'nothing'],
    ['{"a":1}', 'another format'],
    ['<html></html>', 'another document'],
    [svg('<g>'), 'an element that does not end'],
    [svg('</g>'), 'an end without a beginning'],
    ['<svg/><svg/>', 'two drawings'],
    ['<!DOCTYPE svg [<!ENTITY a "&b;&b;"><!ENTITY b "&a;">]><svg>&a;</svg>', 'entities that grow'],
    [`${'<g>'.repeat(xmlLimits.depth + 1)}`, 'too deep'],
    [`<svg>${'<g/>'.repeat(xmlLimits.nodes + 1)}</svg>`, 'too many elements'],
    [' '.repeat(xmlLimits.characters + 1), 'too long'],
    ['<svg a=1></svg>', 'an attribute without quotes'],
  ])('%.40j is refused: %s', (content) => {
    expect(readSymbol(content)).toMatchObject({ ok: false, problem: expect.any(String) })
  })

  it('reads entities of characters, and no others', () => {
    const result = readXml('<a b="&lt;&#65;&#x42;&quot;&unknown;&#99999999;">&gt;</a>')
    expect(result).toEqual({ ok: true, root: { name: 'a', attributes: { b: '<AB"' }, children: ['>'] } })
  })

  it('keeps attributes named like members of objects as data', () => {
    const result = readXml('<a __proto__="x" constructor="y"/>')
    expect(result.ok && Object.keys(result.root.attributes)).toEqual(['__proto__', 'constructor'])
  })
})

const attacks = [
  '<script>alert(1)</script>',
  '<SCRIPT>alert(1)</SCRIPT>',
  '<script href="https://evil.example/x.js"/>',
  '<g onload="alert(1)" onclick="alert(1)" ONMOUSEOVER="alert(1)"/>',
  '<foreignObject><iframe src="https://evil.example"/><body onload="alert(1)"/></foreignObject>',
  '<image href="https://evil.example/x.png"/>',
  '<image xlink:href="data:image/svg+xml,x"/>',
  '<use href="https://evil.example/x.svg#a"/>',
  '<use href="#a"/>',
  '<a href="javascript:alert(1)"><text>x</text></a>',
  '<animate attributeName="href" values="javascript:alert(1)"/>',
  '<set attributeName="onclick" to="alert(1)"/>',
  '<animateTransform onbegin="alert(1)"/>',
  '<style>@import "https://evil.example/x.css"; * { background: url(https://evil.example) }</style>',
  '<rect fill="url(https://evil.example/x.svg#a)" filter="url(//evil.example/#f)" mask="url( \'https://evil.example#m\' )"/>',
  '<rect style="fill:url(https://evil.example/x);background:url(https://evil.example/x);position:fixed;inset:0"/>',
  '<rect style="fill:expression(alert(1));behavior:url(x)"/>',
  '<rect style="fill:u\\72l(https://evil.example)"/>',
  '<rect style="fill:image-set(&quot;https://evil.example/x&quot; 1x)"/>',
  '<rect fill="var(--tw-danger)" class="fixed inset-0" id="root" data-x="1" is="x-y" slot="s" part="p"/>',
  '<feImage href="https://evil.example/x.png"/>',
  '<filter id="f"><feImage xlink:href="https://evil.example/x.png"/></filter>',
  '<svg:script>alert(1)</svg:script>',
  '<handler type="application/ecmascript">alert(1)</handler>',
  '<iframe srcdoc="x"/><object data="https://evil.example"/><embed src="https://evil.example"/>',
  '<input autofocus="autofocus" onfocus="alert(1)"/><form action="https://evil.example"/>',
  '<video src="https://evil.example"/><audio src="https://evil.example"/>',
  '<text>&lt;script&gt;alert(1)&lt;/script&gt;</text>',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<g tb:tag="&quot; onload=&quot;alert(1)"/>',
  '<metadata><script>alert(1)</script></metadata>',
  '<title><script>alert(1)</script></title>',
]

describe('a hostile drawing', () => {
  it.each(attacks)('%s loses what runs, loads or leaves its place', (attack) => {
    for (const markup of drawn(svg(`${attack}<path d="M0 0L9 9"/>`))) {
      const parsed = readXml(markup.replace('aria-label="x"', ''))
      if (!parsed.ok) throw new Error(parsed.problem)
      expect(dangersIn(parsed.root)).toEqual([])
      expect(markup).toContain('M0 0L9 9')
    }
  })

  it('keeps references to its own parts, and tells two on one board apart', () => {
    const [page] = drawn(svg('<defs><clipPath id="a b"/></defs><rect clip-path="url(#a_b)" style="fill:url(#g)"/>'))
    expect(page).toMatch(/clip-path="url\(#s\w*-a_b\)"/)
    expect(page).toMatch(/style="fill:url\(#s\w*-g\)"/)
  })
})

const harmless =
  /^(svg|g|defs|symbol|title|desc|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|linearGradient|radialGradient|stop|clipPath|mask|pattern|marker|filter|fe(?!Image)[A-Z]\w+)$/

const dangersIn = (node: XmlNode): string[] => [
  ...(harmless.test(node.name) ? [] : [node.name]),
  ...Object.entries(node.attributes).flatMap(([name, value]) =>
    /^on|href|^src|^class$|^data-|^is$|^part$|^slot$/i.test(
      name.replace(/^class$/, name === 'class' && /scada-symbol/.test(value) ? '' : name),
    ) || /evil|javascript|expression|position|behavior|var\(--tw-danger/i.test(value)
      ? [`${name}=${value}`]
      : [],
  ),
  ...node.children.flatMap((child) => (typeof child === 'string' ? [] : dangersIn(child))),
]

it('a drawing without code is a file of its own, in which no value stands', () => {
  const result = readXml(
    '<svg viewBox="0 0 1 1" tb:tag="a"><tb:metadata>x</tb:metadata><g xlink:href="#a"><path d="M0 0" tb:tag="b"/><text>230 V</text></g></svg>',
  )
  const file = stillFile(result.ok ? result.root : { name: '', attributes: {}, children: [] })
  expect(file).toBe('<svg viewBox="0 0 1 1" xmlns="http://www.w3.org/2000/svg"><g><path d="M0 0"></path></g></svg>')
})
