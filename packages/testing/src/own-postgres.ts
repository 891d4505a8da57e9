import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningService, startPostgres } from '@thingwire/local-services'

export type OwnPostgres = AsyncDisposable & {
  server: RunningService
  url: string
  /** The server again on the same data and port, after it was stopped or killed. */
  restart(): Promise<RunningService>
}

/** A PostgreSQL of the test's own, to stop, kill and start again. */
export const ownPostgres = async (): Promise<OwnPostgres> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'thingwire-postgres-'))
  const server = await startPostgres({ dataDir })
  const running = [server]
  return {
    server,
    url: server.url,
    restart: async () => {
      const next = await startPostgres({ dataDir, port: Number(new URL(server.url).port) })
      running.push(next)
      return next
    },
    [Symbol.asyncDispose]: async () => {
      for (const service of running) await service.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
