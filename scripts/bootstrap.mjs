// Runs under whatever Node the machine has, before anything is installed: no dependencies, no TypeScript.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'node_modules', '.thingwire-install')
/** Where Node keeps stripped and compiled code between starts. */
const compileCache = process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'thingwire')
/** Node from the npm package `node`, whatever Node the machine has. */
const pinnedNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

const run = (command, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    child.once('error', (error) => resolve({ code: 1, error }))
    child.once('exit', (code, signal) => resolve({ code: signal ? 1 : (code ?? 1) }))
    options.onChild?.(child)
  })

/** `npm ci` when package-lock.json is not the one that was installed last. */
const install = async () => {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stampFile) && existsSync(pinnedNode) && readFileSync(stampFile, 'utf8') === lock) return
  const began = Date.now()
  console.log('• Installing packages (a minute or two the first time)')
  let output = ''
  const { code, error } = await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      // Prisma would download an engine that the product does not use (docs/decisions); naming any program prevents it.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_SKIP_POSTINSTALL_GENERATE: '1',
    },
    onChild: (child) => {
      const collect = (chunk) => {
        output = (output + chunk).slice(-8_000)
      }
      child.stdout.on('data', collect)
      child.stderr.on('data', collect)
      const progress = setInterval(
        () => console.log(`  still installing (${Math.round((Date.now() - began) / 1000)} s)`),
        20_000,
      )
      child.once('exit', () => clearInterval(progress))
    },
  })
  if (code !== 0 || !existsSync(pinnedNode)) {
    console.error(output.trim())
    console.error(
      `✗ Packages could not be installed${error ? `: ${error.message}` : ''}. Is the npm registry reachable, and is there room on the disk?`,
    )
    process.exit(1)
  }
  writeFileSync(stampFile, lock)
  console.log(`✓ Packages installed (${Math.round((Date.now() - began) / 1000)} s)`)
}

/** Installs what is missing, then runs a TypeScript program under the pinned Node and ends as it ends. */
export const runPinned = async (script, args = process.argv.slice(2)) => {
  const [major = 0] = process.versions.node.split('.').map(Number)
  if (major < 18) {
    console.error(`✗ Node ${process.versions.node} is too old to set this up. Install Node 20 or newer.`)
    process.exit(1)
  }
  await install()
  const bin = join(root, 'node_modules', '.bin')
  const command = [pinnedNode, join(root, script), ...args]
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE: compileCache,
    PATH: `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`,
  }
  if (process.execve && process.platform !== 'win32') {
    // The program takes this process's place: one process less to keep in memory and to pass signals through.
    process.removeAllListeners('warning')
    process.execve(pinnedNode, command, env)
  }
  const { code } = await run(pinnedNode, command.slice(1), {
    env,
    onChild: (child) => {
      // The terminal sends Ctrl+C to every process of the group; this one stays until its child has cleaned up.
      process.on('SIGINT', () => {})
      process.on('SIGTERM', () => child.kill('SIGTERM'))
      process.on('SIGHUP', () => child.kill('SIGTERM'))
    },
  })
  process.exit(code)
}
