// @vitest-environment jsdom
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { attacks, dangersIn } from '../content/attack-corpus.ts'
import { contentOf } from './cell-markup.tsx'
import { WidgetHostProvider } from '../../host/host-context.tsx'
import { idleHost } from '../../host/idle-host.ts'

/** What stands in the page for what a function made. */
const shown = (made: string): HTMLElement => {
  const box = document.createElement('div')
  const cell = contentOf({ contents: new Map([['a', made]]) }, 'a')
  box.innerHTML = renderToStaticMarkup(<WidgetHostProvider value={idleHost({})}>{cell}</WidgetHostProvider>)
  return box
}
const inside = (made: string): string | undefined => shown(made).firstElementChild?.innerHTML

describe('markup of functions in cells', () => {
  it.each(attacks)('is harmless: %s', (attack) => {
    for (const made of [attack, `<b>${attack}</b>`, `<p title="${attack}" class='${attack}'>${attack}</p>`]) {
      const box = shown(made)
      expect(dangersIn(box)).toEqual([])
      // Names of the markup could stand in the way of the page's own.
      for (const element of box.querySelectorAll('*')) {
        expect(
          element.getAttributeNames().filter((name) => ['id', 'name', 'form', 'is', 'slot'].includes(name)),
        ).toEqual([])
        expect(element.getAttribute('style') ?? '').not.toMatch(/position|url|expression|z-index|inset|margin/i)
      }
    }
  })

  it('keeps bold, colours, links, icons and images', () => {
    expect(inside('<b>on</b> &amp; <span style="color:red;position:fixed">hot</span>')).toBe(
      '<b>on</b> &amp; <span style="color:red">hot</span>',
    )
    expect(inside('<font color="#c00">x</font>')).toBe('<span style="color:#c00">x</span>')
    expect(inside('<img src="data:image/png;base64,AA==" width="9999">')).toContain('width="200"')
    expect(inside('<mat-icon style="color: green">warning</mat-icon>')).toMatch(/<span[^>]*color:green[^>]*><svg/)
    expect(inside('<mat-icon>warning</mat-icon>')).not.toContain('>warning<')
    expect(inside('<a href="https://example.org">d</a>')).toContain('rel="noopener noreferrer nofollow"')
    expect(inside('<a href="/devices">d</a>')).toContain('href="/devices"')
    expect(inside('<table><tr><td>a</td></tr></table>')).toContain('a')
  })

  it('is text where there is none', () => {
    expect(shown('a < b').innerHTML).toBe('a &lt; b')
    expect(shown('').innerHTML).toBe('')
    expect(contentOf({ contents: new Map() }, 'a')).toBeUndefined()
  })

  it('is not without end', () => {
    expect(shown('<i>x</i>'.repeat(5_000)).querySelectorAll('*').length).toBeLessThan(400)
    expect(shown(`${'<b>'.repeat(2_000)}x`).querySelectorAll('b').length).toBeLessThan(20)
  })
})
