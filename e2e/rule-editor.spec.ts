import { chainEditor, drag } from './chain-editor.ts'
import { postTelemetry } from './device.ts'
import { expect, expectAccessible, test } from './fixtures.ts'

test('a chain is built with the mouse, published, watched and traced', async ({
  tenantPage: page,
  platform,
  runtime,
}) => {
  // Many steps, each of which waits for the real engine.
  test.setTimeout(150_000)
  const editor = chainEditor(page)
  const name = `Built by mouse ${Date.now()}`

  await test.step('from an empty canvas', async () => {
    await page.goto('/rule-chains')
    await page.getByRole('button', { name: 'New chain' }).first().click()
    await page.getByRole('dialog').getByLabel('Name').fill(name)
    await page.getByRole('button', { name: 'Create chain' }).click()
    await expect(page.getByText('An empty chain')).toBeVisible({ timeout: 20_000 })
    await expectAccessible(page)
  })

  await test.step('a filter is dragged onto it', async () => {
    await editor.palette.getByLabel('Search nodes').fill('script')
    await editor.palette
      .getByRole('button', { name: 'script', exact: true })
      .dragTo(editor.drawing, { targetPosition: { x: 300, y: 300 } })
    await editor.rename('script', 'Too hot?')
    await expect(editor.drawing.getByText('Entry')).toBeVisible()
  })

  await test.step('a wire that is dropped beside it brings the next node', async () => {
    await drag(page, editor.outOf('Too hot?'), editor.outOf('Too hot?'), { x: 130, y: 0 })
    await editor.pick(editor.add, 'create alarm')
    await editor.rename('create alarm', 'Raise it')
    await drag(page, editor.outOf('Raise it'), editor.outOf('Raise it'), { x: 130, y: 0 })
    await editor.pick(editor.add, 'rest api call')
    await editor.rename('rest api call', 'Tell the plant')
    await expect(editor.drawing.getByText('True', { exact: true })).toBeVisible()
    await expect(editor.drawing.getByText('Created', { exact: true })).toBeVisible()
  })

  await test.step('Escape in the midst of a drag puts back what is dragged, and drops the wire that is drawn', async () => {
    const place = async () => (await editor.node('Raise it').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    await page.getByRole('button', { name: 'Zoom to everything' }).click()
    let last = -1
    await expect
      .poll(async () => {
        const before = last
        last = (await place()).x
        return last === before
      })
      .toBe(true)
    const { x, y, width, height } = await place()
    const isMoved = async () => Math.abs((await place()).y - y) > 30
    await page.mouse.move(x + width / 2, y + height / 2)
    await page.mouse.down()
    await page.mouse.move(x + width / 2 + 20, y + height / 2 + 90, { steps: 6 })
    await expect.poll(isMoved).toBe(true)
    await page.keyboard.press('Escape')
    await page.mouse.up()
    await expect.poll(isMoved).toBe(false)
    await page.mouse.move(x + width, y + height / 2)
    await page.mouse.down()
    await page.mouse.move(x + width + 60, y + height / 2 + 120, { steps: 6 })
    await page.keyboard.press('Escape')
    await page.mouse.up()
    await expect(page.locator('.react-flow__connection')).toHaveCount(0)
    await expect(editor.add).toHaveCount(0)
  })

  await test.step('settings: the script and the address', async () => {
    await editor.choose('Too hot?')
    const script = editor.panel('Too hot?').locator('.cm-content')
    await script.click()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('return msg.temperature > 40;')
    await editor.choose('Tell the plant')
    await editor.panel('Tell the plant').getByLabel('Address', { exact: true }).fill('http://127.0.0.1:9/heat')
    await expectAccessible(page)
  })

  await test.step('published, after a look at what that changes', async () => {
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const dialog = page.getByRole('dialog')
    for (const added of ['Too hot?', 'Raise it', 'Tell the plant']) await expect(dialog).toContainText(added)
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
    await expect(page.getByText(`${name} is published`, { exact: false })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Publish', exact: true })).toBeDisabled()
  })

  const [chain] = (await platform.findRuleChains(name)).data
  const profile = await platform.createDeviceProfile(name, {}, chain?.id.id ?? '')
  const device = await platform.createDevice(`Oven of ${name}`, {}, name)
  await test.step('telemetry goes through it, and its nodes and wires count', async () => {
    for (const temperature of [20, 50]) await postTelemetry(runtime.httpUrl, device.token, { temperature })
    await expect
      .poll(async () => (await platform.alarmsOf(device.id)).map(({ type }) => type))
      .toEqual(['General Alarm'])
    // What the platform tells of the device and of its alarm passes the chain, too.
    await expect(editor.node('Too hot?')).toContainText(/\d+ messages|\/s/)
    // Addresses of the own network are closed to rule nodes unless the operator opens them.
    await expect(editor.node('Tell the plant')).toContainText('100 % failed')
  })

  await test.step('the failure is opened: the message, and what went wrong with it', async () => {
    await editor.choose('Tell the plant')
    const panel = editor.panel('Tell the plant')
    await panel.getByRole('tab', { name: 'Messages' }).click()
    await panel.getByLabel('Messages that').selectOption('Failure')
    const failed = panel.getByRole('list', { name: 'Last messages' }).getByRole('listitem').first()
    // A busy engine keeps some of the messages that pass, not all.
    await expect(async () => {
      await platform.deleteAlarm(device.id, 'General Alarm')
      await postTelemetry(runtime.httpUrl, device.token, { temperature: 55 })
      await expect(failed).toBeVisible({ timeout: 4_000 })
    }).toPass({ timeout: 30_000 })
    await failed.locator('summary').click()
    await expect(failed).toContainText('127.0.0.1')
    await expectAccessible(page)
  })

  await test.step('the next message is followed from node to node', async () => {
    const about = page.getByRole('region', { name: 'About the chain' })
    await about.getByRole('button', { name: 'Trace' }).click()
    await about.getByRole('button', { name: 'Device to follow' }).click()
    await page.getByLabel('Search devices').fill(device.name)
    await page.getByRole('button', { name: device.name }).click()
    await about.getByRole('button', { name: 'Follow the next message' }).click()
    await expect(about.getByText('Waiting for the next message')).toBeVisible()
    await postTelemetry(runtime.httpUrl, device.token, { temperature: 60 })
    const steps = about.getByRole('list', { name: 'Steps of the message' }).getByRole('listitem')
    // The alarm is there already: it is updated, and nobody is wired to that.
    await expect(steps.first()).toContainText('Too hot?')
    await expect(steps.last()).toContainText('Raise it')
    await expect(steps.last()).toContainText('Updated')
    await expect(steps).toHaveCount(2)
    await expectAccessible(page)
  })
  await platform.deleteDevice(device.id)
  await platform.remove(`/api/deviceProfile/${profile}`)

  for (const { id } of (await platform.findRuleChains(name)).data) await platform.deleteRuleChain(id.id)
})
