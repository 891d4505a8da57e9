import { entityId } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { waitFor } from '../wait-for.ts'
import { type Bench, type BenchDevice, withDevice } from './bench-device.ts'
import type { DeviceCommand, Outcome } from './driver.ts'

type Heard = Record<string, unknown>

export const downlinkTests = (bench: Bench): void => {
  const save = (id: string, scope: string, values: unknown) =>
    bench.world().admin.post(`/api/plugins/telemetry/DEVICE/${id}/${scope}`, values)

  const listening = async ({ client }: BenchDevice): Promise<Heard[]> => {
    const heard: Heard[] = []
    await client.hearAttributes((update) => heard.push(update as Heard))
    return heard
  }

  /** A poll may be between two requests: what is saved then is not for it. */
  const saveUntilHeard = (id: string, heard: readonly Heard[], key: string) => {
    let value = 0
    return waitFor(async () => {
      await save(id, 'SHARED_SCOPE', { [key]: ++value })
      return heard.some((update) => key in update)
    })
  }

  test('shared attributes reach a device that listens; those of the server do not', async () => {
    await withDevice(bench, async (device) => {
      const heard = await listening(device)
      await saveUntilHeard(device.id, heard, 'limit')
      await save(device.id, 'SERVER_SCOPE', { secret: 1 })
      await saveUntilHeard(device.id, heard, 'later')
      expect(JSON.stringify(heard)).not.toContain('secret')
    })
  })

  test('a shared attribute that is deleted is told by its key', async () => {
    await withDevice(bench, async (device) => {
      const heard = await listening(device)
      const { admin } = bench.world()
      await waitFor(async () => {
        await save(device.id, 'SHARED_SCOPE', { gone: 1 })
        await admin.delete(`/api/plugins/telemetry/DEVICE/${device.id}/SHARED_SCOPE?keys=gone`)
        return heard.some(({ deleted }) => Array.isArray(deleted))
      })
      expect(heard.find(({ deleted }) => deleted)).toEqual({ deleted: ['gone'] })
    })
  })

  test('shared attributes can be asked for', async () => {
    await withDevice(bench, async ({ id, client }) => {
      await save(id, 'SHARED_SCOPE', { one: 1, two: 'b' })
      expect(await client.readAttributes({ sharedKeys: 'one,none' })).toEqual({ shared: { one: 1 } })
      expect(await client.readAttributes({})).toEqual({ shared: { one: 1, two: 'b' } })
    })
  })

  const commanded = async ({ client }: BenchDevice, answer?: (command: DeviceCommand) => string) => {
    const commands: DeviceCommand[] = []
    const answers: Promise<Outcome>[] = []
    await client.hearCommands((command) => {
      commands.push(command)
      if (answer) answers.push(client.answerCommand(command.id, answer(command)))
    })
    return { commands, answers: () => Promise.all(answers) }
  }
  const rpc = (way: 'oneway' | 'twoway', id: string, body: object) =>
    bench.world().admin.post(`/api/rpc/${way}/${id}`, { timeout: 10_000, ...body })

  test('a two-way command reaches the device, and its answer the caller', async () => {
    await withDevice(bench, async (device) => {
      const { commands, answers } = await commanded(device, ({ params }) => JSON.stringify({ got: params }))
      const params = { valve: 3, name: 'ä"' }
      expect(await rpc('twoway', device.id, { method: 'open', params })).toEqual({ status: 200, body: { got: params } })
      expect(commands).toMatchObject([{ method: 'open', params }])
      expect(await answers()).toEqual(['accepted'])
    })
  })

  test('a one-way command reaches the device', async () => {
    await withDevice(bench, async (device) => {
      const { commands } = await commanded(device)
      expect((await rpc('oneway', device.id, { method: 'reset', params: 'now' })).status).toBe(200)
      await waitFor(() => commands.length === 1)
      expect(commands).toMatchObject([{ method: 'reset', params: 'now' }])
    })
  })

  test('a command waits for a device that does not listen yet', async () => {
    await withDevice(bench, async (device) => {
      const answer = rpc('twoway', device.id, { method: 'late', params: 1 })
      const { answers } = await commanded(device, () => '"done"')
      expect(await answer).toEqual({ status: 200, body: 'done' })
      expect(await answers()).toEqual(['accepted'])
    })
  })

  test('commands come in the order in which they were sent', async () => {
    await withDevice(bench, async (device) => {
      const { commands, answers } = await commanded(device, () => '{}')
      for (const n of [1, 2, 3, 4]) await rpc('twoway', device.id, { method: 'step', params: n })
      expect(commands.map(({ params }) => params)).toEqual([1, 2, 3, 4])
      await answers()
    })
  })

  test('an answer that nobody waits for harms nothing', async () => {
    await withDevice(bench, async ({ client }) => {
      expect(await client.answerCommand(77, '{"unasked":true}')).toBe('accepted')
      expect(await client.telemetry('{"still":1}')).toBe('accepted')
    })
  })

  test('a device is told what it may send', async () => {
    await withDevice(bench, async ({ client }) => {
      const limits = await client.askServer('{"method":"getSessionLimits","params":{}}')
      expect(limits).toMatchObject({ maxPayloadSize: 65_536, maxInflightMessages: 100, rateLimits: {} })
    })
  })

  test('a rule chain answers what a device asks', async () => {
    const { admin, db, tenant } = bench.world()
    const chain = await admin.post('/api/ruleChain', { name: `Echo ${bench.driver.name}` })
    const { id: ruleChainId } = chain.body as { id: { id: string } }
    const type = 'org.thingsboard.rule.engine.rpc.TbSendRPCReplyNode'
    const nodes = [{ type, name: 'Echo', configuration: {}, additionalInfo: {} }]
    const metadata = { ruleChainId, firstNodeIndex: 0, nodes, connections: [] }
    expect((await admin.post('/api/ruleChain/metadata', metadata)).status).toBe(200)
    const profile = await db.deviceProfiles.save(tenant.scope, {
      name: `Echo ${bench.driver.name}`,
      type: 'DEFAULT',
      transportType: 'DEFAULT',
      defaultRuleChainId: entityId('RULE_CHAIN', ruleChainId.id),
    })
    await withDevice(
      bench,
      async ({ client }) => {
        const asked = { method: 'time', params: { zone: 'UTC' } }
        expect(await client.askServer(JSON.stringify(asked))).toEqual(asked)
        expect(await client.askServer('{"method":"bare"}')).toEqual({ method: 'bare', params: null })
      },
      { deviceProfileId: profile.id },
    )
  })

  test.each(['{}', '[]', '{"method":1}', 'no json'])('a request %j is refused', async (body) => {
    await withDevice(bench, async ({ client }) => expect(await client.askServer(body)).toBe('refused'))
  })
}
