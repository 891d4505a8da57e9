import { createServer } from 'node:http'
import { boardOf, deleteBoard, saveBoard } from './boards.ts'
import { postTelemetry } from './device.ts'
import { expect, expectNoSidewaysScroll, test } from './fixtures.ts'

/** A page with a frame, of another origin on the same site: sites do not know ports. */
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
