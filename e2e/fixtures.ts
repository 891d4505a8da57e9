import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { type Account, accounts, type Platform, signInToPlatform, type TestDevice } from './platform.ts'
import { readRuntime, type Runtime } from './stack.ts'

type Fixtures = {
  runtime: Runtime & { dataDir: string }
  /** The REST API, signed in as the tenant's administrator. */
  platform: Platform
  /** A device of this journey alone; gone afterwards. */
  device: TestDevice
  /** A page signed in as the tenant's administrator. */
  tenantPage: Page
  /** A page signed in as the customer's user. */
  customerPage: Page
}

let devices = 0

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  runtime: async ({}, use) => use(readRuntime()),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  baseURL: async ({}, use) => use(readRuntime().httpUrl),
  platform: async ({ runtime }, use) => use(await signInToPlatform(runtime.httpUrl, accounts.tenant)),
  device: async ({ platform }, use, info) => {
    devices += 1
    const device = await platform.createDevice(`Journey ${info.workerIndex}-${devices} ${Date.now()}`)
    await use(device)
    await platform.deleteDevice(device.id)
  },
  tenantPage: async ({ page }, use) => {
    await signInByRequest(page, accounts.tenant)
    await use(page)
  },
  customerPage: async ({ page }, use) => {
    await signInByRequest(page, accounts.customer)
    await use(page)
  },
})

export { expect }

/** Gets the session cookies without the form, which has a journey of its own. */
export const signInByRequest = async (page: Page, account: Account) => {
  // The platform takes cookies only from its own pages, which say so by this header.
  const origin = new URL(readRuntime().httpUrl).origin
  const response = await page.request.post('/api/session', { data: account, headers: { origin } })
  expect(response.ok(), `sign-in was answered ${response.status()}`).toBe(true)
}

/** Signs in as a person does. */
export const signInByForm = async (page: Page, account: Account) => {
  await page.getByLabel('Email').fill(account.username)
  await page.getByLabel('Password').fill(account.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** The page has no violation of WCAG 2.1 A and AA that axe can find. */
export const expectAccessible = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
  // Soft: one run tells the findings of every page.
  expect.soft(found, new URL(page.url()).pathname).toEqual([])
}

/** Nothing is wider than the window. */
export const expectNoSidewaysScroll = async (page: Page) => {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, 'pixels wider than the window').toBeLessThanOrEqual(0)
}
