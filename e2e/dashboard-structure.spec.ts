import type { Page } from '@playwright/test'
import { deleteBoard, saveBoard } from './boards.ts'
import { connectDevice } from './device.ts'
import { expect, expectAccessible, test } from './fixtures.ts'

const widget = (id: string, title: string, aliasId: string | null = null) => ({
  id,
  typeFullFqn: 'system.cards.value_card',
  type: 'latest',
  sizeX: 6,
  sizeY: 3,
  config: {
    title,
    showTitle: true,
    datasources: aliasId
      ? [
          {
            type: 'entity',
            entityAliasId: aliasId,
            dataKeys: [{ name: 'level', type: 'timeseries', label: 'level', settings: {} }],
          },
        ]
      : [],
    settings: {},
  },
})

const places = {
  a: { col: 0, row: 0, sizeX: 6, sizeY: 3 },
  b: { col: 6, row: 0, sizeX: 6, sizeY: 3 },
  c: { col: 12, row: 0, sizeX: 12, sizeY: 3 },
}

const board = (more: object = {}) => ({
  widgets: { a: widget('a', 'First'), b: widget('b', 'Second'), c: widget('c', 'Third') },
  states: {
    default: {
      name: 'Overview',
      root: true,
      layouts: { main: { widgets: places, gridSettings: { columns: 24, margin: 10 } } },
    },
  },
  ...more,
})

const gridOf = (page: Page) => page.getByRole('listbox', { name: 'Widgets of the dashboard' })
const openManager = async (page: Page, name: string) => {
  await page.getByRole('button', { name: 'Dashboard', exact: true }).click()
  await page.getByRole('menuitem', { name }).click()
}

test('an alias and a filter are made in their managers, used by a widget, and taken back', async ({
  tenantPage: page,
  device,
  runtime,
}) => {
  const client = await connectDevice(runtime.mqttUrl, device.token)
  await client.publish({ level: 7 })
  const id = await saveBoard(page, {
    title: `Managed ${device.name}`,
    configuration: board({ widgets: { a: widget('a', 'First', 'all') } }),
  })
  await page.goto(`/dashboards/${id}/edit`)

  await test.step('an alias says what it finds as it is set', async () => {
    await openManager(page, 'Entity aliases')
    const dialog = page.getByRole('dialog', { name: 'Entity aliases' })
    await dialog.getByRole('button', { name: 'New alias' }).click()
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('My devices')
    await dialog.getByRole('combobox', { name: 'Which entities' }).selectOption('By the start of their name')
    await dialog.getByRole('textbox', { name: 'Name begins with' }).fill(device.name)
    await expect(dialog.getByText('Finds one entity:')).toBeVisible()
    await expect(dialog.locator('output')).toContainText(device.name)
    await expectAccessible(page)
    await page.keyboard.press('Escape')
  })

  await test.step('a filter says how many entities pass', async () => {
    await openManager(page, 'Filters')
    const dialog = page.getByRole('dialog', { name: 'Filters' })
    await dialog.getByRole('button', { name: 'New filter' }).click()
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('High')
    await dialog.getByRole('button', { name: 'Add a condition' }).click()
    await dialog.getByRole('combobox', { name: 'Key', exact: true }).fill('level')
    await dialog.getByRole('spinbutton', { name: 'Value', exact: true }).fill('5')
    await expect(dialog.getByText('1 of 1 pass')).toBeVisible()
    await dialog.getByRole('spinbutton', { name: 'Value', exact: true }).fill('9')
    await expect(dialog.getByText('0 of 1 pass')).toBeVisible()
    await dialog.getByRole('switch', { name: 'Viewers may set it', exact: true }).click()
    await dialog.getByRole('textbox', { name: 'Label' }).fill('Above')
    await expectAccessible(page)
    await page.keyboard.press('Escape')
  })

  await test.step('undo takes one thing after the other back', async () => {
    const undo = page.getByRole('button', { name: /^Undo/ })
    await openManager(page, 'Filters')
    const filters = page.getByRole('dialog', { name: 'Filters' })
    await filters.getByRole('navigation').getByRole('button', { name: 'High' }).click()
    await page.keyboard.press('Control+z')
    await expect(filters.getByRole('textbox', { name: 'Label' })).toHaveValue('')
    await page.keyboard.press('Control+z')
    await expect(filters.getByRole('switch', { name: 'Viewers may set it', exact: true })).not.toBeChecked()
    await page.keyboard.press('Control+Shift+z')
    await expect(filters.getByRole('switch', { name: 'Viewers may set it', exact: true })).toBeChecked()
    await page.keyboard.press('Escape')
    await expect(undo).toHaveAccessibleName(/Filter/)
    await openManager(page, 'Entity aliases')
    const aliases = page.getByRole('dialog', { name: 'Entity aliases' })
    await expect(aliases.getByRole('button', { name: /My devices/ })).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await client.close()
  await deleteBoard(page, id)
})

test('a phone is laid out by itself, changed by hand and set back', async ({ tenantPage: page, device }) => {
  const id = await saveBoard(page, { title: `Widths ${device.name}`, configuration: board() })
  await page.goto(`/dashboards/${id}/edit`)
  const grid = gridOf(page)
  await expect(grid.getByRole('option')).toHaveCount(3)
  await page.getByText('Phone', { exact: true }).click({ force: true })
  const note = page.getByRole('status').filter({ hasText: 'Phone' })
  await expect(note).toContainText('below each other')
  await expect(page.locator('[data-size-frame=xs]')).toHaveCSS('width', '390px')
  await note.getByRole('button', { name: 'Lay out by itself' }).click()
  await expect(note).toContainText('Laid out by itself')
  const second = grid.getByRole('option', { name: 'Second' })
  const before = await second.boundingBox()
  await second.click()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(note).toContainText('one widget')
  await expect.poll(async () => (await second.boundingBox())?.y).toBeGreaterThan(before?.y ?? 0)
  await expectAccessible(page)
  await note.getByRole('button', { name: 'Back to automatic', exact: true }).click()
  await expect.poll(async () => Math.round((await second.boundingBox())?.y ?? 0)).toBe(Math.round(before?.y ?? -1))
  await page.keyboard.press('Control+z')
  await expect(note).toContainText('one widget')
  await note.getByRole('button', { name: 'Remove this layout' }).click()
  await expect(note).toContainText('below each other')
  await page.getByText('All widths', { exact: true }).click({ force: true })
  await expect(grid.getByRole('option')).toHaveCount(3)
  await deleteBoard(page, id)
})

test('widgets go into tabs and out of them, and each step is taken back', async ({ tenantPage: page, device }) => {
  const id = await saveBoard(page, { title: `Tabs ${device.name}`, configuration: board() })
  await page.goto(`/dashboards/${id}/edit`)
  const grid = gridOf(page)
  const inner = page.getByRole('listbox', { name: 'Widgets of Tab 1' })
  const option = (name: string) => grid.getByRole('option', { name })

  await test.step('a widget is put into new tabs by its menu', async () => {
    await option('First').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'New tabs' }).click()
    await expect(inner.getByRole('option', { name: 'First' })).toBeVisible()
    await expect(option('First')).toHaveCount(0)
  })
  await test.step('another one is dragged in', async () => {
    const [from, to] = [await option('Second').boundingBox(), await inner.boundingBox()]
    if (!from || !to) throw new Error('Nothing to drag')
    await page.mouse.move(from.x + 30, from.y + 20)
    await page.mouse.down()
    await page.mouse.move(from.x + 10, from.y + 20, { steps: 3 })
    await page.mouse.move(to.x + 40, to.y + to.height / 2, { steps: 8 })
    await expect(page.locator('[data-container] [data-ghost]')).toBeVisible()
    await page.mouse.up()
    await expect(inner.getByRole('option', { name: 'Second' })).toBeVisible()
    await expect(option('Second')).toHaveCount(0)
  })
  await test.step('a tab is added, and viewers switch between tabs', async () => {
    await page.getByRole('button', { name: 'Add a tab' }).click()
    await page.getByRole('tab', { name: 'Tab 2' }).click()
    await expect(page.getByText('Drag widgets in here.')).toBeVisible()
    await page.getByRole('tab', { name: 'Tab 1' }).click()
    await expectAccessible(page)
  })
  await test.step('dropped on a tab one goes into it, and resting there opens it', async () => {
    const tab = page.getByRole('tab', { name: 'Tab 2' })
    const [from, to] = [await option('Third').boundingBox(), await tab.boundingBox()]
    if (!from || !to) throw new Error('Nothing to drag')
    const head = { x: to.x + to.width / 2, y: to.y + to.height / 2 }
    await page.mouse.move(from.x + 30, from.y + 20)
    await page.mouse.down()
    await page.mouse.move(head.x, head.y, { steps: 8 })
    await expect(tab).toHaveAttribute('aria-selected', 'true')
    await page.mouse.up()
    await expect(page.getByRole('listbox', { name: 'Widgets of Tab 2' }).getByRole('option')).toHaveCount(1)
    await page.keyboard.press('Control+z')
    await expect(option('Third')).toBeVisible()
  })
  await test.step('a problem of a widget in the other tab leads to it and to its field', async () => {
    await page.getByRole('button', { name: 'More about the dashboard' }).click()
    await page.getByRole('menuitem', { name: /^Problems/ }).click()
    await page.getByRole('complementary', { name: 'Problems' }).getByRole('button', { name: /First/ }).click()
    await expect(inner.getByRole('option', { name: 'First' })).toBeVisible()
    await expect(page.getByRole('tab', { name: 'Data', exact: true })).toHaveAttribute('aria-selected', 'true')
    await expect(page.getByRole('tabpanel', { name: 'Data' }).locator(':focus')).toHaveCount(1)
    await page.getByRole('complementary', { name: 'Widget' }).getByRole('button', { name: 'Close' }).click()
  })
  await test.step('one is taken out by its menu', async () => {
    await inner.getByRole('option', { name: 'First' }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Take out of the container' }).click()
    await expect(option('First')).toBeVisible()
  })
  await test.step('undo goes the whole way back', async () => {
    await page.keyboard.press('Control+z')
    await expect(inner.getByRole('option', { name: 'First' })).toBeVisible()
    await page.keyboard.press('Control+z')
    await expect(page.getByRole('tab', { name: 'Tab 2' })).toHaveCount(0)
    await page.keyboard.press('Control+z')
    await expect(option('Second')).toBeVisible()
    await page.keyboard.press('Control+z')
    await expect(option('First')).toBeVisible()
    await expect(page.getByRole('tab')).toHaveCount(0)
  })
  await test.step('one is brought into a state that is made of it', async () => {
    await option('Third').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'To another state…' }).click()
    const dialog = page.getByRole('dialog', { name: 'To another state' })
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Second page')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Move', exact: true }).click()
    await expect(option('Third')).toHaveCount(0)
    await page
      .getByRole('toolbar')
      .getByRole('button', { name: /Overview/ })
      .click()
    await page
      .getByRole('menuitem', { name: /Second page/ })
      .or(page.getByRole('menuitemradio', { name: /Second page/ }))
      .click()
    await expect(option('Third')).toBeVisible()
    await expect(option('First')).toHaveCount(0)
  })
  await deleteBoard(page, id)
})
