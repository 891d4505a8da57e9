import { deleteBoard, saveBoard } from './boards.ts'
import { connectDevice } from './device.ts'
import { expect, expectAccessible, test } from './fixtures.ts'

test('a dashboard is built with the mouse and the keyboard, is undone and redone, survives a reload, and is published', async ({
  tenantPage: page,
  device,
  runtime,
}) => {
  // Places are compared as soon as they are taken, not while widgets glide there.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const client = await connectDevice(runtime.mqttUrl, device.token)
  await client.publish({ level: 7 })
  const title = `Built ${device.name}`
  const id = await saveBoard(page, { title, configuration: {} })
  const grid = page.getByRole('listbox', { name: 'Widgets of the dashboard' })
  const card = grid.getByRole('option', { name: 'Level now' })
  const panel = page.getByRole('complementary', { name: 'Widget', exact: true })

  await test.step('a widget from the library stands at the first free place', async () => {
    await page.goto(`/dashboards/${id}`)
    await page.getByRole('link', { name: 'Edit', exact: true }).click()
    await page.getByRole('button', { name: 'Add widget' }).click()
    await page.getByRole('searchbox', { name: 'Search widgets' }).fill('value card')
    await page
      .getByRole('button', { name: /^Value card/ })
      .first()
      .click()
    await panel.getByRole('textbox', { name: 'Title', exact: true }).fill('Level now')
    await expect(card).toHaveAttribute('aria-selected', 'true')
  })

  await test.step('a device and a key give it values', async () => {
    await panel.getByRole('tab', { name: 'Data' }).click()
    await panel.getByRole('button', { name: 'Add a source' }).click()
    await panel.getByRole('combobox', { name: 'Or one entity' }).fill(device.name)
    await panel.getByRole('option', { name: device.name }).click()
    await panel.getByRole('combobox', { name: 'Key', exact: true }).fill('level')
    await panel.getByRole('button', { name: 'Add the key' }).click()
    await expect(grid).toContainText('7')
    await client.publish({ level: 8 })
    await expect(grid).toContainText('8')
    await expectAccessible(page)
    await panel.getByRole('button', { name: 'Close' }).click()
  })

  await test.step('it is dragged, moved and resized by keys, and each step can be taken back', async () => {
    const places = async () => {
      // What has been let go is measured at its old place until a frame is drawn.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
      const box = await card.boundingBox()
      return box && { x: Math.round(box.x), y: Math.round(box.y), width: Math.round(box.width) }
    }
    const first = await places()
    if (!first) throw new Error('The card is not on the board.')
    await page.mouse.move(first.x + 40, first.y + 30)
    await page.mouse.down()
    await page.mouse.move(first.x + 340, first.y + 230, { steps: 8 })
    await page.mouse.up()
    // At once, as a quick hand does.
    await page.keyboard.press('ArrowRight')
    const moved = await places()
    await page.keyboard.press('Control+z')
    const dragged = await places()
    expect(dragged?.x).toBeGreaterThan(first.x + 200)
    expect(dragged?.y).toBeGreaterThan(first.y + 100)
    expect(moved?.x).toBeGreaterThan(dragged?.x ?? 0)
    await page.keyboard.press('Control+Shift+z')
    expect(await places()).toEqual(moved)
    await page.keyboard.press('Shift+ArrowRight')
    expect((await places())?.width).toBeGreaterThan(moved?.width ?? 0)
    for (let step = 0; step < 3; step++) await page.keyboard.press('Control+z')
    expect(await places()).toEqual(first)
    for (let step = 0; step < 2; step++) await page.keyboard.press('Control+Shift+z')
    expect(await places()).toEqual(moved)
  })

  await test.step('a quick hand lets go before its last move was drawn, and still moves it', async () => {
    const before = await card.boundingBox()
    if (!before) throw new Error('The card is not on the board.')
    await page.mouse.move(before.x + 40, before.y + 30)
    await page.mouse.down()
    await grid.evaluate((element, { x, y }) => {
      for (const type of ['pointermove', 'pointerup'])
        element.dispatchEvent(
          new PointerEvent(type, {
            bubbles: true,
            pointerId: 1,
            pointerType: 'mouse',
            clientX: x + 340,
            clientY: y + 30,
          }),
        )
    }, before)
    await page.mouse.up()
    await expect.poll(async () => (await card.boundingBox())?.x).toBeGreaterThan(before.x + 200)
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await card.boundingBox())?.x).toBe(before.x)
  })

  await test.step('duplicates are aligned as a group and deleted', async () => {
    await page.keyboard.press('Control+d')
    const cards = grid.getByRole('option', { name: 'Level now' })
    await expect(cards).toHaveCount(2)
    await page.keyboard.press('Control+a')
    await page.getByRole('button', { name: 'Align and distribute' }).click()
    await page.getByRole('menuitem', { name: 'Left edges' }).click()
    const [a, b] = [await cards.first().boundingBox(), await cards.last().boundingBox()]
    expect(Math.abs((a?.x ?? 0) - (b?.x ?? 9))).toBeLessThan(1)
    await cards.last().click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(cards).toHaveCount(1)
    await cards.first().click()
    await page.keyboard.press('Control+c')
    await page.keyboard.press('Control+v')
    await expect(cards).toHaveCount(2)
    await expect(cards.last()).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Control+x')
    await expect(cards).toHaveCount(1)
  })

  await test.step('viewers see it once it is published', async () => {
    await expect(page.getByText('Draft saved')).toBeVisible()
    await page.reload()
    await expect(card).toBeVisible()
    await page.getByRole('button', { name: 'Publish' }).click()
    const dialog = page.getByRole('dialog', { name: `Publish ${title}` })
    await expect(dialog.getByRole('button', { name: 'Level now: Added' })).toBeVisible()
    await dialog.getByText(/^List/).click()
    await expect(dialog).toContainText('Added Level now')
    await dialog.getByRole('button', { name: 'Publish' }).click()
    await expect(page.getByText(`${title} is published as version`)).toBeVisible()
    await page.getByRole('link', { name: 'Done' }).click()
    await expect(page.getByRole('region', { name: 'Level now' })).toContainText('8')
  })

  await client.close()
  await deleteBoard(page, id)
})

test('what two people do to one dashboard meets in the draft', async ({ tenantPage: page, browser, device }) => {
  const id = await saveBoard(page, { title: `Together ${device.name}`, configuration: {} })
  const other = await (await browser.newContext({ storageState: await page.context().storageState() })).newPage()
  const add = async (on: typeof page, name: string) => {
    await on.getByRole('button', { name: 'Add widget' }).click()
    await on.getByRole('searchbox', { name: 'Search widgets' }).fill(name)
    await on
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .first()
      .click()
  }
  await Promise.all([page.goto(`/dashboards/${id}/edit`), other.goto(`/dashboards/${id}/edit`)])
  await add(page, 'Markdown')
  await expect(other.getByRole('option')).toHaveCount(1)
  await add(other, 'QR code')
  await expect(page.getByRole('option')).toHaveCount(2)
  await expect(other.getByRole('option')).toHaveCount(2)
  await other.context().close()
  await deleteBoard(page, id)
})
