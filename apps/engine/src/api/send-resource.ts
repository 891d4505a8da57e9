import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { ResourceInfo, ResourceType } from '@thingwire/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { mediaTypeOf } from '../resources/resource-export.ts'
import type { ResourceService } from '../resources/resource-service.ts'
import { acceptsGzip } from './gzip.ts'

const zip = promisify(gzip)

/**
 * Files that people uploaded come from the same origin as the console. Whatever is in them runs nothing there: opened
 * by themselves they are documents without scripts, origin or forms, and their type is not guessed.
 */
const sandbox = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"

const contentTypes: Record<ResourceType, string> = {
  LWM2M_MODEL: 'application/xml',
  JKS: 'application/x-java-keystore',
  PKCS_12: 'application/x-pkcs12',
  JS_MODULE: 'application/javascript; charset=utf-8',
  IMAGE: 'application/octet-stream',
  DASHBOARD: 'application/json',
  GENERAL: 'application/octet-stream',
}

const contentTypeOf = ({ resourceType, descriptor }: ResourceInfo): string => {
  if (resourceType !== 'IMAGE' && resourceType !== 'GENERAL') return contentTypes[resourceType]
  const noted = mediaTypeOf(descriptor)
  return noted && /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/.test(noted) ? noted : contentTypes[resourceType]
}

/** Sends the bytes, or 304 when the client has them. Browsers ask each time: a resource may change under its key. */
export const sendResource = async (
  call: { request: FastifyRequest; reply: FastifyReply; resources: Pick<ResourceService, 'file'> },
  info: ResourceInfo,
  options: { isPublic?: boolean } = {},
): Promise<void> => {
  const { request, reply } = call
  const isImage = info.resourceType === 'IMAGE'
  reply.headers({
    etag: `"${info.etag ?? ''}"`,
    'cache-control': `${options.isPublic ? 'public' : 'private'}, no-cache`,
    'content-security-policy': sandbox,
    'x-content-type-options': 'nosniff',
    ...(options.isPublic && { 'cross-origin-resource-policy': 'cross-origin' }),
  })
  if (info.etag && isKnown(request.headers['if-none-match'], info.etag)) {
    reply.code(304).send()
    return
  }
  const { data } = await call.resources.file(info)
  const contentType = contentTypeOf(info)
  reply.header('content-type', contentType)
  if (!isImage) reply.headers({ 'content-disposition': attachment(info.fileName), 'x-filename': ascii(info.fileName) })
  if (contentType !== 'image/svg+xml') {
    reply.send(data)
    return
  }
  reply.header('vary', 'accept-encoding')
  if (!acceptsGzip(request.headers['accept-encoding'])) reply.send(data)
  else reply.header('content-encoding', 'gzip').send(await zip(data))
}

const isKnown = (header: string | undefined, etag: string): boolean =>
  (header ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, '').replace(/^"|"$/g, ''))
    .some((tag) => tag === '*' || tag === etag)

const ascii = (name: string): string => name.replace(/[^\x20-\x7e]|["\\]/g, '_')

/** RFC 6266: the plain name for old clients, the exact one for all others. */
const attachment = (name: string): string =>
  `attachment; filename="${ascii(name)}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`
