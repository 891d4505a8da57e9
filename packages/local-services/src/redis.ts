import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RunningService, startService } from './child.ts'
import { freePort } from './free-port.ts'
import { LaunchError } from './launch-error.ts'
import { ensureProgram, findProgram } from './system-packages.ts'

const redis = {
  label: 'Redis',
  programs: ['redis-server', 'valkey-server'],
  packages: { apt: 'redis-server', dnf: 'valkey', apk: 'redis', brew: 'redis' },
  otherwise: 'set REDIS_URL to a Redis you already run (appendonly yes, maxmemory-policy noeviction)',
} as const

/** Path of a Redis server program; installs one when that is possible without a question. */
export const ensureRedisInstalled = (step: (text: string) => void = () => {}) => ensureProgram(redis, step)

export type RedisOptions = {
  /** Its own folder: append-only file and password. */
  dataDir: string
  /** Default: a free one. */
  port?: number
  log?: (line: string) => void
}

/**
 * A private Redis on loopback, as the no-loss contract needs it: every write is on disk before its answer, and nothing
 * is ever evicted. The password stays out of the process list.
 */
export const startRedis = async ({ dataDir, port, log }: RedisOptions): Promise<RunningService> => {
  const program = findProgram(redis.programs) ?? (await ensureRedisInstalled())
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const password = ownSecret(join(dataDir, 'password'))
  const listenPort = port ?? (await freePort())
  return startService({
    name: 'Redis',
    command: program,
    args: ['-'],
    input: [
      `port ${listenPort}`,
      'bind 127.0.0.1',
      `dir "${dataDir}"`,
      `requirepass ${password}`,
      'appendonly yes',
      'appendfsync always',
      'no-appendfsync-on-rewrite no',
      'save ""',
      'maxmemory-policy noeviction',
      'daemonize no',
      '',
    ].join('\n'),
    ready: /Ready to accept connections/,
    // Replaying a large append-only file takes its time.
    readyTimeoutMs: 120_000,
    stopSignal: 'SIGTERM',
    url: `redis://:${password}@127.0.0.1:${listenPort}`,
    log,
    explain: (words) => {
      if (/Address already in use/i.test(words))
        return new LaunchError(
          `Redis could not start: port ${listenPort} is in use.`,
          'Free the port, or set REDIS_URL.',
        )
      if (/No space left/i.test(words))
        return new LaunchError('Redis could not start: the disk is full.', `Free space under ${dataDir}.`)
      if (/Bad file format|corrupt|Unexpected end of file/i.test(words))
        return new LaunchError(
          `Redis could not read its append-only file in ${dataDir}.`,
          'Run redis-check-aof --fix on the newest file there, or restore a copy.',
        )
      return undefined
    },
  })
}

/** A secret made once and kept beside the data that it protects. */
export const ownSecret = (path: string): string => {
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  const secret = randomBytes(24).toString('hex')
  writeFileSync(path, secret, { mode: 0o600 })
  return secret
}
