import type { Page } from '@playwright/test'
import { deleteBoard, saveBoard } from './boards.ts'
import { connectDevice } from './device.ts'
import { expect, expectAccessible, test } from './fixtures.ts'

const place = (col: number, row: number, sizeX: number, sizeY: number) => ({ col, row, sizeX, sizeY })

/** A card and a table of one device, without keys. */
const boardOf = (device: { id: string; name: string }) => {
  const source = { type: 'entity', name: '', entityAliasId: 'one', dataKeys: [] }
  const widget = (id: string, typeFullFqn: string, title: string) => ({
    ...{ id, typeFullFqn, type: 'latest' },
    config: { title, showTitle: true, datasources: [source], useDashboardTimewindow: true, settings: {} },
  })
  const filter = { type: 'singleEntity', singleEntity: { entityType: 'DEVICE', id: device.id } }
  return {
    entityAliases: { one: { id: 'one', alias: device.name, filter } },
    widgets: {
      card: widget('card', 'system.cards.value_card', 'Card'),
      table: widget('table', 'system.latest_values_table', 'Table'),
    },
    states: {
      default: {
        ...{ name: 'Start', root: true },
        layouts: {
          main: {
            widgets: { card: place(0, 0, 6, 4), table: place(0, 4, 12, 5) },
            gridSettings: { columns: 24, margin: 10, outerMargin: true },
          },
        },
      },
    },
  }
}

const panelOf = (page: Page) => page.getByRole('complementary', { name: 'Widget', exact: true })

const openPanel = async (page: Page, title: string) => {
  const tile = page.getByRole('option', { name: title, exact: true })
  await tile.click({ position: { x: 20, y: 12 } })
  await expect(tile).toHaveAttribute('aria-selected', 'true')
  if (!(await panelOf(page).isVisible())) await page.keyboard.press('Enter')
  await expect(panelOf(page)).toBeVisible()
}

const undo = (page: Page) => page.getByRole('button', { name: /^Undo/ }).click()

test('the panel of a widget finds keys, converts units, maps values and colours them; each can be taken back', async ({
  tenantPage: page,
  device,
  runtime,
}) => {
  const client = await connectDevice(runtime.mqttUrl, device.token)
  await client.publish({ temperature: 20, mode: 3 })
  const title = `Panel ${device.name}`
  const id = await saveBoard(page, { title, configuration: boardOf(device) })
  const panel = panelOf(page)
  // What stands under the editor's covers is inert, so it has no roles.
  const card = page.locator('section[data-css-scope="card"]')
  const table = page.locator('section[data-css-scope="table"]')
  await page.goto(`/dashboards/${id}/edit`)

  await test.step('keys are offered with their values', async () => {
    await openPanel(page, 'Card')
    await panel.getByRole('tab', { name: 'Data' }).click()
    await panel.getByRole('combobox', { name: 'Key', exact: true }).fill('temp')
    await panel.getByRole('option', { name: /^temperature 20/ }).click()
    await expect(card).toContainText('20')
    await undo(page)
    await expect(panel.getByRole('button', { name: 'Settings of temperature' })).toHaveCount(0)
    await page.getByRole('button', { name: /^Redo/ }).click()
    await expect(card).toContainText('20')
  })

  await test.step('a unit is converted', async () => {
    await panel.getByRole('tab', { name: 'Values' }).click()
    await panel.getByRole('combobox', { name: 'Unit' }).fill('°C')
    await page.keyboard.press('Escape')
    await panel.getByRole('combobox', { name: 'Convert' }).selectOption('Show in °F')
    await expect(card).toContainText('68')
    await expect(card).toContainText('°F')
    await undo(page)
    await expect(card).toContainText('°C')
  })

  await test.step('a value has a word in its place', async () => {
    await panel.getByRole('button', { name: 'Add a mapping' }).click()
    const mapping = panel.getByRole('group', { name: 'Mapping 1' })
    await mapping.getByRole('combobox', { name: 'What it fits' }).selectOption('Range')
    await mapping.getByRole('textbox', { name: 'From' }).fill('15')
    await mapping.getByRole('textbox', { name: 'Shown as' }).fill('Pleasant')
    await expect(card).toContainText('Pleasant')
    await expectAccessible(page)
    await undo(page)
    await expect(card).not.toContainText('Pleasant')
  })

  await test.step('a threshold colours the value', async () => {
    await panel.getByRole('tab', { name: 'Appearance' }).click()
    const color = panel.getByRole('group', { name: 'Value colour' })
    await color.getByRole('combobox', { name: 'Value colour' }).selectOption('By thresholds')
    await color.getByRole('button', { name: 'Add a threshold' }).click()
    const threshold = color.getByRole('group', { name: 'Threshold 1' })
    await threshold.getByRole('textbox', { name: 'From' }).fill('10')
    await threshold.getByRole('textbox', { name: 'Colour', exact: true }).fill('#c62828')
    await expect(card.getByTitle('20 °C', { exact: true })).toHaveCSS('color', 'rgb(198, 40, 40)')
    await undo(page)
    await expect(card.getByTitle('20 °C', { exact: true })).not.toHaveCSS('color', 'rgb(198, 40, 40)')
  })

  await test.step('keys are ordered by keyboard, and a rule colours a table', async () => {
    await panel.getByRole('button', { name: 'Close' }).click()
    await openPanel(page, 'Table')
    await panel.getByRole('tab', { name: 'Data' }).click()
    const key = panel.getByRole('combobox', { name: 'Key', exact: true })
    await key.fill('temperature')
    await key.press('Enter')
    await key.fill('mode')
    await key.press('Enter')
    const heads = table.locator('thead th')
    await expect(heads).toHaveText([/./, 'temperature', 'mode'])
    await panel.getByRole('button', { name: 'Move mode', exact: true }).press('ArrowUp')
    await expect(heads).toHaveText([/./, 'mode', 'temperature'])
    await panel.getByRole('tab', { name: 'Values' }).click()
    await panel.getByRole('button', { name: 'Add a rule' }).click()
    const rule = panel.getByRole('group', { name: 'Rule 1' })
    await rule.getByRole('textbox', { name: 'Compared with' }).fill('10')
    await expect(table.locator('td', { hasText: /^20/ })).toHaveCSS('color', 'rgb(211, 47, 47)')
    await undo(page)
    await expect(table.locator('td', { hasText: /^20/ })).not.toHaveCSS('color', 'rgb(211, 47, 47)')
  })

  await test.step('steps make a column of others', async () => {
    await panel.getByRole('tab', { name: 'Transform' }).click()
    await panel.getByRole('button', { name: 'Add a step' }).click()
    await page.getByRole('menuitem', { name: 'Join' }).click()
    await panel.getByRole('combobox', { name: 'Rows of the same' }).selectOption('Entity')
    await panel.getByRole('button', { name: 'Add a step' }).click()
    await page.getByRole('menuitem', { name: 'Calculate' }).click()
    await panel.getByRole('textbox', { name: 'New column' }).fill('doubled')
    await panel.getByRole('combobox', { name: 'First value' }).fill('temperature')
    await page.keyboard.press('Escape')
    await panel.getByRole('combobox', { name: 'Second value' }).fill('2')
    await page.keyboard.press('Escape')
    await expect(table.locator('thead th', { hasText: 'doubled' })).toBeVisible()
    await expect(table.locator('td', { hasText: /^40/ })).toBeVisible()
    await expectAccessible(page)
  })

  await deleteBoard(page, id)
})
