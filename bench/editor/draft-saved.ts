import type { Page } from '@playwright/test'

/** How long the next saving of the draft takes, without the moment in which it waits for further edits. */
export const draftSaved = async (page: Page): Promise<number> => {
  const answer = await page.waitForResponse(
    (response) => response.request().method() === 'PUT' && response.url().endsWith('/draft'),
    { timeout: 120_000 },
  )
  await answer.finished()
  return Math.round(answer.request().timing().responseEnd)
}
