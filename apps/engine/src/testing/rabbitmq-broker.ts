import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort, startService } from '@thingwire/local-services'

export type RabbitMq = AsyncDisposable & {
  port: number
  /** Ends every connection, as an administrator does. */
  closeConnections(): Promise<void>
}

/** Debian's own script in front of it asks for the user of its service. */
const bare = '/usr/lib/rabbitmq/bin/rabbitmq-server'

/** RabbitMQ on free ports, in a folder of its own; guest may sign in. Takes about ten seconds to start. */
export const startRabbitMq = async (program: string): Promise<RabbitMq> => {
  const folder = await mkdtemp(join(tmpdir(), 'thingwire-rabbitmq-'))
  const [port, distPort, namePort] = [await freePort(), await freePort(), await freePort()]
  await mkdir(join(folder, 'log'))
  await writeFile(
    join(folder, 'rabbitmq.conf'),
    `listeners.tcp.1 = 127.0.0.1:${port}\nlog.console = true\nlog.file = false\n`,
  )
  const env = {
    ...process.env,
    HOME: folder,
    RABBITMQ_NODENAME: `test${port}@localhost`,
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(distPort),
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    ERL_EPMD_PORT: String(namePort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
  }
  const service = await startService({
    name: 'RabbitMQ',
    command: existsSync(bare) ? bare : program,
    args: [],
    options: {
      env,
    },
    ready: /completed with \d+ plugins/,
    readyTimeoutMs: 60_000,
    stopSignal: 'SIGTERM',
    url: `amqp://127.0.0.1:${port}`,
  })
  const control = join(bare, '../rabbitmqctl')
  return {
    port,
    closeConnections: async () => {
      const args = ['--node', env.RABBITMQ_NODENAME, 'close_all_connections', 'enough']
      await promisify(execFile)(existsSync(control) ? control : 'rabbitmqctl', args, { env })
    },
    [Symbol.asyncDispose]: async () => {
      await service.stop()
      // Erlang's name server is a process of its own, which nobody else uses on this port.
      spawnSync('epmd', ['-port', String(namePort), '-kill'])
      await rm(folder, { recursive: true, force: true })
    },
  }
}
