import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openBuiltFiles } from './built-files.ts'

let folder: string

/** A server that has the files of the folder, and answers everything else as the console would. */
const startServer = async () => {
  const serve = await openBuiltFiles(folder)
  const app = Fastify()
  app.all('/*', async (request, reply) => {
    if (!(await serve(request, reply))) void reply.send('console')
    return reply
  })
  onTestFinished(() => app.close())
  return (url: string, encoding?: string, method: 'GET' | 'HEAD' | 'POST' = 'GET') =>
    app.inject({ method, url, headers: encoding === undefined ? {} : { 'accept-encoding': encoding } })
}

const code = 'export const answer = 42\n'.repeat(100)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'built-files-'))
  await mkdir(join(folder, 'chunks'))
  await writeFile(join(folder, 'chunks', 'a.js'), code)
  await writeFile(join(folder, 'chunks', 'a.js.gz'), gzipSync(code))
  await writeFile(join(folder, 'font.woff2'), 'font')
  await writeFile(join(folder, 'secret.pem'), 'key')
  const made = folder
  return () => rm(made, { recursive: true })
})

describe('built files of the console', () => {
  it('come packed to whoever takes that, and may be kept', async () => {
    const ask = await startServer()
    const answer = await ask('/_next/static/chunks/a.js', 'gzip, deflate, br, zstd')
    expect(answer.headers).toMatchObject({
      'content-type': 'application/javascript; charset=utf-8',
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
      'x-content-type-options': 'nosniff',
    })
    expect(answer.rawPayload).toEqual(gzipSync(code))
  })

  it.each([undefined, '', 'br', 'identity', 'gzip;q=0', 'gzip; q=0.0, br', 'xgzip'])(
    'come as they are to who accepts %j',
    async (accepted) => {
      const answer = await (await startServer())('/_next/static/chunks/a.js', accepted)
      expect(answer.headers['content-encoding']).toBeUndefined()
      expect(answer.body).toBe(code)
    },
  )

  it.each(['gzip', '*', 'br;q=1.0, gzip;q=0.8', 'deflate,GZIP', 'gzip ; q=0.01'])(
    'come packed to who accepts %j',
    async (accepted) => {
      const answer = await (await startServer())('/_next/static/chunks/a.js', accepted)
      expect(answer.headers['content-encoding']).toBe('gzip')
    },
  )

  it('come as they are where nothing was packed, and with a query', async () => {
    const ask = await startServer()
    const answer = await ask('/_next/static/font.woff2?v=1', 'gzip')
    expect([answer.body, answer.headers['content-type'], answer.headers.vary]).toEqual([
      'font',
      'font/woff2',
      undefined,
    ])
    const head = await ask('/_next/static/chunks/a.js', undefined, 'HEAD')
    expect([head.body, Number(head.headers['content-length'])]).toEqual(['', code.length])
  })

  it.each([
    '/_next/static/chunks/b.js',
    '/_next/static/secret.pem',
    '/_next/static/chunks/a.js.gz',
    '/_next/static/../static/..%2f..%2fetc/passwd',
    '/_next/static/chunks/..%2f..%2fsecret.pem',
    '/_next/static/chunks%00/a.js',
    '/_next/static/',
    '//_next/static/chunks/a.js',
    '/devices',
  ])('are nothing else: %s', async (url) => {
    const answer = await (await startServer())(url)
    expect(answer.body).toBe('console')
  })

  it('are only read', async () => {
    const answer = await (await startServer())('/_next/static/chunks/a.js', undefined, 'POST')
    expect(answer.body).toBe('console')
  })

  it('are the console’s business when they are gone, or were never here', async () => {
    const ask = await startServer()
    await rm(join(folder, 'chunks'), { recursive: true })
    expect((await ask('/_next/static/chunks/a.js')).body).toBe('console')
    folder = join(folder, 'nowhere')
    expect((await (await startServer())('/_next/static/font.woff2')).body).toBe('console')
  })
})
