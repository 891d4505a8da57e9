// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { attacks, dangersIn } from './attack-corpus.ts'
import { markdownToHtml } from './markdown.ts'
import { createSanitizer, isSafeStyleValue, linkTarget } from './sanitize.ts'

const sanitize = createSanitizer(window)

const shown = (markup: string): string => {
  const box = document.createElement('div')
  box.append(document.importNode(sanitize(markup), true))
  return box.innerHTML
}

const dangers = (markup: string): string[] => {
  const box = document.createElement('div')
  box.append(document.importNode(sanitize(markup), true))
  return dangersIn(box)
}

const markdownAttacks: readonly string[] = [
  '[x](javascript:alert(1))',
  '[x](  javascript&#58;alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '![x](https://evil.example/pixel.png)',
  '![x](x"onerror="alert(1))',
  '<javascript:alert(1)>',
  '[a]: javascript:alert(1)\n\n[a]',
  '```<img src=x onerror=alert(1)>\nx\n```',
  '# <img src=x onerror=alert(1)>',
  '| <script>alert(1)</script> |\n|---|\n| <svg onload=alert(1)> |',
  '<div markdown=1 onclick=alert(1)>\n\n[x](vbscript:x)\n\n</div>',
]

describe('markup is made harmless', () => {
  it.each(attacks)('%s', (attack) => {
    expect(dangers(attack)).toEqual([])
    // Nested in markup that is left, and as what a value puts into a text or an attribute.
    expect(dangers(`<div><b>${attack}</b></div>`)).toEqual([])
    expect(dangers(`<p title="${attack}" class='${attack}'>${attack}</p>`)).toEqual([])
  })

  it.each(markdownAttacks)('Markdown: %s', (attack) => {
    expect(dangers(markdownToHtml(attack))).toEqual([])
  })

  it('and keeps what is harmless', () => {
    expect(shown('<h1 class="a" id="b">T</h1>')).toBe('<h1 class="a" id="b">T</h1>')
    expect(shown('<button id="open">Go</button>')).toBe('<button id="open">Go</button>')
    expect(shown('<div style="color: red; width: calc(100% - 4px)">x</div>')).toContain('color: red')
    expect(shown('<img alt="x" src="data:image/png;base64,AA==">')).toContain('src="data:image/png;base64,AA=="')
    expect(shown('<img src="tb-image;/api/images/tenant/a.png">')).toContain('src="/api/images/tenant/a.png"')
    expect(shown('<svg viewBox="0 0 4 4"><path d="M0 0h4" fill="url(#g)"></path></svg>')).toContain('fill="url(#g)"')
    expect(shown('<p title="a: b c, (d)" class="x y">e</p>')).toBe('<p title="a: b c, (d)" class="x y">e</p>')
    expect(shown('<a href="/devices">d</a>')).toBe('<a href="/devices">d</a>')
    expect(shown('<a href="https://example.org">d</a>')).toBe(
      '<a href="https://example.org" target="_blank" rel="noopener noreferrer nofollow">d</a>',
    )
    expect(shown('<mat-icon>thermostat</mat-icon>21 °C')).toBe('<mat-icon></mat-icon>21 °C')
    expect(shown('<mat-card class="a"><mat-card-content>b</mat-card-content></mat-card>')).toContain(
      '<mat-card class="a">',
    )
    expect(shown(markdownToHtml('**a** `b`'))).toBe('<p><strong>a</strong> <code>b</code></p>\n')
  })
})

describe('addresses', () => {
  it.each([
    ['/devices', 'inside'],
    ['#top', 'inside'],
    ['https://example.org', 'outside'],
    ['mailto:a@example.org', 'outside'],
    ['//example.org', null],
    ['/\\example.org', null],
    ['/\t/example.org', null],
    ['javascript:alert(1)', null],
    ['devices', null],
  ])('%s leads %s', (href, target) => {
    expect(linkTarget(href)).toBe(target)
  })

  it.each(['red', 'calc(1px + 2%)', 'var(--a)', 'linear-gradient(red, blue)', '"text"'])(
    'a style may say %s',
    (value) => {
      expect(isSafeStyleValue(value)).toBe(true)
    },
  )

  it.each([
    'url(x)',
    'URL ( "x" )',
    '\\75 rl(x)',
    'image-set("x" 1x)',
    'cross-fade(red, blue)',
    'element(#x)',
    'paint(x)',
    '@import',
  ])('a style may not say %s', (value) => {
    expect(isSafeStyleValue(value)).toBe(false)
  })
})
