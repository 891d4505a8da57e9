import type { Page } from '@playwright/test'
import { z } from 'zod'
import { deleteBoard, deviceBoard, keysOf, saveBoard, shareBoard } from './boards.ts'
import { postTelemetry } from './device.ts'
import { expect, expectAccessible, signInByForm, signInByRequest, test } from './fixtures.ts'
import { accounts } from './platform.ts'

const customer = 'Demo Customer'
const originOf = (page: Page) => ({ origin: new URL(page.url()).origin })

const textCard = (title: string, row: number, more: object = {}) => ({
  ...{ fqn: 'system.cards.markdown_card', type: 'latest', title },
  at: { row, col: 0, sizeX: 8, sizeY: 3 },
  config: { datasources: [], settings: { markdownTextPattern: title }, ...more },
})

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('a widget is seen by some roles only, and while an attribute says so', async ({
  tenantPage: page,
  browser,
  device,
}) => {
  const when = { entityAliasId: 'device', key: 'mode', scope: 'SERVER_SCOPE', operation: 'equal', value: 'open' }
  const id = await saveBoard(
    page,
    deviceBoard(`Visible ${device.name}`, device.id, [
      textCard('For all', 0),
      textCard('For some', 3),
      textCard('While open', 6, { thingwire: { visibility: { when } } }),
    ]),
  )
  await page.goto(`/dashboards/${id}/edit`)
  await shareBoard(page, id, customer)
  const found = await page.request.get('/api/customers?pageSize=100&page=0')
  const customers = z.object({ data: z.array(z.object({ title: z.string(), id: z.object({ id: z.string() }) })) })
  const customerId = customers.parse(await found.json()).data.find(({ title }) => title === customer)?.id.id
  // Attributes are read by those who may see the device.
  const assigned = await page.request.post(`/api/customer/${customerId}/device/${device.id}`, {
    headers: originOf(page),
  })
  expect(assigned.ok(), await assigned.text()).toBe(true)
  const setMode = async (mode: string) => {
    const path = `/api/plugins/telemetry/DEVICE/${device.id}/attributes/SERVER_SCOPE`
    const saved = await page.request.post(path, { data: { mode }, headers: originOf(page) })
    expect(saved.ok(), await saved.text()).toBe(true)
  }

  await test.step('roles are chosen in the layout of the widget', async () => {
    const grid = page.getByRole('listbox', { name: 'Widgets of the dashboard' })
    await grid.getByRole('option', { name: 'For some' }).click()
    const panel = page.getByRole('complementary', { name: 'Widget', exact: true })
    await panel.getByRole('tab', { name: 'Layout' }).click()
    await panel.getByRole('checkbox', { name: 'Users of customers' }).uncheck()
    await panel.getByRole('checkbox', { name: 'Administrators' }).uncheck()
    await panel.getByRole('checkbox', { name: 'Visitors by the public link' }).uncheck()
    await expect(panel.getByText('Nobody sees the widget this way.')).toBeVisible()
    await panel.getByRole('checkbox', { name: 'Administrators' }).check()
    await expectAccessible(page)
    // Who edits sees everything.
    await expect(grid.getByRole('option')).toHaveCount(3)
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
    await page.getByRole('link', { name: 'Done' }).click()
  })

  const other = await (await browser.newContext()).newPage()
  await signInByRequest(other, accounts.customer)
  await other.goto(`/dashboards/${id}`)

  await test.step('a user of the customer does not get what is for administrators, and no gap is left', async () => {
    await expect(region(page, 'For some')).toBeVisible()
    await expect(region(other, 'For all')).toBeVisible()
    await expect(region(other, 'For some')).toHaveCount(0)
    for (const one of [page, other]) await expect(region(one, 'While open')).toHaveCount(0)
  })

  await test.step('an attribute shows and hides it as it changes', async () => {
    await setMode('open')
    for (const one of [page, other]) await expect(region(one, 'While open')).toBeVisible()
    const [first, second] = [
      await region(other, 'For all').boundingBox(),
      await region(other, 'While open').boundingBox(),
    ]
    expect((second?.y ?? 0) - (first?.y ?? 0) - (first?.height ?? 0)).toBeLessThan(40)
    await setMode('shut')
    for (const one of [page, other]) await expect(region(one, 'While open')).toHaveCount(0)
    await expect(region(other, 'For all')).toBeVisible()
  })

  await other.context().close()
  await deleteBoard(page, id)
})

test.describe('home pages', () => {
  // Everybody of the tenant gets another home meanwhile.
  test.use({ isAlone: true })

  test('the home page is the dashboard of the user, else of the customer, else of the tenant', async ({
    tenantPage: page,
    browser,
    device,
  }) => {
    const boards: { id: string; title: string }[] = []
    for (const of of ['tenant', 'customer', 'user']) {
      const title = `Home of the ${of} ${device.name}`
      boards.push({ id: await saveBoard(page, deviceBoard(title, device.id, [textCard(`Of the ${of}`, 0)])), title })
    }
    const [ofTenant, ofCustomer, ofUser] = boards as [(typeof boards)[0], (typeof boards)[0], (typeof boards)[0]]
    for (const { id } of [ofTenant, ofCustomer]) await shareBoard(page, id, customer)
    const other = await (await browser.newContext()).newPage()
    await signInByRequest(other, accounts.customer)
    const dialog = page.getByRole('dialog')
    const openHomes = async ({ id }: { id: string }) => {
      await page.goto(`/dashboards/${id}`)
      await page.getByRole('button', { name: 'Share', exact: true }).click()
      await dialog.getByRole('tab', { name: 'Home page' }).click()
    }
    /** The next page would take a request with it that is still under way. */
    const saved = async (deed: () => Promise<unknown>) => {
      const answered = page.waitForResponse(
        (response) =>
          response.request().method() === 'POST' && /\/api\/(tenant\/dashboard|customer|user)/.test(response.url()),
      )
      await deed()
      expect((await answered).ok()).toBe(true)
    }
    const setHome = async (board: { id: string }, of: string | RegExp, isOn: boolean) => {
      await openHomes(board)
      const choice = dialog.getByRole('switch', { name: of })
      await expect(choice).toBeChecked({ checked: !isOn })
      await saved(() => choice.click())
      await expect(choice).toBeChecked({ checked: isOn })
    }
    const expectHome = async (on: Page, name: string) => {
      await on.goto('/')
      await expect(region(on, name)).toBeVisible()
    }
    const me = new RegExp(`Home page of ${accounts.tenant.username}|Home page of Tenant`)

    try {
      await test.step('of the tenant for everybody, of the customer for its users', async () => {
        await setHome(ofTenant, 'Home page of Everybody of the tenant', true)
        await expectAccessible(page)
        await expectHome(page, 'Of the tenant')
        await expectHome(other, 'Of the tenant')
        await setHome(ofCustomer, `Home page of ${customer}`, true)
        await expectHome(other, 'Of the customer')
        await expectHome(page, 'Of the tenant')
      })

      await test.step('of one user before all others; the overview stays within reach', async () => {
        await setHome(ofUser, me, true)
        await expectHome(page, 'Of the user')
        await page.getByRole('link', { name: 'Overview' }).click()
        await expect(page).toHaveURL(/show=overview/)
        await expect(page.getByRole('main')).toContainText('Thermostat')
      })

      await test.step('after signing in a user is led to a dashboard', async () => {
        await openHomes(ofUser)
        const start = dialog.getByRole('combobox', { name: /^After signing in, / })
        await saved(() => start.selectOption('this dashboard opens'))
        const fresh = await (await browser.newContext()).newPage()
        await fresh.goto('/')
        await signInByForm(fresh, accounts.tenant)
        await expect(fresh).toHaveURL(new RegExp(`/dashboards/${ofUser.id}`))
        await fresh.context().close()
        await saved(() => start.selectOption('goes to the home page'))
      })

      await test.step('what is given up leads to the next one', async () => {
        await setHome(ofUser, me, false)
        await expectHome(page, 'Of the tenant')
        await setHome(ofCustomer, `Home page of ${customer}`, false)
        await expectHome(other, 'Of the tenant')
        await setHome(ofTenant, 'Home page of Everybody of the tenant', false)
        await page.goto('/')
        await expect(page.getByRole('main')).toContainText('Thermostat')
      })
    } finally {
      // Nothing of it may be left for other journeys; a home that is gone is none.
      for (const { id } of boards) await page.request.delete(`/api/dashboard/${id}`, { headers: originOf(page) })
      await other.context().close()
    }
  })
})

test('a user keeps values of filters and columns of a table, unseen by another', async ({
  tenantPage: page,
  browser,
  platform,
  runtime,
}) => {
  const prefix = `Kept ${Date.now()}`
  const devices = [await platform.createDevice(`${prefix} low`), await platform.createDevice(`${prefix} high`)]
  for (const [at, { token }] of devices.entries())
    await postTelemetry(runtime.httpUrl, token, { level: 10 + 80 * at, depth: 1 })
  const above = { type: 'NUMERIC', operation: 'GREATER', value: { defaultValue: 5, dynamicValue: null } }
  const filters = {
    high: {
      ...{ id: 'high', filter: 'High', editable: true },
      keyFilters: [
        {
          ...{ key: { type: 'TIME_SERIES', key: 'level' }, valueType: 'NUMERIC' },
          predicates: [
            {
              keyFilterPredicate: above,
              userInfo: { editable: true, label: 'Above', autogeneratedLabel: false, order: 0 },
            },
          ],
        },
      ],
    },
  }
  const entityAliases = {
    all: {
      ...{ id: 'all', alias: 'All' },
      filter: { type: 'entityName', entityType: 'DEVICE', entityNameFilter: prefix, resolveMultiple: true },
    },
  }
  const board = deviceBoard(
    `Own ${prefix}`,
    devices[0]?.id ?? '',
    [
      {
        ...{ fqn: 'system.cards.entities_table', type: 'latest', title: 'Table' },
        at: { row: 0, col: 0, sizeX: 16, sizeY: 7 },
        config: { datasources: [keysOf('all', ['level', 'depth'], { filterId: 'high' })] },
      },
    ],
    { filters, entityAliases },
  )
  const id = await saveBoard(page, board)
  const other = await (await browser.newContext()).newPage()
  await signInByRequest(other, accounts.tenant)
  // Another user of the same tenant, so that both may see the same devices.
  const email = `reader-${Date.now()}@thingwire.local`
  const rowsOf = (on: Page) => region(on, 'Table').getByRole('row').filter({ hasText: prefix })
  const head = (on: Page, name: string) => region(on, 'Table').getByRole('columnheader', { name })
  await page.goto(`/dashboards/${id}`)
  await expect(rowsOf(page)).toHaveCount(2)

  const made = await page.request.post('/api/user?sendActivationMail=false', {
    data: { email, authority: 'TENANT_ADMIN', firstName: 'Reader' },
    headers: originOf(page),
  })
  const user = z.object({ id: z.object({ id: z.string() }) }).parse(await made.json())
  const link = await (await page.request.get(`/api/user/${user.id.id}/activationLink`)).text()
  const activateToken = new URL(link).searchParams.get('activateToken')
  await other.context().clearCookies()
  const activated = await other.request.post('/api/noauth/activate', {
    data: { activateToken, password: 'reader-of-boards' },
    headers: originOf(page),
  })
  expect(activated.ok(), await activated.text()).toBe(true)
  await signInByRequest(other, { username: email, password: 'reader-of-boards' })

  await test.step('a value and a column are kept', async () => {
    await page.getByRole('button', { name: 'Filters' }).click()
    await page.getByRole('spinbutton', { name: 'Above' }).fill('50')
    await page.getByRole('button', { name: 'Apply' }).click()
    await expect(rowsOf(page)).toHaveCount(1)
    await region(page, 'Table').getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'depth' }).click()
    await page.keyboard.press('Escape')
    await expect(head(page, 'depth')).toHaveCount(0)
    await page.getByRole('button', { name: 'Keep for me' }).click()
    const choices = page.getByRole('dialog', { name: 'Your own view' })
    await expect(choices).toContainText('Values of filters')
    await expect(choices).toContainText('Columns and order of tables')
    await choices.getByRole('button', { name: 'Keep for me' }).click()
    await page.goto(`/dashboards/${id}`)
    await expect(rowsOf(page)).toHaveCount(1)
    await expect(head(page, 'level')).toBeVisible()
    await expect(head(page, 'depth')).toHaveCount(0)
  })

  await test.step('another user of the tenant sees all rows and columns', async () => {
    await other.goto(`/dashboards/${id}`)
    await expect(rowsOf(other)).toHaveCount(2)
    await expect(head(other, 'depth')).toBeVisible()
    await expect(other.getByRole('button', { name: 'My view' })).toHaveCount(0)
  })

  await test.step('given up, it is shared again', async () => {
    await page.getByRole('button', { name: 'My view' }).click()
    await page.getByRole('button', { name: 'Back to shared' }).click()
    await expect(rowsOf(page)).toHaveCount(2)
    await expect(head(page, 'depth')).toBeVisible()
  })

  await other.context().close()
  await deleteBoard(page, id)
  await platform.remove(`/api/user/${user.id.id}`)
  for (const { id: deviceId } of devices) await platform.deleteDevice(deviceId)
})
