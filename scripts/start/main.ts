import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { styleText } from 'node:util'
import { freePort, LaunchError } from '@thingwire/local-services'
import { generatePrisma } from '../generate-prisma.ts'
import { printFailure, step } from './console.ts'
import { prepareDatabase } from './database.ts'
import { type InstanceLock, lockInstance } from './instance-lock.ts'
import { readable } from './logs.ts'
import { ensureCertificate } from './certificate.ts'
import { claimPort, claimUdpPort, readOptions, root, type StartOptions } from './options.ts'
import { type Services, startServices } from './services.ts'
import { type Supervised, supervise } from './supervisor.ts'
import { buildWeb, builtFiles } from './web-build.ts'

/** What runs, in the order of the start; stopped in reverse. */
const running: { name: string; stop(): Promise<void> }[] = []
let lock: InstanceLock | undefined
let stopping: Promise<void> | undefined

const stopAll = (why: string, code: number): Promise<void> => {
  stopping ??= (async () => {
    console.log(`\n${why}`)
    for (const part of running.toReversed()) {
      await part.stop().catch((error: unknown) => printFailure(error))
      console.log(styleText('dim', `  ${part.name} stopped`))
    }
    forgetRuntime()
    lock?.release()
    process.exit(code)
  })()
  return stopping
}

// Who read what is said may be gone (`npm start | tee`): that must not end this process before what it started.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {})
process.on('SIGINT', () => {
  // The second Ctrl+C is a person who does not want to wait; what is queued is on disk, so nothing is lost by it.
  if (stopping) process.exit(130)
  void stopAll('Stopping (everything accepted is on disk)', 0)
})
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stopAll('Stopping', 0))

/** Where other programs of this checkout (benchmarks, journeys, the ledger's audit) find what runs. */
let runtimeFile: string | undefined
const forgetRuntime = () => {
  if (runtimeFile) rmSync(runtimeFile, { force: true })
}

const start = async () => {
  const options = readOptions(process.argv.slice(2), process.env)
  lock = await lockInstance(options.dataDir, (name) =>
    console.log(styleText('dim', `  ending ${name}, left over by a start that was cut off`)),
  )
  runtimeFile = join(options.dataDir, 'runtime.json')
  forgetRuntime()
  const httpPort = await claimPort(options.httpPort, 'HTTP_PORT', 'web and API')
  const mqttPort = await claimPort(options.mqttPort, 'MQTT_PORT', 'MQTT')
  const mqttTlsPort = await claimPort(options.mqttTlsPort, 'MQTT_TLS_PORT', 'MQTT with TLS')
  const coapPort = await claimUdpPort(options.coapPort, 'COAP_PORT', 'CoAP, UDP')

  await step('Prisma client is generated', async () => generatePrisma())
  const building = step('Web console is built', () => buildWeb())
  // Awaited below; a failure meanwhile must not end the process before what already runs is stopped.
  building.catch(() => {})

  const services = await startServices(options.dataDir, process.env, {
    onPid: (name, pid) => lock?.record(name, pid),
    onTrouble: (name, text, fatal) => {
      if (stopping) return
      console.error(`${styleText('red', '✗')} ${name}: ${text}`)
      if (fatal) void stopAll(`${name} cannot run any more; stopping everything.`, 1)
    },
    log: (name, line) => {
      if (isTrouble(line)) console.log(readable(name, line))
    },
  })
  if (services.postgres) running.push({ name: 'PostgreSQL', stop: services.postgres.stop })
  if (services.redis) running.push({ name: 'Redis', stop: services.redis.stop })

  const databaseUrl = await step('Database is up to date', (detail) =>
    prepareDatabase({
      external: process.env.DATABASE_URL,
      embedded: services.postgres?.url,
      demo: options.demo,
      env: process.env,
      detail,
    }),
  )
  await building
  const redisUrl = redisUrlOf(services)
  await startPrograms(options, { httpPort, mqttPort, mqttTlsPort, coapPort, databaseUrl: databaseUrl.url, redisUrl })
  if (databaseUrl.setUpNote) console.log(`\n${databaseUrl.setUpNote}`)
}

/** The servers' own logs are long; these are the lines a person may have to act on. */
const isTrouble = (line: string) =>
  /FATAL|PANIC|ERROR|error|fail|No space|OOM/.test(line) && !/shutting down|administrator command|overcommit/.test(line)

const redisUrlOf = (services: Services): string => {
  const url = process.env.REDIS_URL ?? services.redis?.url
  if (!url) throw new LaunchError('There is no Redis.', 'Set REDIS_URL.')
  return url
}

type Ports = { httpPort: number; mqttPort: number; mqttTlsPort: number; coapPort: number }

const startPrograms = async (options: StartOptions, at: Ports & { databaseUrl: string; redisUrl: string }) => {
  const ports = { web: await freePort(), gateway: await freePort(), rules: await freePort() }
  const node = process.execPath
  const common = {
    ...process.env,
    NODE_ENV: process.env.NODE_ENV ?? 'development',
    // Many small C arenas never give memory back; two carry what these processes allocate outside the heap.
    MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '2',
    DATABASE_URL: at.databaseUrl,
    REDIS_URL: at.redisUrl,
    HTTP_PORT: String(at.httpPort),
    MQTT_PORT: String(at.mqttPort),
    MQTT_TLS_PORT: String(at.mqttTlsPort),
    ...ensureCertificate(options.dataDir, process.env),
    COAP_PORT: String(at.coapPort),
    WEB_URL: `http://127.0.0.1:${ports.web}`,
    WEB_FILES: builtFiles,
    DEMO_ACCOUNTS: options.demo ? '1' : '0',
  }
  const engine = [join(root, 'apps', 'engine', 'src', 'main.ts')]
  const run = (
    name: string,
    command: string,
    args: readonly string[],
    cwd: string,
    env: NodeJS.ProcessEnv,
  ): Supervised => {
    const program = supervise(
      { name, command, args, cwd, env, onLine: (line) => console.log(readable(name, line)) },
      {
        pid: (pid) => lock?.record(name, pid),
        died: (how, again) =>
          console.error(`${styleText('red', '✗')} ${name} ${how}${again ? '; starting it again' : ''}`),
        gaveUp: () => void stopAll(`${name} keeps dying; stopping everything.`, 1),
      },
    )
    running.push(program)
    return program
  }
  run('rules', node, engine, root, { ...common, ENGINE_ROLES: 'rules', MANAGEMENT_PORT: String(ports.rules) })
  run('gateway', node, engine, root, { ...common, ENGINE_ROLES: 'gateway,api', MANAGEMENT_PORT: String(ports.gateway) })
  run(
    'web',
    node,
    [join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'start', '-H', '127.0.0.1', '-p', String(ports.web)],
    join(root, 'apps', 'web'),
    {
      ...common,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    },
  )
  await step('Engine is ready', () =>
    Promise.all([
      answers(`http://127.0.0.1:${ports.rules}/health/ready`),
      answers(`http://127.0.0.1:${ports.gateway}/health/ready`),
      answers(`http://127.0.0.1:${at.httpPort}/sign-in`),
    ]),
  )
  writeFileSync(
    runtimeFile ?? join(options.dataDir, 'runtime.json'),
    JSON.stringify({
      httpUrl: `http://localhost:${at.httpPort}`,
      mqttUrl: `mqtt://localhost:${at.mqttPort}`,
      mqttsUrl: `mqtts://localhost:${at.mqttTlsPort}`,
      coapUrl: `coap://localhost:${at.coapPort}`,
      databaseUrl: at.databaseUrl,
      redisUrl: at.redisUrl,
      management: { gateway: ports.gateway, rules: ports.rules },
    }),
    { mode: 0o600 },
  )
  if (options.demo)
    run('devices', node, [join(root, 'scripts', 'simulate', 'main.ts'), '--demo', '--quiet'], root, {
      ...common,
      MQTT_URL: `mqtt://127.0.0.1:${at.mqttPort}`,
    })
  printWelcome(options, at)
}

/** Resolves when the address answers with success. The supervisor ends the start when a program keeps dying. */
const answers = async (url: string) => {
  const deadline = Date.now() + 120_000
  for (;;) {
    // Whoever stops the programs ends this process too; until then nothing may say that all is well.
    if (stopping) return new Promise<void>(() => {})
    const ok = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) }).then(
      (response) => response.status < 400,
      () => false,
    )
    if (ok) return
    if (Date.now() > deadline)
      throw new LaunchError(`${url} did not answer for two minutes.`, 'The log lines above say why.')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const printWelcome = (options: StartOptions, at: Ports) => {
  const bold = (text: string) => styleText('bold', text)
  console.log(`
${bold('Thingwire is running')}
  Web and API   ${bold(`http://localhost:${at.httpPort}`)}
  MQTT          mqtt://localhost:${at.mqttPort}, mqtts://localhost:${at.mqttTlsPort}, ws://localhost:${at.httpPort}/mqtt
  CoAP          coap://localhost:${at.coapPort}`)
  if (options.demo)
    console.log(`  Sign in       tenant@thingwire.local / tenant
                customer@thingwire.local / customer
                sysadmin@thingwire.local / sysadmin

  Send a first value:
    curl -X POST http://localhost:${at.httpPort}/api/v1/A1_TEST_TOKEN/telemetry -H 'Content-Type: application/json' -d '{"temperature": 21.5}'`)
  console.log(`\n  Ctrl+C stops everything. Data: ${options.dataDir}\n`)
}

try {
  await start()
} catch (error) {
  if (!stopping) {
    printFailure(error)
    await stopAll('Thingwire could not start.', 1)
  }
}
