import { readdir, readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Where the console's pages look for what was built for them. */
const prefix = '/_next/static/'

const types: Readonly<Record<string, string>> = {
  '.js': 'application/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

type BuiltFile = { path: string; type: string; hasGzip: boolean }

/** Answers a request for a built file; resolves to false for every other request. */
export type BuiltFiles = (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>

/**
 * The built files of the web console, read from `folder` (its `.next/static`) instead of asking the console, which would
 * pack each of them anew. Beside `x.js` may stand `x.js.gz`. Names carry a hash of the content, so browsers may keep them
 * for good. Only what is in the folder now is answered.
 */
export const openBuiltFiles = async (folder: string): Promise<BuiltFiles> => {
  const files = await listFiles(folder)
  return async (request, reply) => {
    const { pathname } = new URL(request.url, 'http://any.invalid')
    const file = files.get(pathname)
    if (!file || (request.method !== 'GET' && request.method !== 'HEAD')) return false
    const isPacked = file.hasGzip && acceptsGzip(request.headers['accept-encoding'])
    // Another build may have taken its place meanwhile; the console knows.
    const content = await readFile(isPacked ? `${file.path}.gz` : file.path).catch(() => null)
    if (!content) return false
    void reply
      .headers({
        'content-type': file.type,
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        ...(file.hasGzip && { vary: 'Accept-Encoding' }),
        ...(isPacked && { 'content-encoding': 'gzip' }),
      })
      .send(content)
    return true
  }
}

const listFiles = async (folder: string): Promise<Map<string, BuiltFile>> => {
  // Not built here: the console has them all.
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const known = new Set(paths)
  return new Map(
    paths.flatMap((path) => {
      const type = types[extname(path)]
      const name = path.slice(folder.length).split(sep).filter(Boolean).map(encodeURIComponent).join('/')
      return type ? [[prefix + name, { path, type, hasGzip: known.has(`${path}.gz`) }] as const] : []
    }),
  )
}

const acceptsGzip = (accepted: string | string[] | undefined): boolean =>
  /(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)/i.test(String(accepted ?? ''))
