import type { WidgetCase } from '../widget.ts'

const ready = { status: 'ready', staleSince: null, series: [] } as const

export const cases: WidgetCase[] = [
  {
    name: 'a script that draws',
    settings: {
      html: '<button id="more">Once more</button><p id="count">0</p>',
      css: 'body { display: grid; place-content: center; gap: 8px; text-align: center } #count { font-size: 28px; margin: 0 }',
      js: "let n = 0\ncontainer.querySelector('#more').onclick = () => { n += 1; container.querySelector('#count').textContent = n }",
    },
    state: ready,
  },
  { name: 'markup alone', settings: { html: '<b>Only markup</b>' }, state: ready },
  { name: 'a script that fails', settings: { html: '<p>Here</p>', js: 'ctx.nothing.there()' }, state: ready },
  {
    name: 'a script that wants out',
    settings: { html: '<p>Here</p>', js: 'await fetch("https://example.org")' },
    state: ready,
  },
  {
    name: 'a template of another framework',
    settings: { type: 'ANGULAR', html: '<div *ngIf="x"></div>' },
    state: ready,
  },
  {
    name: 'with resources of other sites',
    settings: { html: '<p>Markup</p>', js: 'return 1', resources: [{ url: 'https://example.org/lib.js' }] },
    state: ready,
  },
]
