import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  ensureRedisInstalled,
  freePort,
  isPortFree,
  type RunningService,
  startPostgres,
  startRedis,
} from '@thingwire/local-services'
import { z } from 'zod'
import { step } from './console.ts'

export type Services = {
  /** Maintenance URL of the embedded server, or undefined when DATABASE_URL names another one. */
  postgres: KeptService | undefined
  redis: KeptService | undefined
}

export type KeptService = { url: string; pid: () => number; stop(): Promise<void> }

type Hooks = {
  onPid: (name: string, pid: number) => void
  onTrouble: (name: string, text: string, fatal: boolean) => void
  log: (name: string, line: string) => void
}

/** Starts the embedded PostgreSQL and the private Redis side by side, those that no setting replaces. */
export const startServices = async (dataDir: string, env: NodeJS.ProcessEnv, hooks: Hooks): Promise<Services> => {
  const ports = await rememberedPorts(dataDir)
  if (!env.REDIS_URL) await step('Redis is installed', (detail) => ensureRedisInstalled(detail))
  const starting = {
    postgres: env.DATABASE_URL
      ? undefined
      : step('PostgreSQL is running', () =>
          keep('postgres', hooks, () =>
            startPostgres({
              dataDir: join(dataDir, 'postgres'),
              port: ports.postgres,
              log: (line) => hooks.log('postgres', line),
            }),
          ),
        ),
    redis: env.REDIS_URL
      ? undefined
      : step('Redis is running', () =>
          keep('redis', hooks, () =>
            startRedis({ dataDir: join(dataDir, 'redis'), port: ports.redis, log: (line) => hooks.log('redis', line) }),
          ),
        ),
  }
  const [postgres, redis] = await Promise.allSettled([starting.postgres, starting.redis])
  const started = [postgres, redis].flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : []))
  const failed = [postgres, redis].find((one) => one.status === 'rejected')
  if (failed) {
    await Promise.all(started.map((service) => service.stop()))
    throw failed.reason
  }
  return { postgres: fulfilledOf(postgres), redis: fulfilledOf(redis) }
}

const fulfilledOf = <T>(result: PromiseSettledResult<T>) => (result.status === 'fulfilled' ? result.value : undefined)

/** A server that ran before is tried again this often; a full disk is waited out, since freeing it must be enough. */
const restart = { attempts: 5, pauseMs: 3_000 }

/** Keeps a server running on its port: one that dies is started again, and given up only when it cannot start. */
const keep = async (name: string, hooks: Hooks, start: () => Promise<RunningService>): Promise<KeptService> => {
  let stopping = false
  let current = await start()

  const startAgain = async () => {
    for (let attempt = 1; !stopping; attempt++) {
      try {
        current = await start()
        if (stopping) await current.stop()
        else watch()
        return
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error)
        const isWaiting = /disk is full/.test(text)
        const isFatal = !isWaiting && attempt >= restart.attempts
        hooks.onTrouble(name, isFatal ? text : `${text} Trying again.`, isFatal)
        if (isFatal) return
        await new Promise((resolve) => setTimeout(resolve, restart.pauseMs))
      }
    }
  }
  const watch = () => {
    hooks.onPid(name, current.pid)
    const startedAt = Date.now()
    void current.exited.then(async (how) => {
      if (stopping) return
      hooks.onTrouble(name, `${how}; starting it again`, false)
      // One that ends as soon as it runs (a full disk) would otherwise be started hundreds of times a minute.
      if (Date.now() - startedAt < restart.pauseMs) await new Promise((resolve) => setTimeout(resolve, restart.pauseMs))
      await startAgain()
    })
  }
  watch()
  return {
    url: current.url,
    pid: () => current.pid,
    stop: async () => {
      stopping = true
      await current.stop()
    },
  }
}

const portsSchema = z.object({ postgres: z.number().int(), redis: z.number().int() })

/** The embedded servers keep their ports over starts, so that a connection string found in a tool stays right. */
const rememberedPorts = async (dataDir: string) => {
  const file = join(dataDir, 'ports.json')
  const before = existsSync(file) ? portsSchema.safeParse(parseJson(readFileSync(file, 'utf8'))).data : undefined
  const usable = async (port: number | undefined) =>
    port !== undefined && (await isPortFree(port, '127.0.0.1')) ? port : freePort()
  const ports = { postgres: await usable(before?.postgres), redis: await usable(before?.redis) }
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(file, JSON.stringify(ports))
  return ports
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
