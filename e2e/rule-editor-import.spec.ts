import { chainEditor } from './chain-editor.ts'
import { expect, expectAccessible, test } from './fixtures.ts'

const elsewhere = '0e0f0a00-1111-11ee-8000-00000000000a'

const node = (type: string, name: string, place: [number, number], configuration: object, version = 0) => ({
  type,
  name,
  debugMode: false,
  configurationVersion: version,
  configuration,
  additionalInfo: { layoutX: place[0], layoutY: place[1] },
})

/** A chain in the documented file format: nodes that are known, one that is not, and a chain of another installation. */
const chainFile = (name: string) => ({
  ruleChain: { name, type: 'CORE', firstRuleNodeId: null, root: false, debugMode: false, configuration: null },
  metadata: {
    firstNodeIndex: 0,
    nodes: [
      node('org.thingsboard.rule.engine.filter.TbMsgTypeSwitchNode', 'Which kind', [120, 160], { version: 0 }),
      node('org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode', 'Keep it', [480, 80], {
        defaultTTL: 86_400,
        skipLatestPersistence: false,
        useServerTs: false,
      }),
      node('com.example.factory.PressControlNode', 'Press control', [480, 240], { line: 4 }),
      node('org.thingsboard.rule.engine.flow.TbRuleChainInputNode', 'To alarms', [480, 360], {
        ruleChainId: elsewhere,
      }),
    ],
    connections: [
      { fromIndex: 0, toIndex: 1, type: 'Post telemetry' },
      { fromIndex: 0, toIndex: 2, type: 'Post attributes' },
      { fromIndex: 0, toIndex: 3, type: 'Other' },
    ],
    ruleChainConnections: null,
  },
})

const asFile = (content: unknown, name = 'chain.json') => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
})

test('a rule chain file is seen before it is stored, tied to what is here, and exported equal in meaning', async ({
  tenantPage: page,
  platform,
}) => {
  const name = `Imported ${Date.now()}`
  const alarms = await platform.importRuleChain({
    ruleChain: { name: `Alarms of ${name}` },
    metadata: { firstNodeIndex: null, nodes: [], connections: [] },
  })
  const editor = chainEditor(page)
  const dialog = page.getByRole('dialog', { name: 'Import rule chains' })

  await test.step('with what does not run here, and what is missing', async () => {
    await page.goto('/rule-chains')
    await page.getByRole('button', { name: 'Import' }).first().click()
    await dialog.getByLabel('Rule chain file').setInputFiles(asFile(chainFile(name)))
    await expect(dialog.getByLabel('Name')).toHaveValue(name)
    await expect(dialog).toContainText('One node does not run here yet')
    await expect(dialog.getByRole('listitem').filter({ hasText: /^Press control/ })).toContainText('not known here')
    await expect(dialog).toContainText('This rule chain is not here')
    await expectAccessible(page)
    expect((await platform.findRuleChains(name)).data.map((chain) => chain.name)).toEqual([`Alarms of ${name}`])
  })

  await test.step('a chain of this installation takes the place of the missing one', async () => {
    await dialog.getByRole('button', { name: 'Choose another rule chain…' }).click()
    await page.getByLabel('Search by name').fill(`Alarms of ${name}`)
    await page.getByRole('button', { name: `Alarms of ${name}` }).click()
    await expect(dialog).toContainText(`The rule chain Alarms of ${name} takes its place`)
    await dialog.getByRole('button', { name: 'Import chain' }).click()
  })

  await test.step('it is drawn', async () => {
    for (const drawn of ['Which kind', 'Keep it', 'Press control', 'To alarms'])
      await expect(editor.node(drawn)).toBeVisible()
    await expect(editor.drawing.getByText('Post telemetry')).toBeVisible()
  })

  const [chain] = (await platform.findRuleChains(name)).data.filter((one) => one.name === name)
  await test.step('and exported with the same nodes, settings and wires', async () => {
    const file = chainFile(name)
    const { nodes, connections } = file.metadata
    expect(await platform.exportRuleChain(chain?.id.id ?? '')).toMatchObject({
      ruleChain: { name, type: 'CORE', root: false },
      metadata: {
        firstNodeIndex: 0,
        connections,
        nodes: [
          { type: nodes[0]?.type, name: 'Which kind', additionalInfo: { layoutX: 120, layoutY: 160 } },
          // Saving has settings of its own since then, which say the same.
          { name: 'Keep it', configuration: { defaultTTL: 86_400, processingSettings: { type: 'ON_EVERY_MESSAGE' } } },
          { type: 'com.example.factory.PressControlNode', name: 'Press control', configuration: { line: 4 } },
          { name: 'To alarms', configuration: { ruleChainId: alarms } },
        ],
      },
    })
  })
  for (const { id } of (await platform.findRuleChains(name)).data) await platform.deleteRuleChain(id.id)
})

test('a file that is no rule chain is refused in words', async ({ tenantPage: page }) => {
  await page.goto('/rule-chains?import=true')
  const dialog = page.getByRole('dialog', { name: 'Import rule chains' })
  const refused = dialog.getByRole('alert')
  for (const [file, words] of [
    [asFile('{\n  "ruleChain": {\n    "name": "x"\n    "type": "CORE"\n}}'), 'Line 4, column 5'],
    [asFile([{ id: '1', type: 'inject', z: '2', wires: [] }]), 'Node-RED'],
    [asFile({ nodes: [{ type: 'n8n-nodes-base.start', typeVersion: 1 }], connections: {} }), 'n8n'],
    [asFile({ title: 'Floor', configuration: { widgets: {} } }), 'dashboard'],
    [asFile({ name: 'Meter', transportType: 'MQTT', profileData: {} }), 'device profile'],
    [asFile(`"${'x'.repeat(17 * 1024 * 1024)}"`), 'at most 16 MB'],
  ] as const) {
    await dialog.getByLabel('Rule chain file').setInputFiles(file)
    await expect(refused).toContainText(words)
  }
  await expectAccessible(page)
})

test('a chain of 2,000 nodes in a file of 10 MB is imported', async ({ tenantPage: page, platform }) => {
  const name = `Large ${Date.now()}`
  const script = `// ${'x'.repeat(5_000)}\nreturn {msg, metadata, msgType};`
  const nodes = Array.from({ length: 2_000 }, (_, index) =>
    node(
      'org.thingsboard.rule.engine.transform.TbTransformMsgNode',
      `Step ${index}`,
      [(index % 50) * 220, Math.floor(index / 50) * 90],
      { scriptLang: 'JS', jsScript: script },
    ),
  )
  const connections = nodes.slice(1).map((_, index) => ({ fromIndex: index, toIndex: index + 1, type: 'Success' }))
  const file = asFile({ ruleChain: { name }, metadata: { firstNodeIndex: 0, nodes, connections } })
  expect(file.buffer.length).toBeGreaterThan(10_000_000)

  await page.goto('/rule-chains?import=true')
  const dialog = page.getByRole('dialog', { name: 'Import rule chains' })
  await dialog.getByLabel('Rule chain file').setInputFiles(file)
  await expect(dialog).toContainText('2,000 nodes', { timeout: 20_000 })
  await dialog.getByRole('button', { name: 'Import chain' }).click()
  await expect(page).toHaveURL(/\/rule-chains\/[\da-f-]{36}/, { timeout: 20_000 })
  await expect(chainEditor(page).nodes.first()).toBeVisible({ timeout: 20_000 })
  for (const { id } of (await platform.findRuleChains(name)).data) await platform.deleteRuleChain(id.id)
})

test('a template is made to measure, and its own tests pass', async ({ tenantPage: page, platform }) => {
  const name = `Too cold ${Date.now()}`
  await page.goto('/rule-chains?add=threshold-alarm')
  const dialog = page.getByRole('dialog', { name: 'New rule chain' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByLabel('Raise it when the value is').selectOption('below')
  await dialog.getByLabel('Limit', { exact: true }).fill('4.5')
  await dialog.getByLabel('Clear at').fill('4')
  await dialog.getByRole('button', { name: 'Create chain' }).click()
  await expect(dialog.getByText('It must not lie beyond the limit')).toBeVisible()
  await expectAccessible(page)
  await dialog.getByLabel('Clear at').fill('6')
  await dialog.getByRole('button', { name: 'Create chain' }).click()
  await expect(chainEditor(page).node('Beyond the limit?')).toBeVisible()

  const [chain] = (await platform.findRuleChains(name)).data
  const reports = await platform.runChainTests(chain?.id.id ?? '')
  expect(reports.map(({ passed }) => passed)).toEqual([true, true, true, true])
  await platform.deleteRuleChain(chain?.id.id ?? '')
})
