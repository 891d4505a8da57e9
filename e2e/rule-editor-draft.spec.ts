import type { Page } from '@playwright/test'
import { chainEditor } from './chain-editor.ts'
import { expect, expectAccessible, signInByRequest, test } from './fixtures.ts'
import { accounts, type Platform } from './platform.ts'

const draftPath = '**/api/ruleChain/*/draft'

const newChain = (platform: Platform, name: string) => {
  const node = (called: string, place: number) => ({
    type: 'org.thingsboard.rule.engine.filter.TbMsgTypeFilterNode',
    name: called,
    configuration: { messageTypes: ['POST_TELEMETRY_REQUEST'] },
    additionalInfo: { layoutX: 100 + 260 * place, layoutY: 200 },
  })
  return platform.importRuleChain({
    ruleChain: { name: `${name} ${Date.now()}` },
    metadata: {
      firstNodeIndex: 0,
      nodes: [node('First', 0), node('Second', 1)],
      connections: [{ fromIndex: 0, toIndex: 1, type: 'True' }],
    },
  })
}

/** The dialog that a page shows when its session has ended. */
const endedOn = (page: Page) => page.getByRole('dialog', { name: 'Your session has ended' })

test('edits outlast an ended session, a lost connection and a browser that is gone', async ({
  tenantPage: page,
  platform,
}) => {
  const id = await newChain(platform, 'Kept')
  await chainEditor(page).open(id, 'First')

  // The server may refuse a session that it has just renewed: then nobody is sent away.
  const refused = { status: 401, json: { status: 401, message: 'Authentication failed', errorCode: 10, timestamp: 0 } }
  await page.route(draftPath, (route) =>
    route.request().method() === 'PUT' ? route.fulfill(refused) : route.continue(),
  )
  await chainEditor(page).node('Second').click()
  await chainEditor(page).rename('Second', 'Refused')
  await expect(page.getByRole('button', { name: 'Sign in again' })).toBeVisible()
  await page.unroute(draftPath)
  await expect.poll(() => platform.draftNodes(id)).toEqual(['First', 'Refused'])

  await page.context().clearCookies()
  await chainEditor(page).rename('Refused', 'Named signed out')
  await expect(endedOn(page)).toBeVisible()
  // Escape does not lead past it.
  await page.keyboard.press('Escape')
  await endedOn(page).getByLabel('Password').fill('wrong')
  await endedOn(page).getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(endedOn(page).getByRole('alert')).toHaveText('Email or password is wrong.')
  await expectAccessible(page)
  await endedOn(page).getByLabel('Password').fill(accounts.tenant.password)
  await page.keyboard.press('Enter')
  await expect(endedOn(page)).toHaveCount(0)
  await expect.poll(() => platform.draftNodes(id)).toEqual(['First', 'Named signed out'])

  // Another tab may bring the session back; the steps to undo are those from before.
  await page.context().clearCookies()
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(endedOn(page)).toBeVisible()
  await signInByRequest(page, accounts.tenant)
  await page.evaluate(() => dispatchEvent(new Event('focus')))
  await expect(endedOn(page)).toHaveCount(0)
  await expect.poll(() => platform.draftNodes(id)).toBeNull()
  await page.getByRole('button', { name: /^Redo/ }).click()
  await expect.poll(() => platform.draftNodes(id)).toEqual(['First', 'Named signed out'])

  await page.route(draftPath, (route) => route.abort())
  const tried = page.waitForRequest((request) => request.method() === 'PUT' && request.url().endsWith('/draft'))
  await chainEditor(page).node('First').click()
  await chainEditor(page).rename('First', 'Named without a connection')
  // What the browser keeps for itself is written before it is sent.
  await tried
  expect(await platform.draftNodes(id)).toEqual(['First', 'Named signed out'])
  await page.close()

  const again = await page.context().newPage()
  await chainEditor(again).open(id, 'Named without a connection')
  await expect.poll(() => platform.draftNodes(id)).toEqual(['Named without a connection', 'Named signed out'])
  await platform.deleteRuleChain(id)
})

test('two people edit one chain, and each sees what the other does', async ({
  tenantPage: anna,
  platform,
  browser,
  runtime,
}) => {
  const id = await newChain(platform, 'Shared')
  const context = await browser.newContext({ baseURL: runtime.httpUrl })
  const ben = await context.newPage()
  await signInByRequest(ben, accounts.tenant)
  for (const page of [anna, ben]) await chainEditor(page).open(id, 'First')
  await chainEditor(anna).node('First').click()
  await chainEditor(anna).rename('First', "Anna's")
  await expect(chainEditor(ben).node("Anna's")).toBeVisible()
  await chainEditor(ben).node('Second').click()
  await chainEditor(ben).rename('Second', "Ben's")
  await expect(chainEditor(anna).node("Ben's")).toBeVisible()
  await expect.poll(() => platform.draftNodes(id)).toEqual(["Anna's", "Ben's"])
  await context.close()
  await platform.deleteRuleChain(id)
})

test('everything can be undone, step by step, until nothing is left to publish', async ({
  tenantPage: page,
  platform,
}) => {
  const id = await newChain(platform, 'Undone')
  const editor = chainEditor(page)
  await editor.open(id, 'First')
  await editor.node('First').click()
  await editor.rename('First', 'Another name')
  await editor.node('Second').click()
  await page.keyboard.press('Delete')
  await expect(editor.node('Second')).toHaveCount(0)
  await page.keyboard.press('a')
  await editor.pick(editor.add, 'create alarm')
  await expect(editor.nodes).toHaveCount(2)
  await expect.poll(() => platform.draftNodes(id)).toEqual(['Another name', expect.stringMatching(/alarm/i)])

  const undo = page.getByRole('button', { name: /^Undo/ })
  while (await undo.isEnabled()) await undo.click()
  await expect(editor.node('First')).toBeVisible()
  await expect(editor.node('Second')).toBeVisible()
  await expect(editor.nodes).toHaveCount(2)
  await expect.poll(() => platform.draftNodes(id)).toBeNull()
  await platform.deleteRuleChain(id)
})
