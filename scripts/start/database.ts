import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { LaunchError } from '@thingwire/local-services'
import { z } from 'zod'

const answerSchema = z.union([
  z.object({ detail: z.string() }),
  z.object({ url: z.string(), note: z.string().optional() }),
  z.object({ failure: z.string(), known: z.boolean() }),
])
/** What prepare-database.ts prints, a line each. */
export type PrepareAnswer = z.infer<typeof answerSchema>

export type PreparedDatabase = { url: string; setUpNote: string | undefined }

/** Migrates and seeds the database that DATABASE_URL names, or `thingwire` on the embedded server. */
export const prepareDatabase = (o: {
  external: string | undefined
  embedded: string | undefined
  demo: boolean
  env: NodeJS.ProcessEnv
  detail: (text: string) => void
}) =>
  new Promise<PreparedDatabase>((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'prepare-database.ts')], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...o.env,
        ...(o.external ? { PREPARE_EXTERNAL_URL: o.external } : { PREPARE_SERVER_URL: o.embedded ?? '' }),
        PREPARE_DEMO: o.demo ? '1' : '0',
      },
    })
    let result: PreparedDatabase | undefined
    let failure: LaunchError | undefined
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-4_000)
    })
    createInterface({ input: child.stdout }).on('line', (line) => {
      const answer = parse(line)
      if (!answer) return
      if ('detail' in answer) o.detail(answer.detail)
      else if ('url' in answer) result = { url: answer.url, setUpNote: answer.note }
      else failure = asLaunchError(answer.failure, o.external)
    })
    child.once('error', reject)
    child.once('close', () => {
      if (result) resolve(result)
      else
        reject(failure ?? new LaunchError('The database could not be prepared.', errors.trim() || 'It gave no reason.'))
    })
  })

const parse = (line: string): PrepareAnswer | undefined => {
  try {
    return answerSchema.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

const asLaunchError = (failure: string, external: string | undefined) => {
  const sentence = failure.trim().replace(/\s+/g, ' ')
  return new LaunchError(
    `The database could not be prepared: ${sentence}`,
    external
      ? 'Check DATABASE_URL, and that its user may create tables.'
      : 'The data folder holds the embedded database; its log lines are above.',
  )
}
