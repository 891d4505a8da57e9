import { Readable } from 'node:stream'
import type { OtaPackageType } from '@thingwire/contracts'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { attachment } from '../../http/attachment.ts'
import type { DeviceGateway, DevicePackage, DeviceSession } from '../transport.ts'

const whole = z.coerce.number().int().min(0).default(0)
const querySchema = z.object({ title: z.string().min(1), version: z.string().min(1), size: whole, chunk: whole })

/** Read at a time when the file goes out as a whole, bytes. */
const blockBytes = 256 * 1024

/** `GET …/firmware?title=&version=&size=&chunk=`: a part of the package, or without a size all of it (as ThingsBoard). */
export const sendPackage = async (
  gateway: Pick<DeviceGateway, 'package'>,
  session: DeviceSession,
  kind: OtaPackageType,
  query: unknown,
  reply: FastifyReply,
): Promise<unknown> => {
  const asked = querySchema.safeParse(query)
  if (!asked.success) return reply.code(400).send()
  const found = await gateway.package(session, kind)
  if (!found) return reply.code(404).send()
  const { title, version, size, chunk } = asked.data
  if (found.title !== title || found.version !== version) return reply.code(400).send()
  attachment(reply, found.fileName, found.contentType)
  if (size > 0) return reply.send(Buffer.from(await found.read(chunk * size, size)))
  return reply.header('content-length', found.sizeBytes).send(Readable.from(blocksOf(found), { objectMode: false }))
}

async function* blocksOf(found: DevicePackage): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < found.sizeBytes; offset += blockBytes) yield found.read(offset, blockBytes)
}
