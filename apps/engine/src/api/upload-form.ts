import { AppError } from '@thingwire/contracts'
import type { FastifyRequest } from 'fastify'
import { maxUploadBytes } from './body-limit.ts'

/** A form with one file; `mediaType` is what the client calls it. */
export type UploadForm = {
  file: { name: string; mediaType: string; data: Buffer }
  fields: ReadonlyMap<string, string>
}

/** Reads a whole multipart body. Check who may send it before: it may be 50 MB. */
export const readUploadForm = async (request: FastifyRequest): Promise<UploadForm> => {
  if (!request.isMultipart()) throw new AppError('MEDIA_TYPE_UNSUPPORTED')
  let file: UploadForm['file'] | undefined
  const fields = new Map<string, string>()
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') fields.set(part.fieldname, String(part.value))
      else if (part.fieldname === 'file')
        file = { name: baseName(part.filename), mediaType: part.mimetype, data: await part.toBuffer() }
      else part.file.resume()
    }
  } catch (error) {
    throw formError(error)
  }
  if (!file) throw new AppError('ARGUMENT_INVALID', "Required part 'file' is not present.")
  return { file, fields }
}

/** Some clients send a whole path. */
const baseName = (name: string | undefined): string => (name ?? '').split(/[\\/]/).pop()?.slice(0, 255) || 'file'

const formError = (error: unknown): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'FST_REQ_FILE_TOO_LARGE')
    return new AppError('PAYLOAD_TOO_LARGE', `Payload size exceeds the limit of ${maxUploadBytes} bytes`)
  if (typeof code === 'string' && /^FST_.*_LIMIT$/.test(code))
    return new AppError('ARGUMENT_INVALID', 'The form has too many parts')
  if (error instanceof Error && /multipart|boundary|form|header/i.test(error.message))
    return new AppError('PAYLOAD_MALFORMED', undefined, { cause: error })
  return error
}
