// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { cleanSvg } from './clean-svg.ts'

const svg = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">${inside}</svg>`

describe('an SVG as a picture', () => {
  it('keeps what draws', () => {
    const drawing =
      '<defs><linearGradient id="a"><stop stop-color="red"/></linearGradient></defs>' +
      '<style>.x{fill:url(#a)}</style><rect class="x" width="9" height="9" style="stroke:url(#a)"/>' +
      '<use href="#a"/><image href="data:image/png;base64,AAAA"/><animate attributeName="x" to="3"/>'
    const cleaned = cleanSvg(svg(drawing)) ?? ''
    for (const part of ['linearGradient', '.x{fill:url(#a)}', 'stroke:url(#a)', '"#a"', 'data:image/png', 'animate'])
      expect(cleaned).toContain(part)
  })

  it.each([
    '<script>alert(1)</script>',
    '<SCRIPT xmlns="http://www.w3.org/1999/xhtml">alert(1)</SCRIPT>',
    '<rect onclick="alert(1)"/>',
    '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example"/></foreignObject>',
    '<a href="javascript:alert(1)"><text>x</text></a>',
    '<a xlink:href=" java&#10;script:alert(1)"><text>x</text></a>',
    '<image href="https://evil.example/alert"/>',
    '<use xlink:href="https://evil.example/alert#x"/>',
    '<style>@import url(https://evil.example/alert)</style>',
    '<style>rect{fill:url(https://evil.example/alert)}</style>',
    '<rect style="fill:u\\72l(https://evil.example/alert)"/>',
    '<rect fill="url(https://evil.example/alert#a)"/>',
    '<set attributeName="href" to="javascript:alert(1)"/><set attributeName="onload" to="alert(1)"/>',
    '<image href="data:image/svg+xml;base64,alert"/>',
  ])('leaves nothing of %s', (attack) => {
    const cleaned = cleanSvg(svg(`${attack}<circle r="1"/>`)) ?? ''
    expect(cleaned).toContain('circle')
    expect(cleaned).not.toMatch(
      /on(click|load)=|evil\.example|<script|<SCRIPT|iframe|svg\+xml;|attributeName="(href|onload)"/,
    )
    expect(cleaned).not.toMatch(/href="\s*java/)
  })

  it.each(['', 'text', '<html/>', '<svg', '{"a":1}'])('refuses %j', (text) => {
    expect(cleanSvg(text)).toBeNull()
  })
})
