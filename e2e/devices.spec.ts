import { expect, signInByForm, test } from './fixtures.ts'
import { accounts } from './platform.ts'

test('a device is made in the dialog, found, opened by the palette, and deleted', async ({ tenantPage: page }) => {
  const name = `Dialog ${Date.now()}`
  await page.goto('/devices')
  await expect(page.getByRole('table', { name: 'Devices' })).toContainText('Thermostat')

  await test.step('the dialog says what is missing', async () => {
    await page.getByRole('button', { name: 'Add device' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Add and connect' }).click()
    await expect(dialog.getByRole('alert')).toContainText('name')
    await dialog.getByLabel('Name').fill('Thermostat 01')
    await dialog.getByRole('button', { name: 'Add and connect' }).click()
    await expect(dialog.getByRole('alert')).toContainText('already exists')
  })

  await test.step('and leads to the first message', async () => {
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill(name)
    await dialog.getByLabel('Label').fill('made by a journey')
    await dialog.getByRole('button', { name: 'Add and connect' }).click()
    await expect(page).toHaveURL(/\/devices\/[0-9a-f-]{36}\?tab=connect/)
    await expect(page.getByRole('heading', { name, level: 1 })).toBeAttached()
  })

  await test.step('the list finds it; the search is in the address', async () => {
    await page.goto('/devices')
    await page.getByRole('searchbox').fill(name)
    await expect(page.getByRole('table').getByRole('link', { name })).toBeVisible()
    await expect(page.getByRole('table').getByRole('row')).toHaveCount(2)
    await expect.poll(() => new URL(page.url()).search).toContain(encodeURIComponent(name.slice(0, 6)))
    await page.reload()
    await expect(page.getByRole('table').getByRole('link', { name })).toBeVisible()
  })

  await test.step('a link followed right after typing leads there, however slow the way is', async () => {
    await page.goto('/devices')
    const link = page.getByRole('table').getByRole('link', { name })
    await expect(link).toBeVisible()
    await page.route(/\/devices\/[0-9a-f-]{36}.*_rsc=/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      await route.continue()
    })
    await page.getByRole('searchbox').fill('Dialog')
    await link.click()
    await expect(page).toHaveURL(/\/devices\/[0-9a-f-]{36}$/)
    await page.unrouteAll({ behavior: 'ignoreErrors' })
  })

  await test.step('the palette opens it', async () => {
    await page.goto('/')
    await expect(page.getByRole('main')).toBeVisible()
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('combobox').fill(name)
    await page.getByRole('option', { name }).click()
    await expect(page.getByRole('heading', { name, level: 1 })).toBeAttached()
  })

  await test.step('it is deleted after a question that names it', async () => {
    await page.getByRole('button', { name: `Actions for ${name}` }).click()
    await page.getByRole('menuitem', { name: 'Delete…' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText(name)
    await dialog.getByRole('button', { name: 'Delete device' }).click()
    await expect(page).toHaveURL(/\/devices$/)
    await expect(page.getByRole('table')).toContainText('Thermostat')
    await expect(page.getByRole('table').getByRole('link', { name })).toHaveCount(0)
  })
})

test('a deep link survives the sign-in, and signing out closes the door', async ({ page, device }) => {
  const path = `/devices/${device.id}?tab=attributes`
  await page.goto(path)
  await expect(page).toHaveURL(/\/sign-in/)
  await page.getByLabel('Email').fill(accounts.tenant.username)
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
  await signInByForm(page, accounts.tenant)
  await expect(page).toHaveURL(new RegExp(`/devices/${device.id}\\?tab=attributes`))
  await expect(page.getByRole('tab', { name: 'Attributes' })).toHaveAttribute('aria-selected', 'true')

  await page.getByRole('button', { name: /Tenant administrator/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  await page.goto(path)
  await expect(page).toHaveURL(/\/sign-in/)
  await expect(page.getByLabel('Password')).toBeVisible()
})

test("a customer's user sees the customer's devices and nothing else", async ({ customerPage: page, device }) => {
  await page.goto('/devices')
  const table = page.getByRole('table', { name: 'Devices' })
  await expect(table).toContainText('Thermostat')
  await expect(table).not.toContainText(device.name)
  await expect(page.getByRole('button', { name: 'Add device' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Rule chains' })).toHaveCount(0)
  await page.goto(`/devices/${device.id}`)
  await expect(page.getByRole('main')).not.toContainText(device.name)
  await expect(page.getByRole('main').getByRole('link', { name: /Devices/ })).toBeVisible()
})
