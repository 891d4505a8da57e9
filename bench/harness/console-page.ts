import type { Page } from '@playwright/test'
import { startStack } from '../../e2e/stack.ts'

type Options = {
  /** An installation with the demo tenant that runs already; without it one is started. */
  url: string | undefined
  viewport: { width: number; height: number }
  say: (text: string) => void
}

/** Does something with a page of the console in Chromium, in which the demo tenant's administrator is signed in. */
export const withConsolePage = async <T>(
  { url: given, viewport, say }: Options,
  run: (url: string, openPage: () => Promise<Page>) => Promise<T>,
): Promise<T> => {
  say(given ? `using ${given}` : 'starting an installation; the console is built when it has changed')
  const stack = given ? null : await startStack()
  const url = given ?? stack?.runtime.httpUrl ?? ''
  // Only here: the other benchmarks need no browser.
  const [{ chromium }, { default: config }] = await Promise.all([
    import('@playwright/test'),
    import('../../playwright.config.ts'),
  ])
  const browser = await chromium.launch(config.use?.launchOptions ?? {})
  try {
    return await run(url, async () => {
      const page = await browser.newPage({ baseURL: url, viewport })
      await page.request.post('/api/session', {
        data: { username: 'tenant@thingwire.local', password: 'tenant' },
        headers: { origin: new URL(url).origin },
      })
      return page
    })
  } finally {
    await browser.close()
    await stack?.stop()
  }
}
