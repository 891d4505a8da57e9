import { AppError } from '@thingwire/contracts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

const maxDepth = 200

/** Whether brackets nest deeper than `limit`; text inside of strings does not count. One pass, no recursion. */
export const nestsDeeperThan = (text: string, limit: number): boolean => {
  let depth = 0
  let isInString = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (isInString) {
      if (c === 0x5c) i++
      else if (c === 0x22) isInString = false
    } else if (c === 0x22) isInString = true
    else if (c === 0x7b || c === 0x5b) {
      if (++depth > limit) return true
    } else if (c === 0x7d || c === 0x5d) depth--
  }
  return false
}

/**
 * Parses JSON bodies: an empty one is no body (clients send `Content-Type` with DELETE), `__proto__` members are
 * dropped, and nesting is bounded, since everything that later walks the value recurses.
 */
export const useJsonBodies = (api: FastifyInstance): void => {
  const parse = api.getDefaultJsonParser('remove', 'remove')
  api.removeAllContentTypeParsers()
  api.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text.trim() === '') return done(null, undefined)
    if (nestsDeeperThan(text, maxDepth)) return done(new AppError('PAYLOAD_MALFORMED', 'JSON is nested too deeply'))
    return parse(request, text, done)
  })
}

/** Bodies as the text that was sent, whatever the content type says: numbers keep their notation. */
export const useTextBodies = (api: FastifyInstance): void => {
  api.removeAllContentTypeParsers()
  api.addContentTypeParser<string>('*', { parseAs: 'string' }, (_request, text, done) => done(null, text))
}

/** A body that is taken as text because its JSON is parsed later, with the notation of its numbers. */
export const jsonTextSchema = z.string({ error: 'Invalid JSON' })

/** Whether a text that is handed on as it is can be read as JSON, by whoever recurses into it too. */
export const isJson = (text: string): boolean => {
  if (nestsDeeperThan(text, maxDepth)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
