import { readFile } from 'node:fs/promises'
import { boardOf, deleteBoard, saveBoard, shareBoard } from './boards.ts'
import { expect, expectAccessible, expectNoSidewaysScroll, signInByRequest, test } from './fixtures.ts'
import { accounts } from './platform.ts'

test('dashboards are found by what they show, grouped by tags, kept as favourites, deleted and brought back', async ({
  tenantPage: page,
  device,
}) => {
  const title = `Library ${device.name}`
  const tag = `hall ${Date.now()}`
  const id = await saveBoard(page, boardOf(title, device.name))
  const row = page.getByRole('row', { name: new RegExp(title) })
  const search = page.getByRole('searchbox', { name: 'Title, entity or key' })
  await page.goto('/dashboards')

  await test.step('the search says where it found something', async () => {
    await search.fill('One of them')
    await expect(row).toContainText('Widget: One of them')
    await search.fill(title)
    await expect(row).toBeVisible()
  })

  await test.step('a star puts it among the favourites, at once and after a reload', async () => {
    await row.getByRole('button', { name: `Add ${title} to the favourites` }).click()
    await expect(row.getByRole('button', { name: `Take ${title} out of the favourites` })).toBeVisible()
    await page.goto('/dashboards')
    await expect(page.getByRole('region', { name: 'Favourites' }).getByRole('link', { name: title })).toBeVisible()
    await page.getByRole('button', { name: 'Favourites', exact: true }).click()
    await expect(row).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('a tag is given, and leads to all that have it', async () => {
    await page.getByRole('button', { name: 'All dashboards' }).click()
    await search.fill(title)
    await row.hover()
    await row.getByRole('button', { name: `Actions for ${title}` }).click()
    await page.getByRole('menuitem', { name: 'Tags…' }).click()
    await page
      .getByRole('textbox', { name: 'Tags' })
      .or(page.getByRole('combobox', { name: 'Tags' }))
      .fill(tag)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('The tags are saved')).toBeVisible()
    await search.fill('')
    await page.getByRole('navigation', { name: 'Show' }).getByRole('button', { name: tag }).click()
    await expect(page.getByRole('row')).toHaveCount(2)
    await expect(row).toBeVisible()
    await page.getByTitle('As cards').click()
    await expect(page.getByRole('list', { name: 'Dashboards' }).getByRole('link', { name: title })).toBeVisible()
    await expectAccessible(page)
    await page.getByTitle('As a table').click()
  })

  await test.step('what was deleted is brought back, by whoever sees who deleted it', async () => {
    await row.hover()
    await row.getByRole('button', { name: `Actions for ${title}` }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    const dialog = page.getByRole('dialog', { name: `Delete “${title}”?` })
    await expect(dialog).toContainText('Nothing leads to it.')
    await dialog.getByRole('button', { name: 'Delete dashboard' }).click()
    await expect(page.getByText(`“${title}” is deleted`)).toBeVisible()
    await page.getByRole('button', { name: 'Deleted', exact: true }).click()
    await page.getByRole('searchbox', { name: 'Search deleted dashboards' }).fill(title)
    await expect(row).toContainText(accounts.tenant.username)
    await row.getByRole('button', { name: 'Bring back' }).click()
    await expect(page.getByText(`“${title}” is back`)).toBeVisible()
    await page.goto(`/dashboards/${id}`)
    await expect(page.getByRole('region', { name: 'One of them' })).toBeVisible()
  })

  await deleteBoard(page, id)
})

test('a public link opens signed out, shows nothing but its dashboard, and ends when it is closed', async ({
  tenantPage: page,
  browser,
  device,
}) => {
  const title = `Public ${device.name}`
  const id = await saveBoard(page, boardOf(title, device.name))
  await page.goto(`/dashboards/${id}`)
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: `Share “${title}”` })
  await dialog.getByRole('switch', { name: 'Public link' }).click()
  const link = dialog.getByRole('textbox', { name: 'Public link' })
  await expect(link).toHaveValue(/publicId=/)
  await expect(dialog).toContainText('Everybody with the link')
  await expectAccessible(page)
  const address = new URL(await link.inputValue())
  const visitor = await (await browser.newContext()).newPage()

  await test.step('whoever has the link sees it, without an account and without the console', async () => {
    await visitor.goto(address.pathname + address.search)
    await expect(visitor.getByRole('region', { name: 'One of them' })).toBeVisible()
    await expect(visitor.getByRole('link', { name: 'Devices' })).toHaveCount(0)
    await expect(visitor.getByRole('link', { name: 'Edit', exact: true })).toHaveCount(0)
    await expectNoSidewaysScroll(visitor)
    // The session that the link gives writes nothing.
    const written = await visitor.request.post('/api/device', {
      data: { name: 'x' },
      headers: { origin: address.origin },
    })
    expect(written.status()).toBe(403)
  })

  await test.step('a closed link says so', async () => {
    await dialog.getByRole('switch', { name: 'Public link' }).click()
    await expect(dialog.getByRole('textbox', { name: 'Public link' })).toHaveCount(0)
    const late = await (await browser.newContext()).newPage()
    await late.goto(`/dashboard/${id}?publicId=${crypto.randomUUID()}`)
    await expect(late.getByText('This link is closed')).toBeVisible()
    await late.context().close()
  })

  await visitor.context().close()
  await deleteBoard(page, id)
})

test('what one user keeps of a shared dashboard is unseen by another', async ({
  tenantPage: page,
  browser,
  device,
}) => {
  const title = `Shared ${device.name}`
  const id = await saveBoard(page, boardOf(title, device.name))
  await shareBoard(page, id, 'Demo Customer')
  const other = await (await browser.newContext()).newPage()
  await signInByRequest(other, accounts.customer)
  const choose = async (on: typeof page, period: string) => {
    await on.getByRole('button', { name: /^Time window/ }).click()
    await on.getByRole('button', { name: period, exact: true }).click()
  }
  const windowOf = (on: typeof page) => on.getByRole('button', { name: /^Time window/ })

  await test.step('a window of their own is offered to be kept, and opens with the dashboard', async () => {
    await page.goto(`/dashboards/${id}`)
    await choose(page, '30 minutes')
    await page.getByRole('button', { name: 'Keep for me' }).click()
    const choices = page.getByRole('dialog', { name: 'Your own view' })
    await expect(choices).toContainText('Time window')
    await choices.getByRole('button', { name: 'Keep for me' }).click()
    await expect(page.getByRole('button', { name: 'My view' })).toBeVisible()
    await page.goto(`/dashboards/${id}`)
    await expect(windowOf(page)).toContainText('30 minutes')
    await expect(page.getByRole('button', { name: 'My view' })).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('another user sees what everybody sees', async () => {
    await other.goto(`/dashboards/${id}`)
    await expect(windowOf(other)).toContainText('1 hour')
    await expect(other.getByRole('button', { name: 'My view' })).toHaveCount(0)
  })

  await test.step('back to shared is one press away', async () => {
    await page.getByRole('button', { name: 'My view' }).click()
    await page.getByRole('button', { name: 'Back to shared' }).click()
    await expect(windowOf(page)).toContainText('1 hour')
    await page.reload()
    await expect(windowOf(page)).toContainText('1 hour')
    await expect(page.getByRole('button', { name: 'My view' })).toHaveCount(0)
  })

  await other.context().close()
  await deleteBoard(page, id)
})

test('a dashboard is saved as a picture and as pages', async ({ tenantPage: page, device }) => {
  const title = `Picture ${device.name}`
  const id = await saveBoard(page, boardOf(title, device.name))
  await page.goto(`/dashboards/${id}`)
  await expect(page.getByRole('region', { name: 'One of them' })).toBeVisible()
  const save = async (item: string) => {
    await page.getByRole('button', { name: 'More of this dashboard' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: item }).click(),
    ])
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
  }
  const png = await save('Save as an image')
  expect(png.name).toMatch(/^picture_.*\.png$/)
  expect(png.bytes.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
  // Width and height, in pixels, stand in the first part.
  expect(png.bytes.readUInt32BE(16)).toBeGreaterThan(800)
  expect(png.bytes.readUInt32BE(20)).toBeGreaterThan(200)
  const pdf = await save('Save as PDF')
  expect(pdf.name).toMatch(/\.pdf$/)
  const text = pdf.bytes.toString('latin1')
  expect(text.slice(0, 5)).toBe('%PDF-')
  expect(text.match(/\/Type \/Page /g)?.length).toBeGreaterThan(0)
  expect(pdf.bytes.length).toBeGreaterThan(10_000)
  await deleteBoard(page, id)
})
