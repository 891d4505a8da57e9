/**
 * Brings a database up to date and seeds it: a program of its own, so that the launcher, which lives as long as the
 * installation runs, does not carry Prisma in memory. Reads its orders from the environment, answers one JSON line.
 */
import { randomBytes } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { openDatabase } from '@thingwire/db'
import { ensureDatabase, MigrationError, migrate } from '@thingwire/db/migrate'
import { createUser, seedDemo, seedSystem, seedWidgets } from '@thingwire/db/seed'
import { widgetFamilies } from '@thingwire/widgets/manifests'
import type { PrepareAnswer } from './database.ts'
import { widgetLibrary } from './widget-library.ts'

const say = (answer: PrepareAnswer) => console.log(JSON.stringify(answer))

const prepare = async (env: NodeJS.ProcessEnv) => {
  const external = env.PREPARE_EXTERNAL_URL
  const url = external ?? (await ensureDatabase(env.PREPARE_SERVER_URL ?? '', 'thingwire'))
  await migrate(url, {
    onStep: (step) => say({ detail: `migration ${step.index + 1} of ${step.total}: ${step.name}` }),
  })
  const db = openDatabase({ url, poolSize: 2 })
  try {
    await seedSystem(db)
    await seedWidgets(db, widgetLibrary(widgetFamilies))
    if (env.PREPARE_DEMO === '1') await seedDemo(db, { hashPassword: (password) => hash(password) })
    const note = await ensureAdministrator(db, env)
    say({ url, ...(note ? { note } : {}) })
  } finally {
    await db.close()
  }
}

/** Somebody must be able to sign in; without the demo that is the person who starts it first. */
const ensureAdministrator = async (db: ReturnType<typeof openDatabase>, env: NodeJS.ProcessEnv) => {
  if (env.PREPARE_DEMO === '1' || (await db.settings.get('administratorMade'))) return undefined
  const email = env.THINGWIRE_ADMIN_EMAIL ?? 'sysadmin@thingwire.local'
  if (env.THINGWIRE_ADMIN_PASSWORD && env.THINGWIRE_ADMIN_PASSWORD.length < 8)
    throw new MigrationError('THINGWIRE_ADMIN_PASSWORD is shorter than 8 characters. Choose a longer one.')
  const password = env.THINGWIRE_ADMIN_PASSWORD ?? randomBytes(12).toString('base64url')
  if (!(await db.users.findAccountByEmail(email)))
    await createUser(db, { authority: 'SYS_ADMIN', email, passwordHash: await hash(password), tenantId: null })
  await db.settings.getOrCreate('administratorMade', { at: Date.now() })
  return env.THINGWIRE_ADMIN_PASSWORD
    ? `The system administrator is ${email}, with the password of THINGWIRE_ADMIN_PASSWORD.`
    : `The system administrator is ${email} with the password ${password}\nIt is shown this once: write it down.`
}

try {
  await prepare(process.env)
} catch (error) {
  say({ failure: error instanceof Error ? error.message : String(error), known: error instanceof MigrationError })
  process.exitCode = 1
}
