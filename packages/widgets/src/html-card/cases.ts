import type { WidgetCase } from '../widget.ts'

const ready = { status: 'ready', staleSince: null, series: [] } as const

export const cases: WidgetCase[] = [
  {
    name: 'a heading',
    settings: {
      cardHtml: "<div class='card'>Plant <em>North</em></div>",
      cardCss:
        '.card { height: 100%; display: flex; gap: 8px; align-items: center; justify-content: center; font-size: 26px; font-weight: 600 }',
    },
    state: ready,
  },
  {
    name: 'with an action and links',
    settings: { cardHtml: '<p>Open <a href="/devices">devices</a> or <span id="details">details</span></p>' },
    state: ready,
    host: {
      actions: {
        of: (source) =>
          source === 'elementClick'
            ? [
                {
                  id: '1',
                  source,
                  name: 'details',
                  icon: null,
                  color: null,
                  columnIndex: null,
                  button: { type: 'icon', fill: null, border: null, style: {} },
                  isShownWhen: null,
                  kind: { type: 'nothing' },
                },
              ]
            : [],
        run: () => {},
      },
    },
  },
  {
    name: 'with a script, which needs the sandbox',
    settings: {
      cardHtml: '<p id=x>waits</p><script>document.getElementById("x").textContent = "drawn by a script"</script>',
    },
    state: ready,
  },
  {
    name: 'an attack',
    settings: {
      cardHtml:
        '<b>harmless</b><svg onload=alert(1)><a href="javascript:alert(1)">a</a></svg><form><input name=password></form>',
      cardCss:
        '@import url(https://example.org/x.css); b { background: url(https://example.org/x.png); color: #c93a52 }',
    },
    state: ready,
  },
  { name: 'empty', settings: { cardHtml: '' }, state: ready },
]
