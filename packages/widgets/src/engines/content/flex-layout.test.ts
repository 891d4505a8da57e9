// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { flexLayoutStyle } from './flex-layout.ts'
import { createSanitizer } from './sanitize.ts'

const sanitize = createSanitizer(window)
const shown = (markup: string, width?: number) => {
  const box = document.createElement('div')
  box.append(sanitize(markup, width))
  return box
}
const styleOf = (attributes: Record<string, string>, within = '', width = 1_440) =>
  flexLayoutStyle((name) => attributes[name] ?? null, within, width)

describe('layout attributes of templates', () => {
  it.each([
    [{}, ''],
    [{ fxlayout: 'column' }, 'display:flex;flex-direction:column;box-sizing:border-box'],
    [
      { fxlayout: 'row wrap', fxlayoutalign: 'space-between center', fxlayoutgap: '16px grid' },
      'display:flex;flex-direction:row;box-sizing:border-box;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:16px',
    ],
    [{ fxlayout: 'columnd' }, 'display:flex;flex-direction:row;box-sizing:border-box'],
    [
      { fxlayoutalign: 'end start' },
      'display:flex;flex-direction:row;box-sizing:border-box;justify-content:flex-end;align-items:flex-start',
    ],
    [{ fxflex: '' }, 'flex:1 1 0%;box-sizing:border-box'],
    [{ fxflex: '50' }, 'flex:1 1 50%;max-width:50%;box-sizing:border-box'],
    [
      { fxflex: 'calc(33.33% - 6px)' },
      'flex:1 1 calc(33.33% - 6px);max-width:calc(33.33% - 6px);box-sizing:border-box',
    ],
    [{ fxflex: '0 1 120px' }, 'flex:0 1 120px;box-sizing:border-box'],
    [{ fxflex: 'noshrink' }, 'flex:1 0 auto;box-sizing:border-box'],
    [{ fxflex: '1px;position:fixed' }, ''],
    [{ fxlayoutgap: '4px;color:red' }, 'display:flex;flex-direction:row;box-sizing:border-box'],
    [{ fxhide: '' }, 'display:none'],
    [{ fxhide: 'false' }, ''],
  ] as const)('%j', (attributes, style) => {
    expect(styleOf(attributes)).toBe(style)
  })

  it('hold for the widths they are written for', () => {
    const attributes = { fxlayout: 'row', 'fxlayout.lt-md': 'column', 'fxhide.xs': '', 'fxflex.gt-sm': '50' }
    const direction = (width: number) => /flex-direction:(\w+)/.exec(styleOf(attributes, '', width))?.[1]
    expect([direction(1_440), direction(800)]).toEqual(['row', 'column'])
    expect([styleOf(attributes, '', 400), styleOf(attributes, '', 700)].map((one) => /none/.test(one))).toEqual([
      true,
      false,
    ])
    expect(styleOf(attributes, 'column')).toContain('max-height:50%')
  })

  it('become styles of what is shown, under those of the file', () => {
    const box = shown(
      `<section fxLayout="column" fxLayoutAlign="start stretch" style="flex-direction: row-reverse"><p fxFlex="40">a</p></section>`,
    )
    expect(box.querySelector('section')?.style.flexDirection).toBe('row-reverse')
    expect(box.querySelector('p')?.style.maxWidth).toBe('40%')
    expect(box.innerHTML).not.toContain('fxLayout')
    expect(shown('<p fxHide.lt-md>a</p>', 500).querySelector('p')?.style.display).toBe('none')
    expect(shown('<p fxFlex="calc(url(https://example.org/x))">a</p>').innerHTML).not.toContain('example')
  })
})
