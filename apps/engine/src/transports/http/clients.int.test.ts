import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { deviceClients } from '@thingwire/local-services'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractWorld, startContractWorld } from '../../testing/contract-world.ts'
import { describeWith } from '../../testing/describe-with.ts'

const run = promisify(execFile)

describeWith(deviceClients.curl, 'curl', (curl) => {
  let world: ContractWorld
  let folder: string
  beforeAll(async () => {
    world = await startContractWorld()
    folder = mkdtempSync(join(tmpdir(), 'thingwire-curl-'))
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await world[Symbol.asyncDispose]()
  })

  /** The body, and the status in a line of its own. */
  const ask = async (path: string, ...options: string[]) => {
    const args = ['-sS', '-w', '\n%{http_code}', ...options, `${world.base}/api/v1/${path}`]
    const lines = (await run(curl, args, { timeout: 20_000 })).stdout.split('\n')
    return { status: Number(lines.at(-1)), body: lines.slice(0, -1).join('\n') }
  }

  test('posts telemetry and attributes as the documentation shows it', async () => {
    const device = await world.device()
    const asJson = ['-H', 'Content-Type: application/json']
    expect(await ask(`${device.token}/telemetry`, '-d', '{temperature:25}', ...asJson)).toEqual({
      status: 200,
      body: '',
    })
    expect(await ask(`${device.token}/attributes`, '-d', '{"serial":"S1"}')).toEqual({ status: 200, body: '' })
    const read = await waitFor(async () => {
      const { body } = await ask(`${device.token}/attributes?clientKeys=serial`)
      return body === '{}' ? null : body
    })
    expect(JSON.parse(read)).toEqual({ client: { serial: 'S1' } })
    await waitFor(async () => {
      const { text } = await world.admin.get(device.values('values/timeseries?keys=temperature'))
      return text.includes('"25"')
    })
    expect(await ask('nobody/telemetry', '-d', '{"a":1}')).toEqual({ status: 401, body: '' })
    expect((await ask(`${device.token}/telemetry`, '-d', '{')).status).toBe(500)
  })

  test('takes a command by a long poll, and answers it', async () => {
    const device = await world.device()
    const answer = world.admin.post(`/api/rpc/twoway/${device.id}`, { method: 'open', params: { valve: 1 } })
    const { status, body } = await ask(`${device.token}/rpc?timeout=20000`)
    expect(status).toBe(200)
    const command = JSON.parse(body)
    expect(command).toMatchObject({ method: 'open', params: { valve: 1 } })
    expect((await ask(`${device.token}/rpc/${command.id}`, '-d', '{"isOpen":true}')).status).toBe(200)
    expect(await answer).toMatchObject({ status: 200, body: { isOpen: true } })
    expect((await ask(`${device.token}/rpc?timeout=200`)).status).toBe(408)
  })

  test('loads a firmware whose checksum is right', async () => {
    const data = randomBytes(300_123)
    const { scope, device: sample } = world.tenant
    const { deviceProfileId } = sample
    const { otaPackages } = world.services.db
    const saved = await otaPackages.save(scope, { type: 'FIRMWARE', title: 'pump', version: '1', deviceProfileId })
    const checksum = createHash('sha256').update(data).digest('hex')
    const named = { fileName: 'pump.bin', contentType: 'application/octet-stream', checksum }
    await otaPackages.saveData(scope, saved.id.id, { data, checksumAlgorithm: 'SHA256', ...named })
    const device = await world.device({ deviceProfileId, firmwareId: saved.id })
    const file = join(folder, 'pump.bin')
    const options = ['--compressed', '-o', file]
    expect((await ask(`${device.token}/firmware?title=pump&version=1`, ...options)).status).toBe(200)
    expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(checksum)
  })
})
