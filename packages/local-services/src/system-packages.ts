import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { spawn } from 'node:child_process'
import { LaunchError } from './launch-error.ts'

/** The first of the programs that stands on PATH or in the usual system folders. */
export const findProgram = (names: readonly string[]): string | undefined => {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/usr/sbin',
    '/opt/homebrew/bin',
  ]
  for (const name of names)
    for (const folder of folders) {
      const path = join(folder, name)
      try {
        accessSync(path, constants.X_OK)
        return path
      } catch {
        // not here; look further
      }
    }
  return undefined
}

type Installer = { program: string; commands: (names: string[]) => string[][] }

const installers: Record<'apt' | 'dnf' | 'apk' | 'brew', Installer> = {
  apt: {
    program: 'apt-get',
    commands: (names) => [
      ['apt-get', 'update', '-qq'],
      ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...names],
    ],
  },
  dnf: { program: 'dnf', commands: (names) => [['dnf', 'install', '-y', '-q', ...names]] },
  apk: { program: 'apk', commands: (names) => [['apk', 'add', '--no-progress', ...names]] },
  brew: { program: 'brew', commands: (names) => [['brew', 'install', ...names]] },
}

export type SystemPackage = {
  /** What it is called when speaking to a person. */
  label: string
  programs: readonly string[]
  /** Looks for what is no program on PATH, such as a library; instead of `programs`. */
  find?: () => string | undefined
  /** None for a package manager that does not have it. */
  packages: Partial<Record<keyof typeof installers, string>>
  /** The other way out, for the hint. */
  otherwise: string
}

/** Debian starts a service while installing it; this file, which its own tools ask, says no for the moment. */
const servicePolicy = '/usr/sbin/policy-rc.d'

/** Finds the program, or installs it when that needs no question; else says exactly what to install. */
export const ensureProgram = async (wanted: SystemPackage, step: (text: string) => void): Promise<string> => {
  const find = wanted.find ?? (() => findProgram(wanted.programs))
  const present = find()
  if (present) return present
  const manager = (['apt', 'dnf', 'apk', 'brew'] as const).find((key) => findProgram([installers[key].program]))
  const name = manager && wanted.packages[manager]
  const hint = `Install it (${name ? byHand(manager, name) : `on Debian the package ${wanted.packages.apt}`}), or ${wanted.otherwise}.`
  if (!name) throw new LaunchError(`${wanted.label} is needed and was not found on this machine.`, hint)

  const prefix = privilege(manager)
  if (!prefix) throw new LaunchError(`${wanted.label} is needed, and installing it needs administrator rights.`, hint)
  step(`installing ${wanted.label} with ${installers[manager].program}`)
  const ownPolicy = manager === 'apt' && process.getuid?.() === 0 && !existsSync(servicePolicy)
  try {
    if (ownPolicy) writeFileSync(servicePolicy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
    for (const command of installers[manager].commands([name])) {
      const [program = '', ...args] = [...prefix, ...command]
      await run(program, args).catch((cause: unknown) => {
        throw new LaunchError(
          `${wanted.label} could not be installed: ${cause instanceof Error ? cause.message : cause}`,
          hint,
        )
      })
    }
  } finally {
    if (ownPolicy) rmSync(servicePolicy, { force: true })
  }
  const installed = find()
  if (!installed) throw new LaunchError(`${wanted.label} was installed but its program was not found.`, hint)
  return installed
}

/** The command a person types to install it. */
const byHand = (manager: keyof typeof installers, name: string): string => {
  const program = installers[manager].program
  const verb = manager === 'apk' ? 'add' : 'install'
  return `${manager === 'brew' ? '' : 'sudo '}${program} ${verb} ${name}`
}

/** What must stand before the command so that no question is asked; undefined when that is impossible. */
const privilege = (manager: keyof typeof installers): string[] | undefined => {
  if (manager === 'brew' || process.getuid?.() === 0) return []
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined
}

const run = (program: string, args: string[]) =>
  new Promise<void>((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-2_000)
    })
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0
        ? resolve()
        : reject(
            new Error(`${program} ${args[0] ?? ''} ended with code ${code}. ${errors.trim().split('\n').at(-1) ?? ''}`),
          ),
    )
  })
