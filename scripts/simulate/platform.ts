import { z } from 'zod'

export type PlatformAccess = { url: string; user: string; password: string }
export type ProvisionedDevice = { name: string; token: string }

const deviceSchema = z.object({ id: z.object({ id: z.guid() }), name: z.string() })
const credentialsSchema = z.object({ credentialsType: z.string(), credentialsId: z.string() })
const errorSchema = z.object({ message: z.string() })

/** The platform said no, or could not be reached; the message is one line for a person. */
export class PlatformError extends Error {
  readonly status: number | undefined

  constructor(message: string, status?: number, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'PlatformError'
    this.status = status
  }
}

/** Signs in and makes sure that every named device exists; resolves to their access tokens in the same order. */
export const provisionDevices = async (
  access: PlatformAccess,
  names: readonly string[],
  profile: string,
): Promise<ProvisionedDevice[]> => {
  const call = await signIn(access)
  const provision = async (name: string): Promise<ProvisionedDevice> => {
    const found = await call('GET', `/api/tenant/devices?deviceName=${encodeURIComponent(name)}`).catch(nullWhenMissing)
    const device = deviceSchema.parse(found ?? (await call('POST', '/api/device', { name, type: profile })))
    const credentials = credentialsSchema.parse(await call('GET', `/api/device/${device.id.id}/credentials`))
    if (credentials.credentialsType !== 'ACCESS_TOKEN')
      throw new PlatformError(`Device "${name}" does not use an access token; give it one or use another --prefix.`)
    return { name, token: credentials.credentialsId }
  }
  const provisioned: ProvisionedDevice[] = []
  // A handful at a time: quick for thousands of devices, and no burst that a rate limit would refuse.
  for (let i = 0; i < names.length; i += 8)
    provisioned.push(...(await Promise.all(names.slice(i, i + 8).map(provision))))
  return provisioned
}

const nullWhenMissing = (error: unknown): null => {
  if (error instanceof PlatformError && error.status === 404) return null
  throw error
}

const attributesSchema = z.object({ client: z.object({ historySentAt: z.number().optional() }).optional() })

/** Whether the device has noted before that it sent what it had recorded. Unknown counts as yes: the past can wait. */
export const hasSentHistory = async (url: string, token: string): Promise<boolean> => {
  const path = `/api/v1/${encodeURIComponent(token)}/attributes?clientKeys=historySentAt`
  const answer = await request(url, 'GET', path, {}).catch(() => undefined)
  const parsed = attributesSchema.safeParse(answer)
  return !parsed.success || parsed.data.client?.historySentAt !== undefined
}

type Call = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<unknown>

const signIn = async (access: PlatformAccess): Promise<Call> => {
  const answer = await request(access.url, 'POST', '/api/auth/login', {
    body: { username: access.user, password: access.password },
  })
  const { token } = z.object({ token: z.string() }).parse(answer)
  return (method, path, body) => request(access.url, method, path, { token, body })
}

const request = async (
  url: string,
  method: 'GET' | 'POST',
  path: string,
  { token, body }: { token?: string; body?: unknown },
): Promise<unknown> => {
  const response = await fetch(new URL(path, url), {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { 'x-authorization': `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(15_000),
  }).catch((cause: unknown) => {
    throw new PlatformError(
      `${url} cannot be reached. Is Thingwire running? (--url names another address)`,
      undefined,
      {
        cause,
      },
    )
  })
  const text = await response.text()
  if (response.ok) return text === '' ? null : JSON.parse(text)
  const said = errorSchema.safeParse(parseJson(text)).data?.message ?? text.slice(0, 200)
  throw new PlatformError(`${method} ${path} was answered ${response.status}: ${said}`, response.status)
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
