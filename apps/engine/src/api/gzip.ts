import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'

const zip = promisify(gzip)
/** Below this the header costs more than the content saves. */
const worthwhileBytes = 1_024

/** Answers of this scope are compressed when the client says that it reads gzip (as ThingsBoard does for dashboards). */
export const useGzip = (api: FastifyInstance): void => {
  api.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string') return payload
    reply.header('vary', 'accept-encoding')
    if (payload.length < worthwhileBytes || !acceptsGzip(request.headers['accept-encoding'])) return payload
    reply.header('content-encoding', 'gzip').removeHeader('content-length')
    return zip(payload)
  })
}

/** `gzip;q=0` is a refusal. */
export const acceptsGzip = (header: string | string[] | undefined): boolean =>
  [header ?? []]
    .flat()
    .flatMap((text) => text.split(','))
    .some((part) => /^\s*(gzip|\*)\s*(;\s*q\s*=\s*(1(\.0*)?|0?\.\d*[1-9]\d*)\s*)?$/i.test(part))
