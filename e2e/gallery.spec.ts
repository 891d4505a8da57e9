import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, expectNoSidewaysScroll, test } from './fixtures.ts'

/** Bundles of the gallery. */
const families = [
  'charts',
  'cards',
  'gauges',
  'tables',
  'control_widgets',
  'input_widgets',
  'maps',
  'content',
  'scada',
] as const

/**
 * Said by the browser of what a case wants to load from the sandbox or from a page that is not there, which is what the case
 * is about.
 */
const isExpected = (text: string) =>
  /Content Security Policy|net::ERR_|Failed to load resource|sandboxed|WebGL|GL Driver/i.test(text)

const watchErrors = (page: Page): string[] => {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message.text())) errors.push(message.text())
  })
  return errors
}

/** Cases load as they come near the window; all of them are wanted. */
const showAll = async (page: Page) => {
  const sections = page.locator('[data-widget]')
  await expect(sections.first()).toBeVisible()
  for (const section of await sections.all()) {
    await section.scrollIntoViewIfNeeded()
    await expect(section.locator('[data-case]').first()).toBeVisible()
  }
}

/** What axe finds in the widgets; their frames are documents of files. */
const violations = async (page: Page) => {
  const found = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .exclude('iframe')
    .analyze()
  return found.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 5)
        .map(({ target }) => target.join(' '))
        .join(', ')}`,
  )
}

for (const family of families) {
  for (const theme of ['light', 'dark'] as const) {
    test(`every widget of the family ${family} is seen without errors, and accessible, in ${theme}`, async ({
      tenantPage: page,
    }) => {
      const errors = watchErrors(page)
      await page.setViewportSize({ width: 1_440, height: 900 })
      await page.goto(`/gallery?family=${family}&theme=${theme}&size=smallest`)
      await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
      await showAll(page)
      expect.soft(await violations(page), `${family} in ${theme}`).toEqual([])
      await page.setViewportSize({ width: 390, height: 844 })
      await expectNoSidewaysScroll(page)
      expect(errors).toEqual([])
    })
  }
}
