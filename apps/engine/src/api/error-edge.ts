import { AppError, type ErrorBody, errorCatalogue } from '@thingwire/contracts'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { TooManyAttempts } from '../auth/sign-in-limiter.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { maxBodyBytes } from './body-limit.ts'

/** ThingsBoard's error body; what is not for the caller to mend says nothing about the inside. */
export const errorBody = (error: AppError, timestamp: number): ErrorBody => {
  const { status, wire, message, act } = errorCatalogue[error.code]
  return { status, message: act === 'caller' ? error.message : message, errorCode: wire, timestamp, ...error.extra }
}

/** Whatever a route, the framework or a schema threw, as an error of the catalogue. */
export const toAppError = (error: unknown): AppError => {
  if (error instanceof AppError) return error
  if (hasZodFastifySchemaValidationErrors(error)) return validationError(error)
  if (isFrameworkError(error)) {
    switch (error.code) {
      case 'FST_ERR_CTP_INVALID_JSON_BODY':
      case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
        return new AppError('PAYLOAD_MALFORMED', undefined, { cause: error })
      case 'FST_ERR_CTP_BODY_TOO_LARGE':
        return new AppError('PAYLOAD_TOO_LARGE', `Payload size exceeds the limit of ${maxBodyBytes} bytes`)
      case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      case 'FST_ERR_CTP_INVALID_TYPE':
      case 'FST_ERR_CTP_EMPTY_TYPE':
        return new AppError('MEDIA_TYPE_UNSUPPORTED', undefined, { cause: error })
    }
    if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
      return new AppError('ARGUMENT_INVALID', undefined, { cause: error })
  }
  return new AppError('INTERNAL', undefined, { cause: error })
}

const isFrameworkError = (error: unknown): error is FastifyError => error instanceof Error && 'code' in error

type SchemaIssue = { message?: string; instancePath: string }

const validationError = (error: {
  validation: readonly SchemaIssue[]
  validationContext?: string | undefined
}): AppError => {
  const texts = error.validation.map(({ message, instancePath }) => {
    const text = message ?? 'is wrong'
    const field = instancePath.slice(1).replaceAll('/', '.')
    return isGeneric(text) ? `Validation error: ${field ? `field '${field}' ` : ''}${text}` : text
  })
  const isUuid = error.validationContext === 'params' && texts[0]?.startsWith('Invalid UUID')
  return new AppError(isUuid ? 'UUID_INVALID' : 'ARGUMENT_INVALID', [...new Set(texts)].join('; '))
}

/** Zod's own wording needs the field's name; messages written by hand stand alone, as clients expect them (§7.2). */
const isGeneric = (text: string): boolean =>
  /^(Invalid (input|option|string|key|element|number|date|UUID$|GUID$|URL$)|Too |Unrecognized )/.test(text)

/** Answers every error of the API and logs it at the level of who must act. */
export const createErrorHandler =
  (options: { logger: Logger; now: () => number }) =>
  (thrown: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const error = toAppError(thrown)
    const { invalidBody, errorFormat } = request.routeOptions.config
    const shown = invalidBody && isAboutBody(error) ? new AppError(invalidBody, undefined, { cause: error }) : error
    logError(options.logger, shown, request)
    const body = errorBody(shown, options.now())
    if (shown instanceof TooManyAttempts) reply.header('retry-after', String(shown.retryAfterSeconds))
    if (shown.act === 'environment') reply.header('retry-after', '5')
    const isJson = body.status === 401 || shown.code === 'VALUE_NULL' || isAboutAddress(thrown)
    if (errorFormat === 'text' && !isJson)
      reply.status(body.status).type('text/plain; charset=utf-8').send(body.message)
    else reply.status(body.status).type('application/json; charset=utf-8').send(JSON.stringify(body))
  }

/** Parameters are bound, and sign-in is checked, before an endpoint begins: such errors keep the JSON body everywhere. */
const isAboutAddress = (error: unknown): boolean =>
  hasZodFastifySchemaValidationErrors(error) && error.validationContext !== 'body'

const isAboutBody = (error: AppError): boolean =>
  error.code === 'PAYLOAD_MALFORMED' || error.code === 'ARGUMENT_INVALID' || error.code === 'MEDIA_TYPE_UNSUPPORTED'

const logError = (logger: Logger, error: AppError, request: FastifyRequest): void => {
  const fields = {
    ...errorFields(error),
    method: request.method,
    // The pattern, not the address: an address may carry names and tokens.
    route: request.routeOptions.url,
    ...(request.caller && { userId: request.caller.userId }),
    ...(error.act === 'bug' && error.cause instanceof Error && { stack: error.cause.stack }),
  }
  if (error.act === 'bug') logger.error(fields, 'request failed')
  else if (error.act === 'environment') logger.warn(fields, 'request could not be served')
  else logger.debug(fields, 'request refused')
}
