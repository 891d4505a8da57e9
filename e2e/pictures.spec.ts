import { deleteBoard, saveBoard } from './boards.ts'
import { expect, expectAccessible, test } from './fixtures.ts'

const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="teal"/></svg>'

test('a picture is uploaded, renamed, and not deleted before it is said what shows it', async ({
  tenantPage: page,
  device,
}) => {
  const name = `Plan of ${device.name}`
  const id = await saveBoard(page, { title: `Board with ${device.name}`, configuration: {} })
  const dialog = page.getByRole('dialog', { name: 'Choose a picture' })
  const actions = dialog.getByRole('button', { name: `Actions for ${name}` })
  const choose = () => page.getByRole('button', { name: 'Choose Picture' }).click()

  await test.step('one that is uploaded is the one that is chosen', async () => {
    await page.goto(`/dashboards/${id}/edit`)
    await page.getByRole('button', { name: 'Dashboard', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Dashboard settings' }).click()
    await choose()
    await dialog
      .getByLabel('Upload', { exact: true })
      .setInputFiles({ name: `${device.name}.svg`, mimeType: 'image/svg+xml', buffer: Buffer.from(drawing) })
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('group', { name: 'Picture', exact: true })).toContainText('.svg')
  })

  await test.step('its name is changed', async () => {
    await choose()
    await dialog.getByRole('button', { name: `Actions for ${device.name}.svg` }).click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    const rename = page.getByRole('dialog', { name: `Rename ${device.name}.svg` })
    await rename.getByLabel('Name').fill(name)
    await rename.getByRole('button', { name: 'Rename' }).click()
    await expect(actions).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('what shows it is named before it goes', async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const publish = page.getByRole('dialog', { name: /^Publish/ })
    await publish.getByRole('button', { name: 'Publish', exact: true }).click()
    await expect(publish).toBeHidden()
    await page.getByRole('button', { name: 'Dashboard', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Dashboard settings' }).click()
    await choose()
    await actions.click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    const remove = page.getByRole('dialog', { name: `Delete ${name}?` })
    await remove.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(remove.getByRole('link', { name: `Board with ${device.name}` })).toBeVisible()
    await expectAccessible(page)
    await remove.getByRole('button', { name: 'Delete all the same' }).click()
    await expect(remove).toBeHidden()
    await expect(actions).toHaveCount(0)
  })

  await deleteBoard(page, id)
})
