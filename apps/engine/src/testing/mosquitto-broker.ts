import { spawnSync } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, startService } from '@thingwire/local-services'
import { testCertificate } from './certificates.ts'

export type Broker = AsyncDisposable & { port: number; tlsPort: number; authority: string; stop(): Promise<void> }

export const brokerLogin = { username: 'ann', password: 's3cret-pw' }

/** Mosquitto that knows one user; on its TLS port whoever has a certificate of the authority needs no password. */
export const startMosquitto = async (program: string, ports?: { port: number; tlsPort: number }): Promise<Broker> => {
  const folder = await mkdtemp(join(tmpdir(), 'thingwire-mosquitto-'))
  await chmod(folder, 0o755)
  const { port, tlsPort } = ports ?? { port: await freePort(), tlsPort: await freePort() }
  const authority = testCertificate({ name: 'Test CA', isAuthority: true })
  const server = testCertificate({ name: 'broker', issuer: authority, hosts: ['127.0.0.1', 'localhost'] })
  const file = (name: string, text: string) => writeFile(join(folder, name), text, { mode: 0o644 })
  await Promise.all([file('ca.pem', authority.cert), file('cert.pem', server.cert), file('key.pem', server.key)])
  const { username, password } = brokerLogin
  spawnSync('mosquitto_passwd', ['-b', '-c', join(folder, 'users'), username, password])
  await chmod(join(folder, 'users'), 0o644)
  await file(
    'mosquitto.conf',
    `per_listener_settings true
listener ${port} 127.0.0.1
allow_anonymous false
password_file ${folder}/users
listener ${tlsPort} 127.0.0.1
allow_anonymous true
cafile ${folder}/ca.pem
certfile ${folder}/cert.pem
keyfile ${folder}/key.pem
`,
  )
  const service = await startService({
    name: 'Mosquitto',
    command: program,
    args: ['-c', join(folder, 'mosquitto.conf')],
    ready: /mosquitto version .* running/,
    readyTimeoutMs: 10_000,
    stopSignal: 'SIGTERM',
    url: `mqtt://127.0.0.1:${port}`,
  })
  const stop = async () => {
    await service.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return { port, tlsPort, authority: authority.cert, stop, [Symbol.asyncDispose]: stop }
}
