// npm run screenshots: pictures for the README and the docs, taken from a stack of its own.
import { mkdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type BrowserContextOptions, chromium, type Page } from '@playwright/test'
import config from '../playwright.config.ts'
import { accounts, signInToPlatform } from './platform.ts'
import { startStack } from './stack.ts'

const folder = resolve(import.meta.dirname, '..', 'docs', 'images')
const largestBytes = 300_000

type Shot = {
  name: string
  theme: 'light' | 'dark'
  viewport: { width: number; height: number }
  open: (page: Page) => Promise<void>
}

const desktop = { width: 1440, height: 900 }

const openBoard = async (page: Page, title: string) => {
  await page.goto('/dashboards')
  await page.getByRole('main').getByRole('link', { name: title, exact: true }).click()
}

const openFleet = async (page: Page) => {
  await openBoard(page, 'Fleet')
  await page.getByRole('region', { name: 'Vans' }).getByText('°C').first().waitFor()
}

const openEnergy = async (page: Page) => {
  await openBoard(page, 'Energy')
  await page.getByRole('region', { name: 'Energy by day' }).getByRole('img').waitFor()
}

const openPump = async (page: Page) => {
  await openFleet(page)
  const stations = page.getByRole('region', { name: 'Pump stations' })
  await stations.scrollIntoViewIfNeeded()
  await stations.getByText('Pump 01').click()
  await page.getByRole('region', { name: 'Speed of the pump' }).getByRole('slider').waitFor()
}

const openRootChain = async (page: Page) => {
  await page.goto('/rule-chains')
  await page.getByRole('main').getByRole('link', { name: 'Root Rule Chain' }).click()
  await page.getByText('Save Timeseries').waitFor()
}

const openConnect = async (page: Page) => {
  await page.goto('/devices')
  await page.getByRole('main').getByRole('link', { name: 'Thermostat 01' }).click()
  await page.getByRole('tab', { name: 'Connect' }).click()
  await page.getByRole('tabpanel').getByText('temperature').first().waitFor()
}

const shots: Shot[] = [
  { name: 'fleet', theme: 'light', viewport: desktop, open: openFleet },
  { name: 'energy', theme: 'dark', viewport: { width: 1440, height: 1036 }, open: openEnergy },
  { name: 'rule-chain', theme: 'light', viewport: desktop, open: openRootChain },
  { name: 'device-connect', theme: 'light', viewport: desktop, open: openConnect },
  { name: 'phone', theme: 'light', viewport: { width: 390, height: 844 }, open: openPump },
]

const contextOf = ({ theme, viewport }: Shot, baseURL: string): BrowserContextOptions => ({
  baseURL,
  viewport,
  colorScheme: theme,
  reducedMotion: 'reduce',
  locale: 'en-US',
})

/** Values need a moment to come in; charts and counters are worth a picture only when they have some. */
const settle = (page: Page) => page.waitForFunction(() => performance.now() > 4_000)

/** The simulated devices send their past first; a picture without it looks like a fault. */
const untilHistoryIsThere = async (httpUrl: string) => {
  const platform = await signInToPlatform(httpUrl, accounts.tenant)
  const found = await Promise.all(['Thermostat', 'Meter', 'Pump', 'Van'].map(platform.findDevices))
  const devices = found.flatMap(({ data }) => data)
  for (const endMs = Date.now() + 180_000; Date.now() < endMs; ) {
    const keys = await Promise.all(devices.map(({ id }) => platform.clientAttributes(id.id)))
    if (devices.length > 0 && keys.every((known) => known.includes('historySentAt'))) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('The simulated devices did not send their history within three minutes.')
}

// The ports of a first start: the commands in the pictures are those a reader types.
const stack = await startStack({ http: 8080, mqtt: 1883, mqttTls: 8883, coap: 5683 })
const browser = await chromium.launch(config.use?.launchOptions ?? {})
try {
  mkdirSync(folder, { recursive: true })
  await untilHistoryIsThere(stack.runtime.httpUrl)
  for (const shot of shots) {
    const context = await browser.newContext(contextOf(shot, stack.runtime.httpUrl))
    const page = await context.newPage()
    const origin = new URL(stack.runtime.httpUrl).origin
    await page.request.post('/api/session', { data: accounts.tenant, headers: { origin } })
    await page.addInitScript((theme) => localStorage.setItem('theme', theme), shot.theme)
    await shot.open(page)
    await settle(page)
    const path = join(folder, `${shot.name}.png`)
    await page.screenshot({ path })
    await context.close()
    const { size } = statSync(path)
    console.log(`${shot.name}.png ${(size / 1000).toFixed(0)} kB`)
    if (size > largestBytes) throw new Error(`${shot.name}.png is larger than ${largestBytes / 1000} kB.`)
  }
} finally {
  await browser.close()
  await stack.stop()
}
