import { deleteBoard, deviceBoard, saveBoard } from './boards.ts'
import { fingers, middleOf } from './fingers.ts'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './fixtures.ts'

test.use({ viewport: { width: 1024, height: 768 }, hasTouch: true, isMobile: true })

const textCard = (title: string, row: number) => ({
  ...{ fqn: 'system.cards.markdown_card', type: 'latest', title },
  at: { row, col: 0, sizeX: 12, sizeY: 5 },
  config: { datasources: [], settings: { markdownTextPattern: title } },
})

test('a dashboard is laid out with a finger on a tablet', async ({ tenantPage: page }) => {
  const cards = ['One', 'Two', 'Three', 'Four'].map((title, index) => textCard(title, 5 * index))
  const id = await saveBoard(page, deviceBoard(`Touched ${Date.now()}`, crypto.randomUUID(), cards))
  await page.goto(`/dashboards/${id}/edit`)
  const list = page.getByRole('listbox', { name: 'Widgets of the dashboard' })
  const card = (name: string) => list.getByRole('option', { name, exact: true })
  await expect(card('Four')).toBeAttached()
  const hand = await fingers(page)

  await test.step('a finger that rests opens the menu, which stays when it is lifted', async () => {
    await hand.down(await middleOf(card('One')))
    const menu = page.getByRole('menu')
    await expect(menu).toBeVisible()
    await hand.up()
    await menu.getByRole('menuitem', { name: 'Duplicate' }).tap()
    await expect(menu).toHaveCount(0)
    await expect(card('One')).toHaveCount(2)
    await page.getByRole('button', { name: /^Undo/ }).tap()
    await expect(card('One')).toHaveCount(1)
    await page.keyboard.press('Escape')
  })

  await test.step('a finger scrolls the board, and draws nothing together', async () => {
    const before = await middleOf(card('Two'))
    await hand.down(before)
    await hand.move([before], [{ x: before.x, y: before.y - 200 }])
    await hand.up()
    await expect.poll(async () => (await middleOf(card('Two'))).y).toBeLessThan(before.y - 50)
    await expect(page.getByRole('button', { name: /^Undo/ })).toBeDisabled()
  })

  await test.step('what was chosen before is moved', async () => {
    await card('Three').tap()
    await expect(card('Three')).toHaveAttribute('aria-selected', 'true')
    const close = page
      .getByRole('complementary', { name: 'Widget', exact: true })
      .getByRole('button', { name: 'Close' })
    await close.tap()
    await expect(close).toHaveCount(0)
    const from = await middleOf(card('Three'))
    await hand.down(from)
    await hand.move([from], [{ x: from.x + 300, y: from.y }])
    await hand.up()
    await expect.poll(async () => (await middleOf(card('Three'))).x).toBeGreaterThan(from.x + 150)
    await expect(page.getByRole('button', { name: /^Undo/ })).toBeEnabled()
  })

  await test.step('several are chosen with taps, duplicated, and moved together', async () => {
    const bar = page.getByRole('toolbar', { name: 'Selected widgets' })
    await hand.down(await middleOf(card('Three')))
    await page.getByRole('menuitem', { name: 'Select more' }).waitFor()
    await hand.up()
    await page.getByRole('menuitem', { name: 'Select more' }).tap()
    await expect(bar).toContainText('1 selected')
    await card('Four').tap()
    await expect(bar).toContainText('2 selected')
    await card('Four').tap()
    await expect(bar).toContainText('1 selected')
    await card('Four').tap()
    const undo = page.getByRole('button', { name: /^Undo/ })
    await bar.getByRole('button', { name: 'Duplicate' }).tap()
    await expect(card('Four')).toHaveCount(2)
    await expect(card('Three')).toHaveCount(2)
    await undo.tap()
    await expect(card('Four')).toHaveCount(1)
    const [from, other] = [await middleOf(card('Four')), await middleOf(card('Three'))]
    await hand.down(from)
    await hand.move([from], [{ x: from.x + 80, y: from.y }])
    await hand.up()
    await expect.poll(async () => (await middleOf(card('Three'))).x).toBeGreaterThan(other.x + 30)
    await undo.tap()
    await bar.getByRole('button', { name: 'Done' }).tap()
    await expect(bar).toHaveCount(0)
  })

  await test.step('on a phone a finger that rests in the list begins choosing, and what is chosen is deleted', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    const inList = (name: string) => page.getByRole('button', { name: `Edit ${name}`, exact: true })
    const bar = page.getByRole('toolbar', { name: 'Selected widgets' })
    await inList('Two').scrollIntoViewIfNeeded()
    await hand.down(await middleOf(inList('Two')))
    await expect(bar).toContainText('1 selected')
    await hand.up()
    await expect(inList('Two')).toHaveAttribute('aria-pressed', 'true')
    await inList('Three').tap()
    await expect(bar).toContainText('2 selected')
    await expectNoSidewaysScroll(page)
    await expectAccessible(page, { part: '[role=toolbar]' })
    await bar.getByRole('button', { name: 'Delete' }).tap()
    await expect(inList('Two')).toHaveCount(0)
    await expect(inList('One')).toBeVisible()
    await bar.getByRole('button', { name: 'Done' }).tap()
    await page.getByRole('button', { name: /^Undo/ }).tap()
    await expect(inList('Two')).toBeVisible()
    await inList('One').tap()
    await expect(page.getByRole('complementary', { name: 'Widget', exact: true })).toBeVisible()
  })

  await test.step('from the board on a phone its menu leads to sharing and back to the editor', async () => {
    await page.goto(`/dashboards/${id}`)
    const more = page.getByRole('button', { name: 'More of this dashboard' })
    await more.tap()
    await page.getByRole('menuitem', { name: 'Share' }).tap()
    const sharing = page.getByRole('dialog')
    await expect(sharing.getByRole('switch', { name: 'Public link' })).toBeVisible()
    await expectNoSidewaysScroll(page)
    await sharing.getByRole('button', { name: 'Close' }).tap()
    await more.tap()
    await page.getByRole('menuitem', { name: 'Edit' }).tap()
    await expect(page).toHaveURL(new RegExp(`/dashboards/${id}/edit`))
  })
  await deleteBoard(page, id)
})
