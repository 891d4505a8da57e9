import { expect, it } from 'vitest'
import { actionOfLink, withActionLinks } from './tooltip-markup.ts'

const hrefs = (markup: string) => [...markup.matchAll(/href="([^"]*)"/g)].map(([, href]) => href ?? '')

it.each([
  ['<link-act name="stop">Stop</link-act>', 'stop'],
  ["<link-act name='Open details'>Open</link-act>", 'Open details'],
  [`<link-act class="x" name="it's &quot;odd&quot;">Open</link-act>`, `it's &quot;odd&quot;`],
])('%s starts an action by its name', (markup, name) => {
  const made = withActionLinks(markup)
  expect(made).toMatch(/^<a href="[^"]*">\w+<\/a>$/)
  expect(hrefs(made).map(actionOfLink)).toEqual([name])
})

it('leaves other text alone, and takes no other link for one', () => {
  expect(withActionLinks('<b>a</b> link-act')).toBe('<b>a</b> link-act')
  expect(withActionLinks('<link-act>none</link-act>')).toBe('<link-act>none</a>')
  for (const href of ['#top', '/devices', '#action-%E0%A4%A']) expect(actionOfLink(href)).toBeNull()
})
