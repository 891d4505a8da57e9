import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { LaunchError } from '@thingwire/local-services'
import { z } from 'zod'
import { root } from './options.ts'

const ownPackage = '@thingwire/'
const packageSchema = z.object({ dependencies: z.record(z.string(), z.string()) })

/** What the web console is made from: itself, and all of our packages that it says it needs. */
const webSources = (): string[] => {
  const { dependencies } = packageSchema.parse(JSON.parse(readFileSync(join(root, 'apps/web/package.json'), 'utf8')))
  const packages = Object.keys(dependencies).filter((name) => name.startsWith(ownPackage))
  return ['apps/web', ...packages.map((name) => name.replace(ownPackage, 'packages/')), 'package-lock.json']
}
const skipped = new Set(['node_modules', '.next', '.turbo', 'test-results'])
const stampFile = join(root, 'apps', 'web', '.next', 'thingwire-sources')

/** What browsers load, by names that carry a hash of the content; beside each text stands its packed form. */
export const builtFiles = join(root, 'apps', 'web', '.next', 'static')

/** Builds the web console when its sources are not those of the last build. Resolves to whether it did. */
export const buildWeb = async (): Promise<boolean> => {
  const isNew = await buildNew()
  packFiles(builtFiles)
  return isNew
}

const buildNew = async (): Promise<boolean> => {
  const stamp = hashSources()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false
  const { code, output } = await runTurbo([
    'run',
    'build',
    '--filter=@thingwire/web',
    '--output-logs=errors-only',
    '--no-update-notifier',
  ])
  if (code !== 0 && /Another next build process is already running/.test(output)) {
    // A second start in the same checkout: the other one builds the same, so its result is ours too.
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    return buildNew()
  }
  if (code !== 0)
    throw new LaunchError('The web console could not be built.', output.trim().split('\n').slice(-25).join('\n'))
  writeFileSync(stampFile, stamp)
  return true
}

const smallestPacked = 1_024

/** Packs once, as well as it goes, what would otherwise be packed in haste for each request. */
export const packFiles = (folder: string): void => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const known = new Set(files)
  for (const file of files) {
    if (!/\.(?:js|css|svg)$/.test(file) || known.has(`${file}.gz`)) continue
    const content = readFileSync(join(folder, file))
    if (content.length >= smallestPacked) writeFileSync(join(folder, `${file}.gz`), gzipSync(content, { level: 9 }))
  }
}

const runTurbo = (args: string[]) =>
  new Promise<{ code: number; output: string }>((resolve) => {
    const child = spawn(join(root, 'node_modules', '.bin', 'turbo'), args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        TURBO_TELEMETRY_DISABLED: '1',
        DO_NOT_TRACK: '1',
      },
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000)
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('error', (error) => resolve({ code: 1, output: error.message }))
    child.once('exit', (code) => resolve({ code: code ?? 1, output }))
  })

const hashSources = (): string => {
  const hash = createHash('sha256').update(process.versions.node)
  const visit = (path: string) => {
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0')
  }
  const walk = (folder: string) => {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const entry of entries) {
      if (skipped.has(entry.name) || entry.name === 'next-env.d.ts') continue
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile() && !entry.name.endsWith('.tsbuildinfo')) visit(path)
    }
  }
  for (const source of webSources()) {
    const path = join(root, source)
    if (source.endsWith('.json')) visit(path)
    else if (existsSync(path)) walk(path)
  }
  return hash.digest('hex')
}
