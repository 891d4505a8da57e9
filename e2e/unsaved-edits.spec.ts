import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './fixtures.ts'

const questionOn = (page: Page) => page.getByRole('dialog', { name: 'Leave without saving your changes?' })

/** Comes to the settings of a device the way a person does, so that there is a way back. */
const openSettings = async (page: Page, device: { name: string }) => {
  await page.goto(`/devices?q=${encodeURIComponent(device.name)}`)
  await page.getByRole('table').getByRole('link', { name: device.name }).click()
  await page.getByRole('tab', { name: 'Settings' }).click()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(device.name)
}

test('settings of a device are saved, and those of two people meet', async ({ tenantPage: page, platform, device }) => {
  const renamed = `${device.name} renamed`
  await openSettings(page, device)

  await test.step('what is wrong stands beside its field', async () => {
    await page.getByLabel('Name', { exact: true }).fill('')
    await page.getByLabel('Inactive after').fill('soon')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByRole('tabpanel').getByRole('alert')).toHaveCount(2)
    await expectAccessible(page)
  })

  await test.step('all of it is stored', async () => {
    await page.getByLabel('Name', { exact: true }).fill(renamed)
    await page.getByLabel('Label').fill('Hall 3')
    await page.getByLabel('Description').fill('Beside the door')
    await page.getByLabel('Profile').selectOption({ label: 'thermostat' })
    await page.getByRole('switch', { name: 'Is a gateway' }).click()
    await page.getByLabel('Inactive after').fill('90.5')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByText(`${renamed} is saved`)).toBeVisible()
    await expect(page.getByRole('heading', { name: renamed, level: 1 })).toBeAttached()
    await expect(page.getByRole('tab', { name: 'Devices behind it' })).toBeVisible()
    await page.reload()
    await expect(page.getByLabel('Description')).toHaveValue('Beside the door')
    await expect(page.getByLabel('Profile').locator('option:checked')).toHaveText('thermostat')
    await expect(page.getByLabel('Inactive after')).toHaveValue('90.5')
    expect(await platform.serverAttribute(device.id, 'inactivityTimeout')).toBe(90_500)
  })

  await test.step('another label is a conflict; a change beside what the form shows is none', async () => {
    await page.getByLabel('Description').fill('Mine')
    await platform.changeDevice(device.id, (stored) => ({ ...stored, label: 'Theirs' }))
    await page.getByRole('tab', { name: 'Overview' }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const conflict = page.getByRole('dialog')
    await expect(conflict.getByRole('row').filter({ hasText: 'Label' })).toContainText('Not changedTheirs')
    await conflict.getByRole('button', { name: 'Keep mine' }).click()
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeHidden()
    const both = { label: 'Theirs', additionalInfo: { description: 'Mine' } }
    await expect.poll(() => platform.deviceOf(device.id)).toMatchObject(both)

    await page.getByRole('tab', { name: 'Settings' }).click()
    await page.getByLabel('Label').fill('Mine')
    await page.getByLabel('Description').fill('Mine alone')
    await platform.changeDevice(device.id, (stored) => ({ ...stored, label: 'Theirs again' }))
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(conflict.getByRole('row').filter({ hasText: 'Label' })).toContainText('MineTheirs again')
    await conflict.getByRole('button', { name: 'Take theirs' }).click()
    await expect(page.getByLabel('Label')).toHaveValue('Theirs again')
    await expect(page.getByLabel('Description')).toHaveValue('Mine alone')
    await expect(page.getByRole('button', { name: 'Revert' })).toBeVisible()

    await page.getByLabel('Description').fill('Mine again')
    await platform.changeDevice(device.id, (stored) => stored)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const stored = { label: 'Theirs again', additionalInfo: { gateway: true, description: 'Mine again' } }
    await expect.poll(() => platform.deviceOf(device.id)).toMatchObject(stored)
    await expect(conflict).toBeHidden()
  })

  await test.step('an empty timeout is that of the installation', async () => {
    await page.getByLabel('Inactive after').fill('')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByRole('button', { name: 'Revert' })).toBeHidden()
    await expect.poll(() => platform.serverAttribute(device.id, 'inactivityTimeout')).toBeUndefined()
  })
})

test('every way out of unsaved edits asks first', async ({ tenantPage: page, device }) => {
  const question = questionOn(page)
  const stay = async () => {
    await expect(question).toBeVisible()
    await expect(page).toHaveURL(new RegExp(`/devices/${device.id}`))
    await question.getByRole('button', { name: 'Stay here' }).click()
    await expect(question).toBeHidden()
  }
  await openSettings(page, device)
  await page.getByLabel('Label').fill('not saved')

  await test.step('another tab of the page loses nothing, and asks nothing', async () => {
    await page.getByRole('tab', { name: 'Overview' }).click()
    await page.goBack()
    await expect(page.getByRole('tab', { name: 'Settings' })).toHaveAttribute('aria-selected', 'true')
    await expect(page.getByLabel('Label')).toHaveValue('not saved')
    await expect(question).toBeHidden()
  })

  await test.step('a link, the palette and signing out', async () => {
    await page.getByRole('link', { name: 'Dashboards' }).click()
    await stay()
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('option', { name: 'Rule chains' }).click()
    await stay()
    await page.getByRole('button', { name: /Tenant administrator/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expectAccessible(page)
    await stay()
  })

  await test.step("the browser's Back button, again and again", async () => {
    await page.goBack()
    await expect(page.getByRole('tab', { name: 'Overview' })).toHaveAttribute('aria-selected', 'true')
    for (const _ of [1, 2]) {
      await page.goBack()
      await stay()
    }
    await page.getByRole('tab', { name: 'Settings' }).click()
    await expect(page.getByLabel('Label')).toHaveValue('not saved')
  })

  await test.step('who means it, leaves', async () => {
    await page.goBack()
    await page.goBack()
    await question.getByRole('button', { name: 'Leave without saving' }).click()
    await expect(page).toHaveURL(/\/devices\?q=/)
    await expect(page.getByRole('table').getByRole('link', { name: device.name })).toBeVisible()
    await page.goForward()
    await expect(page.getByRole('tab', { name: 'Settings' })).toBeVisible()
    await expect(question).toBeHidden()
  })
})

test('what was typed into a dialog is not lost by a slip', async ({ tenantPage: page }) => {
  const question = questionOn(page)
  const dialog = page.getByRole('dialog', { name: 'Add a device' })
  await page.goto('/devices')
  await page.getByRole('button', { name: 'Add device' }).click()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await page.getByRole('button', { name: 'Add device' }).click()
  await dialog.getByLabel('Name').fill('half a na')
  for (const slip of [() => page.keyboard.press('Escape'), () => page.goBack()]) {
    await slip()
    await question.getByRole('button', { name: 'Stay here' }).click()
    await expect(question).toBeHidden()
    await expect(dialog.getByLabel('Name')).toHaveValue('half a na')
  }
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await question.getByRole('button', { name: 'Leave without saving' }).click()
  await expect(dialog).toBeHidden()
})

test('ticked rows are deleted together, and of each is said what came of it', async ({
  tenantPage: page,
  platform,
}) => {
  const stamp = `Bulk ${Date.now()}`
  for (const n of [1, 2, 3]) await platform.createDevice(`${stamp} ${n}`)
  await page.goto(`/devices?q=${encodeURIComponent(stamp)}`)
  await page.getByRole('checkbox', { name: 'Select all rows shown' }).check()
  await page.getByRole('checkbox', { name: `Select ${stamp} 2` }).uncheck()
  await expect(page.getByRole('status').filter({ hasText: '2 selected' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Delete…' }).click()
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveText([/ [13]$/, / [13]$/])
  await page.getByRole('dialog').getByRole('button', { name: 'Delete all 2' }).click()
  await expect(page.getByText('2 entries are deleted')).toBeVisible()
  await expect(page.getByRole('table').getByRole('link')).toHaveText([`${stamp} 2`])

  await page.goto('/device-profiles?q=default')
  await page.getByRole('checkbox', { name: 'Select default' }).check()
  await page.getByRole('button', { name: 'Delete…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete 1' }).click()
  await expect(page.getByRole('dialog').getByRole('listitem')).toContainText(/default.+default/i)
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByRole('checkbox', { name: 'Select default' })).toBeChecked()
  const { data } = await platform.findDevices(stamp)
  for (const { id } of data) await platform.deleteDevice(id.id)
})
