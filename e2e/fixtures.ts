import AxeBuilder from '@axe-core/playwright'
import { test as base, errors, expect, type Page } from '@playwright/test'
import { type Account, accounts, type Platform, signInToPlatform, type TestDevice } from './platform.ts'
import { readRuntime, type Runtime } from './stack.ts'
import { takeTurn } from './turn.ts'

type Fixtures = {
  /** It changes what all others see, or stops parts of the stack: no other journey is under way meanwhile. */
  isAlone: boolean
  turn: undefined
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
  isAlone: [false, { option: true }],
  turn: [
    async ({ isAlone }, use, info) => {
      const end = await takeTurn(readRuntime().dataDir, info.workerIndex, isAlone)
      await use(undefined)
      end()
    },
    // The time that others take is not that of the journey.
    { auto: true, timeout: 600_000 },
  ],
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
  context: async ({ context }, use) => {
    const faults: string[] = []
    context.on('console', (message) => {
      if (message.text().includes('IntlError')) faults.push(message.text())
    })
    context.on('weberror', (fault) => {
      if (fault.error().message.includes('Minified React error')) faults.push(fault.error().message)
    })
    await use(context)
    expect(faults, 'texts that are missing, and pages whose markup is not what the server sent').toEqual([])
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

type Look = {
  /** Selector of what is looked at; without one it is the page, with its frames. */
  part?: string | undefined
  /** The one rule whose answer depends on the theme. */
  contrastAlone?: boolean
}

/** The page, or one part of it, has no violation of WCAG 2.1 A and AA that axe can find. */
export const expectAccessible = async (page: Page, { part, contrastAlone }: Look = {}) => {
  await atRest(page)
  const axe = new AxeBuilder({ page })
  if (contrastAlone) axe.withRules(['color-contrast'])
  else axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
  // A part has no frames of others, so axe need not be brought into them, nor a page opened for what they find.
  if (part !== undefined) axe.include(part).setLegacyMode()
  const look = async () =>
    (await axe.analyze()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    )
  let found = await look()
  if (found.length > 0) {
    // A message that went while axe looked at it is pale for a moment; a fault of the page is there the next time, too.
    await atRest(page)
    found = await look()
  }
  // Soft: one run tells the findings of every page.
  expect.soft(found, `${new URL(page.url()).pathname} ${part ?? ''}`).toEqual([])
}

/**
 * What fades in or glides has got there; what never ends, and what follows a scroll bar, is not waited for. An animation of
 * which the browser draws no frame any more stays as it is: what is seen then is looked at.
 */
const atRest = async (page: Page) => {
  const isAtRest = () =>
    !document.getAnimations().some(({ effect, playState, timeline }) => {
      const isEnding = timeline instanceof DocumentTimeline && effect?.getComputedTiming().endTime !== Infinity
      return isEnding && playState === 'running'
    })
  await page.waitForFunction(isAtRest, null, { timeout: 10_000 }).catch((fault: unknown) => {
    if (!(fault instanceof errors.TimeoutError)) throw fault
  })
}

/** The same in both themes, which follow the system here. */
export const expectAccessibleInBoth = async (page: Page, part?: string) => {
  const look = async (theme: 'light' | 'dark', contrastAlone: boolean) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await expectAccessible(page, { part, contrastAlone })
  }
  await look('light', false)
  await look('dark', true)
}

/** Nothing is wider than the window. */
export const expectNoSidewaysScroll = async (page: Page) => {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, 'pixels wider than the window').toBeLessThanOrEqual(0)
}
