import { createApiClient } from '@thingwire/api-client'
import { Secret, TOTP } from 'otpauth'
import { z } from 'zod'
import { expect, expectAccessible, expectNoSidewaysScroll, signInByForm, test } from './fixtures.ts'
import { type Account, accounts } from './platform.ts'

const password = 'a long enough password'

/** The API with the rights of an account. */
const apiOf = async (httpUrl: string, account: Account) => {
  const { token } = await createApiClient({ baseUrl: httpUrl })('POST /api/auth/login', { body: account })
  return createApiClient({ baseUrl: httpUrl, authorization: `Bearer ${token}` })
}
type Api = Awaited<ReturnType<typeof apiOf>>

const mailsSchema = z.array(z.object({ to: z.string(), subject: z.string(), text: z.string() }))

/** The newest mail to an address that no mail server took. */
const mailTo = async (httpUrl: string, address: string) => {
  const mails = mailsSchema.parse(await (await fetch(new URL('/api/dev/mail/json', httpUrl))).json())
  return mails.find(({ to }) => to === address)?.text ?? ''
}
const linkIn = (text: string): string => /https?:\/\/\S+Token=\S+/.exec(text)?.[0] ?? ''

/** A user of a new customer, whose mail says how to go on. */
const inviteCustomerUser = async (api: Api, name: string) => {
  const customer = await api('POST /api/customer', { body: { title: name } })
  const email = `${name.toLowerCase().replaceAll(' ', '-')}@example.org`
  await api('POST /api/user', {
    query: { sendActivationMail: true },
    body: { email, authority: 'CUSTOMER_USER', customerId: customer.id },
  })
  const remove = () => api('DELETE /api/customer/{customerId}', { path: { customerId: customer.id.id } })
  return { customer, email, remove }
}

test('an invited user follows the mail, chooses a password and sees nothing but what is assigned', async ({
  page,
  runtime,
}) => {
  const api = await apiOf(runtime.httpUrl, accounts.tenant)
  const name = `Invited ${Date.now()}`
  const { customer, email, remove } = await inviteCustomerUser(api, name)
  const mine = await api('POST /api/device', { body: { name: `${name} theirs`, customerId: customer.id } })
  const other = await api('POST /api/device', { body: { name: `${name} not theirs` } })

  const { pathname, search } = new URL(linkIn(await mailTo(runtime.httpUrl, email)))
  // The installation does not know under which address this test reaches it.
  const link = pathname + search
  expect(link).toContain('activateToken=')

  await test.step('the link of the mail leads to a page that asks for a password', async () => {
    await page.goto(link)
    await expect(page).toHaveURL(/\/login\/createPassword\?activateToken=/)
    await expectAccessible(page)
    await page.getByLabel('Password', { exact: true }).fill('short')
    await page.getByLabel('Password again').fill('other')
    await page.getByRole('button', { name: 'Set password' }).click()
    await expect(page.getByText('The two passwords differ')).toBeVisible()
    await page.getByLabel('Password again').fill('short')
    await page.getByRole('button', { name: 'Set password' }).click()
    await expect(page.getByRole('main').getByRole('alert').filter({ hasText: /6/ })).toBeVisible()
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByLabel('Password again').fill(password)
    await page.getByRole('button', { name: 'Set password' }).click()
    await expect(page.getByText('Your password is set')).toBeVisible()
  })

  await test.step('signed in, only the own device is there', async () => {
    await signInByForm(page, { username: email, password })
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Devices' }).click()
    await expect(page.getByRole('link', { name: mine.name, exact: true })).toBeVisible()
    await expect(page.getByText(other.name)).toHaveCount(0)
    await page.goto(`/devices/${other.id.id}`)
    await expect(page.getByText('Not for this account')).toBeVisible()
  })

  await test.step('the link works once', async () => {
    const again = await page.request.get(link, { maxRedirects: 0 })
    expect(again.status()).toBe(409)
  })
  for (const { id } of [mine, other]) await api('DELETE /api/device/{deviceId}', { path: { deviceId: id.id } })
  await remove()
})

test('a forgotten password is replaced through the mail, and the old one is gone', async ({ page, runtime }) => {
  const api = await apiOf(runtime.httpUrl, accounts.tenant)
  const { email, remove } = await inviteCustomerUser(api, `Forgetful ${Date.now()}`)
  const activateToken = new URL(linkIn(await mailTo(runtime.httpUrl, email))).searchParams.get('activateToken') ?? ''
  await api('POST /api/noauth/activate', { body: { activateToken, password: 'the first password' } })

  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgot password?' }).click()
  await expect(page.getByRole('heading', { name: 'Forgot your password?' })).toBeVisible()
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByRole('status').filter({ hasText: email })).toBeVisible()

  await expect.poll(async () => linkIn(await mailTo(runtime.httpUrl, email))).toContain('resetToken=')
  const link = new URL(linkIn(await mailTo(runtime.httpUrl, email)))
  await page.goto(link.pathname + link.search)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('Password again').fill(password)
  await page.getByRole('button', { name: 'Save password' }).click()
  await signInByForm(page, { username: email, password: 'the first password' })
  await expect(page.getByRole('alert').filter({ hasText: 'Email or password is wrong.' })).toBeVisible()
  await signInByForm(page, { username: email, password })
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await remove()
})

test('two-step sign-in is set up with an app, asked for, and backed by codes', async ({ page, runtime }) => {
  const system = await apiOf(runtime.httpUrl, accounts.sysadmin)
  await system('POST /api/2fa/settings', {
    body: {
      providers: [
        { providerType: 'TOTP', issuerName: 'Thingwire' },
        { providerType: 'BACKUP_CODE', codesQuantity: 8 },
      ],
      minVerificationCodeSendPeriod: 30,
      totalAllowedTimeForVerification: 600,
    },
  })
  const api = await apiOf(runtime.httpUrl, accounts.tenant)
  const { email, remove } = await inviteCustomerUser(api, `Careful ${Date.now()}`)
  const activateToken = new URL(linkIn(await mailTo(runtime.httpUrl, email))).searchParams.get('activateToken') ?? ''
  await api('POST /api/noauth/activate', { body: { activateToken, password } })
  const account = { username: email, password }

  let app = new TOTP()
  let backupCode = ''
  await test.step('set up in the account page', async () => {
    await page.goto('/sign-in')
    await signInByForm(page, account)
    await page.getByRole('button', { name: new RegExp(email.slice(0, 7), 'i') }).click()
    await page.getByRole('menuitem', { name: 'Account and security' }).click()
    const row = page.getByRole('listitem').filter({ hasText: 'Authenticator app' })
    await row.getByRole('button', { name: 'Set up' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('img', { name: 'QR code for the authenticator app' })).toBeVisible()
    app = new TOTP({ secret: Secret.fromBase32(await dialog.locator('code').innerText()) })
    await dialog.getByLabel('Code of the app').fill(app.generate())
    await dialog.getByRole('button', { name: 'Turn on' }).click()
    await expect(row.getByText('On', { exact: true })).toBeVisible()

    const codes = page.getByRole('listitem').filter({ hasText: 'Backup codes' })
    await codes.getByRole('button', { name: 'Set up' }).click()
    backupCode = await dialog.getByRole('listitem').first().innerText()
    await dialog.getByRole('button', { name: 'I have kept them' }).click()
    await expect(codes.getByText('8 codes left')).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('the password alone does not sign in; a wrong code neither', async () => {
    await page.getByRole('button', { name: new RegExp(email.slice(0, 7), 'i') }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await signInByForm(page, account)
    await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible()
    await expectAccessible(page)
    await page.getByLabel('Code', { exact: true }).fill('000000')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByText('Verification code is incorrect')).toBeVisible()
    await page.goto('/devices')
    await expect(page).toHaveURL(/\/sign-in/)
  })

  await test.step('the code of the app does', async () => {
    await signInByForm(page, account)
    // The code of this half minute was used to set it up, and none works twice.
    await page.getByLabel('Code', { exact: true }).fill(app.generate({ timestamp: Date.now() + 30_000 }))
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
    await page.context().clearCookies()
    await page.goto('/sign-in')
  })

  await test.step('a backup code does, once; on a phone too', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await signInByForm(page, account)
    await page.getByRole('button', { name: 'Use a backup code' }).click()
    await page.getByLabel('Backup code').fill(backupCode)
    await expectNoSidewaysScroll(page)
    await page.getByRole('button', { name: 'Continue' }).click()
    // Signed in, before the next page is asked for.
    await expect(page).not.toHaveURL(/\/sign-in/)
    await page.goto('/account')
    await expect(page.getByText('7 codes left')).toBeVisible()
    await expectNoSidewaysScroll(page)
  })
  await remove()
})

test('an API key made in the console lets a script in until it is switched off', async ({
  tenantPage: page,
  runtime,
}) => {
  await page.goto('/account')
  const name = `Script ${Date.now()}`
  await page.getByRole('button', { name: 'New key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What it is for').fill(name)
  await dialog.getByRole('button', { name: 'Create key' }).click()
  const value = (await dialog.locator('pre').first().innerText()).trim()
  expect(value).toMatch(/^tb_/)
  await dialog.getByRole('button', { name: 'Done' }).click()

  const api = createApiClient({ baseUrl: runtime.httpUrl, authorization: `ApiKey ${value}` })
  expect(await api('GET /api/auth/user')).toMatchObject({ email: accounts.tenant.username })
  await page.getByRole('switch', { name: `${name} is enabled` }).click()
  await expect(page.getByRole('switch', { name: `${name} is enabled` })).not.toBeChecked()
  await expect(api('GET /api/auth/user')).rejects.toMatchObject({ status: 401 })
  await page.getByRole('button', { name: `Delete ${name}` }).click()
  await expect(page.getByText(name)).toHaveCount(0)
})
