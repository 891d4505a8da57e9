import { createServer } from 'node:http'
import { boardOf, deleteBoard, deviceBoard, keysOf, saveBoard } from './boards.ts'
import { postTelemetry } from './device.ts'
import { expect, expectNoSidewaysScroll, test } from './fixtures.ts'

/** A page with a frame, of another origin: by the host's own name of the same site, which does not know ports. */
const startPortal = async () => {
  const server = createServer((request, response) => {
    const shows = new URL(request.url ?? '/', 'http://portal').searchParams.get('shows') ?? 'about:blank'
    response.setHeader('content-type', 'text/html')
    response.end(
      `<!doctype html><title>Portal</title><h1>Portal</h1><iframe src="${shows.replaceAll('"', '&quot;')}" title="Board" width="900" height="600"></iframe>`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The portal has no port.')
  return {
    page: (host: string, shows: string) => `http://${host}:${address.port}/?shows=${encodeURIComponent(shows)}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

test('a dashboard stands in a page of a portal that may frame it, and in no other', async ({
  tenantPage: page,
  device,
  runtime,
}) => {
  await postTelemetry(runtime.httpUrl, device.token, { level: 37 })
  const id = await saveBoard(page, boardOf(`Framed ${device.name}`, device.name))
  const framed = new URL(`/dashboards/${id}?embed=1`, runtime.httpUrl).href
  const portal = await startPortal()
  // The stack says which host may frame it: the one that it has itself, on any port.
  const named = new URL(runtime.httpUrl).hostname
  const unnamed = named === 'localhost' ? '127.0.0.1' : 'localhost'
  const frame = page.frameLocator('iframe[title=Board]')

  await test.step('without the console around it', async () => {
    await page.goto(portal.page(named, framed))
    await expect(frame.getByRole('region', { name: 'One of them' })).toContainText('37')
    await expect(frame.getByRole('navigation', { name: 'Main' })).toHaveCount(0)
    await postTelemetry(runtime.httpUrl, device.token, { level: 38 })
    await expect(frame.getByRole('region', { name: 'One of them' })).toContainText('38')
  })

  await test.step('not in pages that are not named, and nothing but dashboards', async () => {
    const refused = page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()))
    await page.goto(portal.page(unnamed, framed))
    await refused
    await expect(frame.getByRole('region', { name: 'One of them' })).toHaveCount(0)
    const alsoRefused = page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()))
    await page.goto(portal.page(named, new URL('/sign-in', runtime.httpUrl).href))
    await alsoRefused
  })

  await test.step('a screen on the wall shows it alone, too', async () => {
    await page.goto(new URL(`/dashboards/${id}?kiosk=1`, runtime.httpUrl).href)
    await expect(page.getByRole('region', { name: 'One of them' })).toContainText('38')
    await expect(page.getByRole('navigation', { name: 'Main' })).toHaveCount(0)
    await expectNoSidewaysScroll(page)
  })

  await portal.stop()
  await deleteBoard(page, id)
})

test('a public link is seen in a frame of another site, or says what to do', async ({
  tenantPage: page,
  browser,
  device,
  runtime,
}) => {
  await postTelemetry(runtime.httpUrl, device.token, { level: 37 })
  const source = keysOf('device', ['level'])
  const code = 'return "By code: " + (data[0].level + 4)'
  const id = await saveBoard(
    page,
    deviceBoard(`Open ${device.name}`, device.id, [
      {
        ...{ fqn: 'system.cards.value_card', type: 'latest', title: 'Level of it' },
        at: { row: 0, col: 0, sizeX: 8, sizeY: 4 },
        config: { datasources: [source] },
      },
      {
        ...{ fqn: 'system.cards.markdown_card', type: 'latest', title: 'Text of it' },
        at: { row: 0, col: 8, sizeX: 8, sizeY: 4 },
        config: {
          datasources: [source],
          settings: { useMarkdownTextFunction: true, markdownTextFunction: code },
        },
      },
    ]),
  )
  const { origin } = new URL(runtime.httpUrl)
  const share = async (path: string) => {
    const shared = await page.request.post(`/api/customer/public/${path}`, { headers: { origin } })
    expect(shared.ok(), await shared.text()).toBe(true)
    return shared
  }
  await share(`device/${device.id}`)
  const { assignedCustomers } = await (await share(`dashboard/${id}`)).json()
  const link = `${origin}/dashboard/${id}?publicId=${assignedCustomers[0].customerId.id}`
  const portal = await startPortal()
  const framed = portal.page('portal.localhost', link)
  const board = (visitor: typeof page) => visitor.frameLocator('iframe[title=Board]')

  await test.step('with values that come and code that runs, though cookies of other sites are not sent', async () => {
    const visitor = await (await browser.newContext()).newPage()
    await visitor.goto(framed)
    const frame = board(visitor)
    await expect(frame.getByRole('region', { name: 'Level of it' })).toContainText('37')
    await expect(frame.getByRole('region', { name: 'Text of it' })).toContainText('By code: 41')
    await postTelemetry(runtime.httpUrl, device.token, { level: 38 })
    await expect(frame.getByRole('region', { name: 'Level of it' })).toContainText('38')
    await expect(frame.getByRole('navigation', { name: 'Main' })).toHaveCount(0)
    await visitor.context().close()
  })

  await test.step('where the browser keeps no cookies in frames, it offers a tab of its own', async () => {
    const visitor = await (await browser.newContext()).newPage()
    await visitor.route('**/api/session/public', async (route) => {
      const { 'set-cookie': _, ...headers } = (await route.fetch()).headers()
      await route.fulfill({ status: 200, headers, body: '{}' })
    })
    await visitor.goto(framed)
    const alone = visitor.waitForEvent('popup')
    await board(visitor).getByRole('link', { name: 'Open in a new tab' }).click()
    await (await alone).waitForURL(new RegExp(`/dashboards/${id}`))
    await visitor.context().close()
  })

  await test.step('who is not signed in is never asked for a password in a frame', async () => {
    const visitor = await (await browser.newContext()).newPage()
    await visitor.goto(portal.page('portal.localhost', `${origin}/dashboards/${id}?embed=1`))
    await expect(board(visitor).getByRole('link', { name: 'Open in a new tab' })).toBeVisible()
    await expect(board(visitor).getByLabel('Password')).toHaveCount(0)
    await visitor.context().close()
  })

  await portal.stop()
  await deleteBoard(page, id)
})
