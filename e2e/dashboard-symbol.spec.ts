import { deleteBoard, deviceBoard, saveBoard } from './boards.ts'
import { postTelemetry } from './device.ts'
import { expect, expectAccessible, test } from './fixtures.ts'

test('a SCADA symbol is chosen by its picture, told what to read, and looks as its form says', async ({
  tenantPage: page,
  device,
  runtime,
}) => {
  test.slow()
  await postTelemetry(runtime.httpUrl, device.token, { celsius: 66 })
  const target = { targetDevice: { type: 'entity', entityAliasId: 'device' } }
  const id = await saveBoard(
    page,
    deviceBoard(`Symbol ${device.name}`, device.id, [
      {
        fqn: 'system.scada_symbol',
        type: 'rpc',
        title: 'Kiln',
        at: { row: 0, col: 0, sizeX: 8, sizeY: 6 },
        config: { ...target, showTitle: false, settings: {} },
      },
    ]),
  )
  const grid = page.getByRole('listbox', { name: 'Widgets of the dashboard' })
  const panel = page.getByRole('complementary', { name: 'Widget', exact: true })

  await test.step('it is one of a hundred and fifty, found by a word', async () => {
    await page.goto(`/dashboards/${id}/edit`)
    await grid.getByRole('option', { name: 'Kiln' }).click()
    await panel.getByRole('tab', { name: 'Appearance' }).click()
    await panel.getByRole('button', { name: 'Choose symbol' }).click()
    const dialog = page.getByRole('dialog', { name: 'Choose a symbol' })
    await dialog.getByRole('searchbox').fill('upright scale')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: /Upright scale$/ }).click()
    await expect(dialog).toBeHidden()
    await expect(panel.getByText('Upright scale', { exact: true })).toBeVisible()
  })

  await test.step('it reads another key than the symbol names by itself', async () => {
    await panel.getByText('Newest temperature').click()
    await panel.getByRole('textbox', { name: 'Key' }).first().fill('celsius')
    await expect(panel.getByText('Newest celsius')).toBeVisible()
    await expect(grid).toContainText('66')
  })

  await test.step('its look is what the form says, and each change can be taken back', async () => {
    await panel.getByRole('textbox', { name: 'Label: text' }).fill('Kiln 1')
    await expect(grid).toContainText('Kiln 1')
    await panel.getByRole('button', { name: 'Label: as the symbol has it' }).click()
    await expect(grid).not.toContainText('Kiln 1')
    await panel.getByRole('button', { name: /^Good: / }).click()
    await page.getByRole('dialog', { name: 'Good' }).getByRole('button', { name: 'Accent' }).click()
    await page.keyboard.press('Escape')
    await expect(panel.getByRole('button', { name: 'Good: Accent' })).toBeVisible()
    await expectAccessible(page)
  })

  await deleteBoard(page, id)
})
