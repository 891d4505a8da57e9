import { deleteBoard, deviceBoard, saveBoard } from './boards.ts'
import { expect, expectAccessible, test } from './fixtures.ts'

const fields = ['createdTime', 'originator', 'type', 'severity', 'status', 'assignee']

test('alarms of a board are acknowledged, given to somebody, talked about, filtered and cleared', async ({
  tenantPage: page,
  platform,
  device,
}) => {
  test.slow()
  const [leak, heat] = [`Leak ${Date.now()}`, `Heat ${Date.now()}`]
  const id = await saveBoard(
    page,
    deviceBoard(`Alarms ${device.name}`, device.id, [
      {
        fqn: 'system.alarm_widgets.alarms_table',
        type: 'alarm',
        title: 'What is wrong',
        at: { row: 0, col: 0, sizeX: 24, sizeY: 10 },
        config: {
          alarmSource: {
            type: 'entity',
            entityAliasId: 'device',
            dataKeys: fields.map((name) => ({ name, label: name, type: 'alarm', settings: {} })),
          },
        },
      },
    ]),
  )
  const table = page.getByRole('region', { name: 'What is wrong' })
  const rowOf = (type: string) => table.getByRole('row').filter({ hasText: type })

  await test.step('they appear by themselves', async () => {
    await page.goto(`/dashboards/${id}`)
    await expect(table).toContainText('No alarms')
    await platform.raiseAlarm(device, leak, { severity: 'CRITICAL', details: { litres: 12 } })
    await platform.raiseAlarm(device, heat, { severity: 'MINOR' })
    await expect(rowOf(leak)).toContainText('Critical')
    await expect(rowOf(heat)).toContainText('Minor')
  })

  await test.step('one is acknowledged in its row', async () => {
    await rowOf(leak).getByRole('button', { name: 'Acknowledge' }).click()
    await expect(rowOf(leak)).toContainText('Active, acknowledged')
    await expect(rowOf(heat)).toContainText('Active, unacknowledged')
  })

  await test.step('its details say more; it is given to a person and talked about', async () => {
    await rowOf(leak).getByRole('button', { name: 'Details' }).click()
    const sheet = page.getByRole('dialog', { name: leak })
    await expect(sheet).toContainText('12')
    const assignee = sheet.getByRole('combobox', { name: 'Assignee' })
    await expect(assignee.getByRole('option', { name: /tenant@/ })).toBeAttached()
    await assignee.selectOption({ index: 1 })
    await sheet.getByRole('textbox', { name: 'Write a comment' }).fill('The seal is gone')
    await sheet.getByRole('button', { name: 'Send' }).click()
    await expect(sheet.getByRole('region', { name: 'Comments' })).toContainText('The seal is gone')
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await expect(sheet).toBeHidden()
    await expect(rowOf(leak)).toContainText('tenant@')
  })

  await test.step('a filter narrows the list, and says that it does', async () => {
    await table.getByRole('button', { name: 'Filter' }).click()
    const panel = page.getByRole('dialog', { name: 'Filter' })
    await panel.getByRole('checkbox', { name: 'Minor' }).click()
    await page.keyboard.press('Escape')
    await expect(rowOf(heat)).toBeVisible()
    await expect(rowOf(leak)).toBeHidden()
    await expect(table.getByRole('button', { name: 'Filter' })).toHaveAttribute('aria-pressed', 'true')
    await table.getByRole('button', { name: 'Filter' }).click()
    await panel.getByRole('button', { name: 'Reset' }).click()
    await page.keyboard.press('Escape')
    await expect(rowOf(leak)).toBeVisible()
  })

  await test.step('all that are chosen are cleared at once', async () => {
    await table.getByRole('checkbox', { name: 'Choose all on this page' }).click()
    await expect(table.getByRole('status').filter({ hasText: '2 alarms chosen' })).toBeVisible()
    await table.getByRole('button', { name: 'Clear', exact: true }).first().click()
    await expect
      .poll(() => platform.alarmsOf(device.id))
      .toMatchObject([{ status: 'CLEARED_UNACK' }, { status: 'CLEARED_ACK' }])
  })

  await deleteBoard(page, id)
})
