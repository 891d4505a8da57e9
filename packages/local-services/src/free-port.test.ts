import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { freePort, freeUdpPort, isPortFree } from './free-port.ts'

test.each([
  ['TCP', freePort],
  ['UDP', freeUdpPort],
])('no %s port is given twice, nor one that an outgoing connection could take first', async (_, choose) => {
  const ports = await Promise.all(Array.from({ length: 200 }, choose))
  expect(new Set(ports).size).toBe(ports.length)
  // Linux gives those from 32,768 on, others from 49,152 on.
  for (const port of ports) expect(port).toBeLessThan(32_768)
})

test('a port is free until somebody listens on it', async () => {
  const port = await freePort()
  expect(await isPortFree(port)).toBe(true)
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '0.0.0.0', resolve))
  expect(await isPortFree(port)).toBe(false)
  server.close()
})
