import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const schemaPath = join(root, 'prisma/schema.prisma')
const output = join(root, 'packages/db/src/generated')
const stampPath = join(output, 'stamp')
const prismaPackage = join(root, 'node_modules/prisma/package.json')

/**
 * Writes the Prisma client when the schema or Prisma itself changed since the last time.
 * @returns whether it was written; throws with Prisma's own words when the schema is wrong.
 */
export const generatePrisma = (): boolean => {
  const stamp = createHash('sha256').update(readFileSync(schemaPath)).update(readFileSync(prismaPackage)).digest('hex')
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return false
  rmSync(output, { recursive: true, force: true })
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/prisma/build/index.js'), 'generate', '--schema', schemaPath],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        // Generating needs no schema engine, but the command downloads one unless this names an existing program.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    },
  )
  if (error || status !== 0)
    throw new Error(`The Prisma client could not be generated:\n${stderr}${stdout}`, { cause: error })
  mkdirSync(output, { recursive: true })
  writeFileSync(stampPath, stamp)
  return true
}

if (import.meta.main) {
  try {
    generatePrisma()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
