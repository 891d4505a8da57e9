import type { Page } from '@playwright/test'
import { deleteBoard, deviceBoard, saveBoard } from './boards.ts'
import { expect, expectAccessible, test } from './fixtures.ts'
import { accounts } from './platform.ts'

const draftPath = '**/api/dashboard/*/draft'

/** Saving fails as long as the answer is not undone; the draft can be read. */
const cutSaving = async (page: Page): Promise<() => Promise<void>> => {
  await page.route(draftPath, (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()))
  return () => page.unroute(draftPath)
}

const textCard = (title: string, col: number) => ({
  ...{ fqn: 'system.cards.markdown_card', type: 'latest', title },
  at: { row: 0, col, sizeX: 6, sizeY: 3 },
  config: { datasources: [], settings: { markdownTextPattern: title } },
})

const twoCards = (title: string) => deviceBoard(title, crypto.randomUUID(), [textCard('One', 0), textCard('Two', 8)])

const card = (page: Page, name: string) =>
  page.getByRole('listbox', { name: 'Widgets of the dashboard' }).getByRole('option', { name, exact: true })

const panelOf = (page: Page) => page.getByRole('complementary', { name: 'Widget', exact: true })

const rename = async (page: Page, from: string, to: string) => {
  await card(page, from).click({ position: { x: 20, y: 12 } })
  await panelOf(page).getByRole('textbox', { name: 'Title', exact: true }).fill(to)
  await expect(card(page, to)).toBeVisible()
}

/** Titles of the widgets in the draft that the server has; null: it has none. */
const draftTitles = async (page: Page, id: string): Promise<string[] | null> => {
  const answer = await page.request.get(`/api/dashboard/${id}/draft`)
  const { draft } = (await answer.json()) as {
    draft: { document: { configuration: { widgets: Record<string, { config: { title: string } }> } } } | null
  }
  return draft && Object.values(draft.document.configuration.widgets).map(({ config }) => config.title)
}

test('edits of a dashboard outlast a lost connection, an ended session and a browser that is gone', async ({
  tenantPage: page,
  device,
}) => {
  const id = await saveBoard(page, twoCards(`Kept ${device.name}`))
  await page.goto(`/dashboards/${id}/edit`)

  await test.step('without a connection they are kept here, and saved when it is back', async () => {
    const mend = await cutSaving(page)
    await rename(page, 'One', 'Renamed unconnected')
    await expect(page.getByText('Kept in this browser')).toBeVisible()
    expect(await draftTitles(page, id)).toBeNull()
    await mend()
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await expect.poll(() => draftTitles(page, id)).toEqual(['Renamed unconnected', 'Two'])
  })

  await test.step('whose session ended signs in again, and goes on where it was', async () => {
    await page.context().clearCookies()
    await rename(page, 'Two', 'Renamed signed out')
    const ended = page.getByRole('dialog', { name: 'Your session has ended' })
    await ended.getByLabel('Password').fill(accounts.tenant.password)
    await ended.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(ended).toHaveCount(0)
    await expect(card(page, 'Renamed signed out')).toBeVisible()
    await expect.poll(() => draftTitles(page, id)).toEqual(['Renamed unconnected', 'Renamed signed out'])
  })

  await test.step('a browser that is gone left them behind, and they can be given up', async () => {
    await cutSaving(page)
    const failed = page.waitForEvent('requestfailed', (request) => request.method() === 'PUT')
    await rename(page, 'Renamed unconnected', 'Renamed at the last moment')
    // What the browser keeps for itself is written before it is sent; a request under way would still leave a page that closes.
    await failed
    await page.close()
    const again = await page.context().newPage()
    await again.goto(`/dashboards/${id}/edit`)
    await expect(card(again, 'Renamed at the last moment')).toBeVisible()
    await expect(again.getByText(/that were not saved are back/)).toBeVisible()
    await expect.poll(() => draftTitles(again, id)).toEqual(['Renamed at the last moment', 'Renamed signed out'])
    await again.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect(card(again, 'Renamed unconnected')).toBeVisible()
    await expect.poll(() => draftTitles(again, id)).toEqual(['Renamed unconnected', 'Renamed signed out'])
    await deleteBoard(again, id)
  })
})

test('two who edit a dashboard see each other, and are asked whose counts where they contradict', async ({
  tenantPage: anna,
  browser,
  device,
}) => {
  const id = await saveBoard(anna, twoCards(`Contradicted ${device.name}`))
  const context = await browser.newContext({ storageState: await anna.context().storageState() })
  const ben = await context.newPage()
  await Promise.all([anna, ben].map((page) => page.goto(`/dashboards/${id}/edit`)))
  for (const page of [anna, ben]) await expect(card(page, 'One')).toBeVisible()

  await test.step('each sees that the other has it open', async () => {
    for (const page of [anna, ben])
      await expect(page.getByRole('list', { name: 'Others who have this open' }).getByRole('listitem')).toHaveCount(1)
  })

  await test.step('edits of different widgets are together in the draft', async () => {
    await rename(anna, 'Two', 'Second, by Anna')
    await expect(card(ben, 'Second, by Anna')).toBeVisible()
  })

  await test.step('of the same one nothing is overwritten before it is settled', async () => {
    const mend = await cutSaving(ben)
    await rename(ben, 'One', 'First, by Ben')
    await rename(anna, 'One', 'First, by Anna')
    await expect.poll(() => draftTitles(anna, id)).toEqual(['First, by Anna', 'Second, by Anna'])
    await mend()
    const dialog = ben.getByRole('dialog')
    await expect(dialog).toContainText('changed the same')
    await expect(dialog).toContainText('First, by Anna')
    await expect(dialog).toContainText('First, by Ben')
    await expectAccessible(ben)
    expect(await draftTitles(anna, id)).toEqual(['First, by Anna', 'Second, by Anna'])
    await dialog.getByRole('button', { name: 'Keep all mine' }).click()
    await expect(card(anna, 'First, by Ben')).toBeVisible()
    await expect.poll(() => draftTitles(anna, id)).toEqual(['First, by Ben', 'Second, by Anna'])
  })

  await test.step('what was published meanwhile is never published over unseen', async () => {
    const answer = await anna.request.post(`/api/dashboard/${id}/publish`, {
      data: { revision: 1, version: 1, note: null },
      headers: { origin: new URL(anna.url()).origin },
    })
    expect(answer.status()).toBe(409)
  })

  await context.close()
  await expect(anna.getByRole('list', { name: 'Others who have this open' })).toHaveCount(0)
  await deleteBoard(anna, id)
})

test('versions of a dashboard are listed, compared with the draft and with each other, and brought back', async ({
  tenantPage: page,
  device,
}) => {
  const title = `Versions ${device.name}`
  const id = await saveBoard(page, twoCards(title))
  const publish = async (note: string) => {
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: `Publish ${title}` })
    await dialog.getByRole('textbox', { name: 'What is new' }).fill(note)
    await dialog.getByRole('button', { name: 'Publish' }).click()
    await expect(dialog).toBeHidden()
  }
  const versions = page.getByRole('complementary', { name: 'Versions' }).getByRole('listitem')
  await page.goto(`/dashboards/${id}/edit`)
  await rename(page, 'One', 'Alpha')
  await publish('The first is Alpha')
  await rename(page, 'Alpha', 'Beta')
  await publish('The first is Beta')

  await test.step('with who, when and what', async () => {
    await page.getByRole('button', { name: 'More about the dashboard' }).click()
    await page.getByRole('menuitem', { name: 'Versions' }).click()
    await expect(versions).toHaveCount(3)
    await expect(versions.first()).toContainText('The first is Beta')
    await expect(versions.first()).toContainText('Published')
    await expect(versions.nth(1)).toContainText(accounts.tenant.username)
    await expectAccessible(page)
  })

  await test.step('two are compared', async () => {
    await versions.nth(1).getByRole('button').click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('button', { name: 'Beta: Changed' })).toBeVisible()
    await dialog.getByRole('combobox', { name: 'Compared with' }).selectOption({ index: 2 })
    await dialog.getByText(/^List/).click()
    await expect(dialog).toContainText('Alpha')
    await expect(dialog).not.toContainText('Beta')
    await expectAccessible(page)
  })

  await test.step('one comes back as the draft, as a step that can be taken back', async () => {
    await page.getByRole('dialog').getByRole('button', { name: 'Restore as draft' }).click()
    await expect(card(page, 'Alpha')).toBeVisible()
    await expect.poll(() => draftTitles(page, id)).toEqual(['Alpha', 'Two'])
    await page.getByRole('button', { name: /^Undo: Restore/ }).click()
    await expect(card(page, 'Beta')).toBeVisible()
    await page.getByRole('button', { name: /^Redo: Restore/ }).click()
    await publish('Alpha again')
    await expect(versions).toHaveCount(4)
    await page.goto(`/dashboards/${id}`)
    await expect(page.getByRole('region', { name: 'Alpha' })).toBeVisible()
  })

  await deleteBoard(page, id)
})
