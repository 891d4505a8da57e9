import { readFile, stat } from 'node:fs/promises'
import { createSecureContext, type SecureContextOptions } from 'node:tls'
import { errorFields, type Logger } from '../../../observability/logger.ts'

export type CertificateFiles = {
  /** PEM: the certificate, then those between it and a root, if any. */
  cert: string
  key: string
  /** PEM: more certificates that clients are shown after those in `cert`. */
  ca?: string | undefined
}

/** The certificate that a listener shows, read again when its files change. */
export type ServerCertificate = {
  /** Rejects when the files cannot be used; `onChange` is called with each later version that can. */
  start(onChange: (options: SecureContextOptions) => void): Promise<SecureContextOptions>
  /** Looks whether the files changed. A version that cannot be used is logged, and the last good one stays. */
  check(): Promise<void>
  stop(): void
}

/** Looked at and not watched: the files may be links into a folder that is replaced as a whole. */
const checkMs = 5_000

export const createServerCertificate = (options: {
  files: CertificateFiles
  logger: Logger
  checkMs?: number
}): ServerCertificate => {
  const { files, logger } = options
  const paths = [files.cert, files.key, ...(files.ca ? [files.ca] : [])]
  let seen = ''
  let changed: (options: SecureContextOptions) => void = () => {}
  let timer: NodeJS.Timeout | null = null
  let checking: Promise<void> | null = null

  const signature = async (): Promise<string> => {
    const stats = await Promise.all(paths.map((path) => stat(path)))
    return stats.map(({ ino, size, mtimeMs }) => `${ino} ${size} ${mtimeMs}`).join(', ')
  }

  const load = async (): Promise<SecureContextOptions> => {
    const [cert = '', key = '', ca] = await Promise.all(paths.map((path) => readFile(path, 'utf8')))
    const loaded = { cert: ca ? `${cert.trimEnd()}\n${ca}` : cert, key, minVersion: 'TLSv1.2' } as const
    // Throws for files that are no certificate and key, or do not belong together.
    createSecureContext(loaded)
    return loaded
  }

  const look = async () => {
    const now = await signature().catch((error: unknown) => String(error))
    if (now === seen) return
    seen = now
    try {
      changed(await load())
      logger.info({ file: files.cert }, 'the MQTT certificate was read again')
    } catch (error) {
      logger.warn({ ...errorFields(error), file: files.cert }, 'the changed MQTT certificate cannot be used')
    }
  }

  const check = (): Promise<void> => {
    checking ??= look().finally(() => {
      checking = null
    })
    return checking
  }

  return {
    start: async (onChange) => {
      changed = onChange
      seen = await signature()
      const loaded = await load()
      timer = setInterval(() => void check(), options.checkMs ?? checkMs)
      timer.unref()
      return loaded
    },
    check,
    stop: () => {
      if (timer) clearInterval(timer)
      timer = null
    },
  }
}
