import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { connectDevice, publishNumbers } from './device.ts'
import { expect, test } from './fixtures.ts'

/** Pids of the stack's programs, as the launcher writes them down. */
const processesSchema = z.object({ children: z.record(z.string(), z.number()) })

const pidOf = (dataDir: string, name: string): number => {
  const { children } = processesSchema.parse(JSON.parse(readFileSync(join(dataDir, 'processes.json'), 'utf8')))
  const pid = children[name]
  if (pid === undefined) throw new Error(`The launcher knows no process "${name}".`)
  return pid
}

const isReady = async (port: number): Promise<boolean> => {
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined)
  return answer?.ok ?? false
}

/** Processes that the scenario kills, and whose readiness tells that their work goes on. */
const victims = { rules: ['rules'], gateway: ['gateway'], redis: ['rules', 'gateway'] } as const
const perSecond = 2_000

test.use({ isAlone: true })

for (const [victim, dependants] of Object.entries(victims)) {
  test(`nothing acknowledged is lost when ${victim} is killed under ${perSecond} messages/s`, async ({
    tenantPage: page,
    platform,
    device,
    runtime,
  }) => {
    test.slow()
    await page.goto(`/devices/${device.id}`)
    const client = await connectDevice(runtime.mqttUrl, device.token)
    const numbers = publishNumbers(client, perSecond)
    const row = page.getByRole('main').getByRole('row', { name: /^n / })
    await expect(row).toBeVisible()
    const shown = async () => Number((await row.getByRole('cell').first().innerText()).replaceAll(/\D/g, ''))
    await expect.poll(shown).toBeGreaterThan(perSecond)

    const pid = pidOf(runtime.dataDir, victim)
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => pidOf(runtime.dataDir, victim), { timeout: 20_000 }).not.toBe(pid)
    for (const name of dependants)
      await expect.poll(() => isReady(runtime.management[name]), { timeout: 30_000 }).toBe(true)

    const atReturn = numbers.acknowledged()
    await expect.poll(() => numbers.acknowledged(), { timeout: 30_000 }).toBeGreaterThan(atReturn + perSecond)
    await expect.poll(shown, { timeout: 30_000, message: 'the page goes on by itself' }).toBeGreaterThan(atReturn)
    const acknowledged = await numbers.stop()
    await client.close()

    const stored = async () => (await platform.history(device.id, 'n')).map(({ value }) => Number(value))
    const missing = async () => {
      const there = new Set(await stored())
      return acknowledged.filter((number) => !there.has(number))
    }
    await expect.poll(missing, { timeout: 30_000, intervals: [500] }).toEqual([])
    const all = await stored()
    expect(new Set(all).size, 'every number is there once').toBe(all.length)
  })
}
