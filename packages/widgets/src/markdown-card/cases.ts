import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'

const ready: WidgetState = {
  status: 'ready',
  staleSince: null,
  series: [
    caseSeries({ entity: 'Boiler 1', dataKey: { label: 'Temperature' }, points: [[Date.UTC(2026, 0, 1), 71.456]] }),
    caseSeries({
      entity: 'Boiler 1',
      key: 'mode',
      dataKey: { label: 'Mode' },
      points: [[Date.UTC(2026, 0, 1), 'eco']],
    }),
  ],
}

const text = `### \${entityName}

Runs in **\${Mode}** at **\${Temperature:1} °C**.

| Limit | Value |
|---|---|
| least | 60 °C |
| most | 80 °C |

1. Open the valve
2. Wait for \`ready\`

[Manual](https://example.org)`

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'Markdown with values', settings: { markdownTextPattern: text }, state: ready },
  {
    name: 'HTML with a style of its own',
    settings: {
      applyDefaultMarkdownStyle: false,
      markdownTextPattern: '<div class="card"><b>${Temperature:0}</b><span>${entityName}</span></div>',
      markdownCss:
        '.card { display: grid; place-content: center; gap: 4px; height: 100%; text-align: center } b { font-size: 40px; color: #c2670c }',
    },
    state: ready,
  },
  {
    name: 'by a function',
    settings: {
      useMarkdownTextFunction: true,
      markdownTextFunction:
        "return '## ' + data[0].entityName + '\\n- ' + data.length + ' record, ' + ctx.utils.formatValue(data[0].Temperature, 1, '°C')",
    },
    state: ready,
  },
  {
    name: 'a function that fails',
    settings: { useMarkdownTextFunction: true, markdownTextFunction: 'return data[7].entityName' },
    state: ready,
  },
  {
    name: 'an attack in a value',
    settings: { markdownTextPattern: 'Mode: ${Mode}' },
    state: {
      status: 'ready',
      staleSince: null,
      series: [
        caseSeries({ key: 'mode', dataKey: { label: 'Mode' }, points: [[0, '<img src=x onerror=alert(1)>off']] }),
      ],
    },
  },
  {
    name: 'a template of another framework',
    settings: { markdownTextPattern: '<div *ngIf="data">{{ data.value }}</div>' },
    state: ready,
  },
  {
    name: 'without a datasource',
    settings: { markdownTextPattern: 'Plain text, ${nothing}.' },
    state: { status: 'ready', staleSince: null, series: [] },
  },
]
