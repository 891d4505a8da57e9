import { expect, test } from 'vitest'
import { waitFor } from '../wait-for.ts'
import { type Bench, connected, newToken, savedDevice, withDevice } from './bench-device.ts'

const stopDeadlineMs = 5_000

export const sessionEndTests = (bench: Bench): void => {
  test('other credentials end what is open, and count at once', async () => {
    await withDevice(bench, async ({ id, token, client }) => {
      const { admin, ports } = bench.world()
      await client.hearCommands(() => {})
      const { body } = await admin.get(`/api/device/${id}/credentials`)
      const credentialsId = newToken()
      const saved = await admin.post('/api/device/credentials', { ...(body as object), credentialsId })
      expect(saved.status).toBe(200)
      await client.ended
      await waitFor(async () => {
        const again = await bench.driver.connect(ports, token)
        await again?.close()
        return again === null
      })
      const renewed = await connected(bench, credentialsId)
      expect(await renewed.telemetry('{"renewed":1}')).toBe('accepted')
      await renewed.close()
    })
  })

  test('a device that is deleted is let go', async () => {
    await withDevice(bench, async ({ id, token, client }) => {
      const { admin, ports } = bench.world()
      await client.hearAttributes(() => {})
      expect((await admin.delete(`/api/device/${id}`)).status).toBe(200)
      await client.ended
      await waitFor(async () => (await bench.driver.connect(ports, token)) === null)
    })
  })

  test('stops within its deadline with devices that listen, and leaves no port open', async () => {
    const { token } = await savedDevice(bench)
    await using other = await bench.world().startGateway()
    const client = await bench.driver.connect(other.ports, token)
    if (!client) throw new Error('The device was refused')
    await client.hearAttributes(() => {})
    const started = performance.now()
    await other.stop(Date.now() + stopDeadlineMs)
    expect(performance.now() - started).toBeLessThan(stopDeadlineMs)
    await client.ended
    await client.close()
    await expect(bench.driver.connect(other.ports, token)).rejects.toThrow()
  })
}
